package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Replays a draft and today's policies over recorded changes, on a thread of the gate's own and as the user who wants
 * it: of changes that the user may not see nothing is said but how many there are. Thread-safe.
 */
final class Trial implements Runnable {

    /** Changes at most. */
    static final int CHANGES = 2000;

    private static final Logger LOGGER = Logger.getLogger(Trial.class.getName());

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Where it is in its life. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        /** The user stopped it; what was done by then counts. */
        STOPPED,
        /** It took too long; what was done by then counts. */
        LATE,
        FAILED;

        boolean isOver() {
            return this != WAITING && this != RUNNING;
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final Authentication user = Jenkins.getAuthentication2();
    private final Instant began = Instant.now();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Draft draft;
    private final TrialQuery query;
    private final Duration limit;
    private volatile boolean stopped;
    private volatile State state = State.WAITING;
    private volatile int found;
    private final AtomicInteger done = new AtomicInteger();
    private volatile TrialReport report;

    Trial(Draft draft, TrialQuery query) {
        this(draft, query, LIMIT);
    }

    /**
     * @param limit after so long no other change is looked at
     */
    Trial(Draft draft, TrialQuery query, Duration limit) {
        this.draft = draft;
        this.query = query;
        this.limit = limit;
    }

    String id() {
        return id;
    }

    Draft draft() {
        return draft;
    }

    TrialQuery query() {
        return query;
    }

    /** Returns when what it looks at begins. */
    Instant since() {
        return query.since(began);
    }

    State state() {
        return state;
    }

    /** Returns how many changes there are, once that is known. */
    int found() {
        return found;
    }

    /** Returns how many of them were looked at so far. */
    int done() {
        return done.get();
    }

    /** Returns the result; {@code null} until it is over, and if it failed. */
    TrialReport report() {
        return report;
    }

    /** Whether the user who asks now wanted it. */
    boolean isOwn() {
        return user.getName().equals(Jenkins.getAuthentication2().getName());
    }

    void stop() {
        stopped = true;
    }

    /** Waits until it is over, but not longer than this. */
    void await(Duration most) throws InterruptedException {
        if (!over.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            LOGGER.log(Level.FINE, "A trial of {0} takes longer", user.getName());
        }
    }

    @Override
    public void run() {
        State end = State.FAILED;
        state = State.RUNNING;
        try (ACLContext ignored = ACL.as2(user)) {
            end = compute();
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, "A draft could not be tried", e);
        } finally {
            state = end;
            over.countDown();
        }
    }

    private State compute() throws StoreException {
        long deadline = System.nanoTime() + limit.toNanos();
        ChangeStore store = ChangeRecords.get().store();
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        RecordedChanges recorded = new RecordedChanges(store, configuration.reader());
        TrialReplays replays = new TrialReplays(configuration, draft);
        List<Long> numbers = store.since(since(), query.onlyService(), query.onlyEnvironment());
        found = numbers.size();
        State end = State.DONE;
        for (long number : numbers.subList(0, Math.min(CHANGES, numbers.size()))) {
            if (stopped || System.nanoTime() > deadline) {
                end = stopped ? State.STOPPED : State.LATE;
                break;
            }
            // A change whose contents are kept no longer has a number, and nothing that could be judged.
            Optional<ChangeRecord> record = store.find(number);
            if (record.isEmpty()) {
                replays.sealed();
            } else {
                replay(replays, recorded, record.get());
            }
            done.incrementAndGet();
        }
        report = replays.report();
        return end;
    }

    private static void replay(TrialReplays replays, RecordedChanges recorded, ChangeRecord record)
            throws StoreException {
        Job<?, ?> job = job(record);
        if (job == null
                ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : !job.hasPermission(ChangePermissions.VIEW)) {
            replays.unseen();
        } else {
            replays.replay(recorded.of(record), record, job);
        }
    }

    /** Returns the job of a change; {@code null} if it is gone, or the user may not know of it. */
    private static Job<?, ?> job(ChangeRecord record) {
        try {
            return Jenkins.get().getItemByFullName(record.opened().origin().job(), Job.class);
        } catch (AccessDeniedException3 e) {
            return null;
        }
    }
}
