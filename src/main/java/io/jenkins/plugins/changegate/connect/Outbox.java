package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.connect.CallException.Kind;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The changes that one system is to be told of: numbers only, each once, because whatever happened to a change, the
 * system is brought up to date with its record as it is when its turn comes. One at a time; between attempts at a system
 * that cannot, no thread waits. What is lost when Jenkins stops is found again in the records. Thread-safe.
 */
final class Outbox {

    private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());

    /** From which failure in a row on people are told. */
    private static final int WORTH_TELLING = 4;

    private static final int LARGEST_SHIFT = 20;

    /**
     * How fast it is.
     *
     * @param backoff how long it waits after a first failure; after each further one twice as long
     * @param longest how long it waits at most, and between attempts at a system that does not take who we are
     */
    record Pace(Duration backoff, Duration longest) {}

    /**
     * What is wrong.
     *
     * @param since when it was first
     */
    record Problem(Instant since, String message) {}

    /** Brings the system up to date with a change. */
    @FunctionalInterface
    interface Sender {
        /** Returns whether the system was asked, and not only passed over. */
        boolean send(long number) throws CallException, InterruptedException;
    }

    private final String name;
    private final int room;
    private final Sender sender;
    private final Executor executor;
    private final Pace pace;
    private final Consumer<Outbox> emptied;

    private final Set<Long> waiting = new LinkedHashSet<>();
    private boolean busy;
    private boolean sending;
    private boolean closed;
    private boolean overflowed;
    private int failures;
    private Problem problem;

    /**
     * @param name of the system, as it may be logged
     * @param room how many changes may wait; what comes beyond is found in the records when the others are done
     * @param executor on which it works
     * @param emptied told when nothing waits any more after some changes found no room
     */
    Outbox(String name, int room, Sender sender, Executor executor, Pace pace, Consumer<Outbox> emptied) {
        this.name = name;
        this.room = room;
        this.sender = sender;
        this.executor = executor;
        this.pace = pace;
        this.emptied = emptied;
    }

    /** Has the system told of a change, and returns at once. */
    synchronized void add(long number) {
        if (closed) {
            return;
        }
        if (waiting.size() >= room && !waiting.contains(number)) {
            if (!overflowed) {
                LOGGER.log(Level.WARNING, "Too many changes wait for {0}; more are looked for later", name);
            }
            overflowed = true;
            return;
        }
        waiting.add(number);
        if (!busy) {
            later(Duration.ZERO);
        }
    }

    /** Tells of nothing any more. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    /** Returns what is wrong; empty if nothing is, as far as known. */
    synchronized Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns how many changes it has not been told of yet. */
    synchronized int waiting() {
        return waiting.size() + (sending ? 1 : 0);
    }

    private synchronized void later(Duration delay) {
        busy = true;
        sending = false;
        try {
            Executor after = delay.isZero()
                    ? executor
                    : CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor);
            after.execute(this::work);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "Jenkins stops, so nothing is told any more", e);
        }
    }

    private synchronized Optional<Long> take() {
        Optional<Long> next = waiting.stream().findFirst();
        next.ifPresent(waiting::remove);
        sending = next.isPresent();
        if (next.isEmpty()) {
            busy = false;
        }
        return next;
    }

    private void work() {
        Optional<Long> next = take();
        if (next.isEmpty()) {
            if (hasOverflowed()) {
                emptied.accept(this);
            }
            return;
        }
        try {
            if (sender.send(next.get())) {
                succeeded();
            } else {
                later(Duration.ZERO);
            }
        } catch (CallException e) {
            failed(next.get(), e);
        } catch (InterruptedException e) {
            // Jenkins stops.
            close();
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> name + " could not be told of a change");
            failed(next.get(), new CallException(Kind.REFUSED, "a mistake of Change Gate: see Jenkins' log"));
        }
    }

    private synchronized boolean hasOverflowed() {
        boolean was = overflowed;
        overflowed = false;
        return was;
    }

    private synchronized void succeeded() {
        failures = 0;
        problem = null;
        later(Duration.ZERO);
    }

    private synchronized void failed(long number, CallException e) {
        String message = ChangeRecord.id(number) + ": " + e.getMessage();
        if (e.kind() == Kind.REFUSED) {
            // Tried again when something more happens to it, or Jenkins starts.
            tell(message);
            later(Duration.ZERO);
            return;
        }
        if (!closed) {
            waiting.add(number);
        }
        failures++;
        if (e.kind() == Kind.UNAUTHORISED) {
            tell(message);
            later(pace.longest());
            return;
        }
        if (failures >= WORTH_TELLING) {
            tell(message);
        }
        later(delay());
    }

    /** One line each time that something else is wrong; the monitor has the last one. */
    private void tell(String message) {
        if (problem == null || !problem.message().equals(message)) {
            LOGGER.log(Level.WARNING, "{0} could not be told of {1}", new Object[] {name, message});
        }
        problem = new Problem(problem == null ? Instant.now() : problem.since(), message);
    }

    /** Grows twofold, and varies by a quarter so that many do not come back at once. */
    private Duration delay() {
        Duration full = pace.backoff().multipliedBy(1L << Math.min(failures - 1, LARGEST_SHIFT));
        Duration bounded = full.compareTo(pace.longest()) > 0 ? pace.longest() : full;
        return bounded.multipliedBy(ThreadLocalRandom.current().nextLong(75, 126))
                .dividedBy(100);
    }
}
