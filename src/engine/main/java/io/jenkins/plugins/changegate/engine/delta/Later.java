package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Something that is read in a thread of its own, from when it is begun. May be used from several threads. */
final class Later<T> {

    private final GitReader.Read<T> read;
    private CompletableFuture<T> future;

    Later(GitReader.Read<T> read) {
        this.read = read;
    }

    /** Begins, unless that was done before. */
    synchronized CompletableFuture<T> begin() {
        if (future == null) {
            future = GitReader.inParallel(read);
        }
        return future;
    }

    /**
     * Waits for it; begins if nobody did.
     *
     * @throws IOException if it cannot be read
     */
    T join() throws IOException {
        return GitReader.join(begin());
    }
}
