package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/**
 * Work that waits for its turn to change something, and what came of it. Whoever writes at that moment does it for the one
 * that waits: {@link #run}, {@link #done} and {@link #failed} are for the holder of the lock of those who write, the rest
 * for the one that waits.
 */
final class Turn<T> {

    private final Transactions.Work<T> work;
    private T result;
    private Throwable failure;
    private volatile boolean over;
    private final Semaphore news = new Semaphore(0);

    Turn(Transactions.Work<T> work) {
        this.work = Objects.requireNonNull(work, "work");
    }

    /** Does the work in a transaction, which may have to be done again. */
    void run(Connection connection) throws SQLException, StoreException {
        result = work.in(connection);
    }

    /** Says that the transaction in which the work was done last is committed. */
    void done() {
        over = true;
        wake();
    }

    /** Says that nothing of the work is stored, or that nobody knows, and why. */
    void failed(Throwable why) {
        failure = why;
        over = true;
        wake();
    }

    /** Waits until there is something to look at: it is over, or nobody writes. */
    void sleep() {
        news.acquireUninterruptibly();
    }

    /** Ends the present sleep or the next one. */
    void wake() {
        news.release();
    }

    /** Returns whether it is known what came of it. */
    boolean isOver() {
        return over;
    }

    /**
     * Returns what the work returned.
     *
     * @throws StoreException if it failed; others may have failed by the same
     */
    T result() throws StoreException {
        if (failure instanceof StoreException known) {
            throw known;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return result;
    }
}
