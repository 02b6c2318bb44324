package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.replay.PastChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads the next past changes while some are judged. Not thread-safe. */
final class ReadAhead {

    /** So many changes are read at once: enough to make the start of git small, few enough to hold their files. */
    private static final int AT_ONCE = 250;

    private final PastChanges changes;
    private final List<Deployments.Deployment> deployments;
    private int from;
    private CompletableFuture<List<PastChange>> following;

    ReadAhead(PastChanges changes, List<Deployments.Deployment> deployments) {
        this.changes = changes;
        this.deployments = deployments;
        this.following = read();
    }

    /**
     * Returns the next changes, oldest first; none at the end.
     *
     * @throws IOException if git fails
     */
    List<PastChange> next() throws IOException {
        try {
            List<PastChange> some = following.join();
            following = read();
            return some;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
    }

    private CompletableFuture<List<PastChange>> read() {
        int to = Math.min(deployments.size(), from + AT_ONCE);
        List<Deployments.Deployment> some = deployments.subList(from, to);
        from = to;
        return CompletableFuture.supplyAsync(() -> {
            try {
                return some.isEmpty() ? List.of() : changes.read(some);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
