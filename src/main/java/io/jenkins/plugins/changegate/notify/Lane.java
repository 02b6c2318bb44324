package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.config.GateThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does one thing after another, in the order in which they came, on the gate's threads for deliveries; never on more
 * than one of them at once, so that another side that hangs leaves a thread to the others. So many may wait; what comes
 * beyond that is dropped, with one warning until all is done. Thread-safe.
 */
final class Lane {

    private static final Logger LOGGER = Logger.getLogger(Lane.class.getName());

    private final String name;
    private final int limit;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean full;

    /**
     * @param name what it delivers, for the log
     * @param limit how many may wait
     */
    Lane(String name, int limit) {
        this.name = name;
        this.limit = limit;
    }

    /** Adds something to do, and returns at once. What it throws is logged. */
    synchronized void add(Runnable work) {
        if (waiting.size() >= limit) {
            if (!full) {
                LOGGER.log(Level.WARNING, "{0}: {1} wait already, so more are dropped", new Object[] {name, limit});
            }
            full = true;
            return;
        }
        full = full && !waiting.isEmpty();
        waiting.add(work);
        if (!running) {
            running = hand();
        }
    }

    /** Hands the first over; whether it could. */
    private boolean hand() {
        try {
            GateThreads.deliveries().execute(this::next);
            return true;
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> name + ": Jenkins stops, so nothing is delivered any more");
            return false;
        }
    }

    private void next() {
        Runnable work;
        synchronized (this) {
            work = waiting.remove();
        }
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> name + " failed");
        } finally {
            synchronized (this) {
                running = !waiting.isEmpty() && hand();
            }
        }
    }
}
