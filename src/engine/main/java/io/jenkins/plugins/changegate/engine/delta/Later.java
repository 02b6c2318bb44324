package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Something that is read in a thread of its own, from when it is begun. May be used from several threads. */
final class Later<T> {

    private final Read<T> read;
    private CompletableFuture<T> future;

    Later(Read<T> read) {
        this.read = read;
    }

    /** Begins, unless that was done before. */
    synchronized CompletableFuture<T> begin() {
        if (future == null) {
            future = inParallel(read);
        }
        return future;
    }

    /**
     * Waits for it; begins if nobody did.
     *
     * @throws IOException if it cannot be read
     */
    T join() throws IOException {
        return join(begin());
    }

    /** Something that may fail while reading. */
    interface Read<T> {
        T get() throws IOException;
    }

    static <T> CompletableFuture<T> inParallel(Read<T> read) {
        Supplier<T> supplier = () -> {
            try {
                return read.get();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return CompletableFuture.supplyAsync(supplier, task -> Git.daemon(task, "change-gate git log"));
    }

    static <T> T join(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
    }
}
