package io.jenkins.plugins.changegate.authorise;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Deadline;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.syntax.Durations;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does to waiting changes what their policy says of time: reminds, escalates, and lets them expire. Looks once a
 * minute, in memory, and only what is due touches the store; Jenkins' timer is not held up by it. What fell due while
 * Jenkins was down is done when the gate is resumed.
 */
@Extension
public class Clock extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(Clock.class.getName());

    /** How many failures of the store were looked after. */
    private volatile long checked;

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void doRun() {
        Instant now = Instant.now();
        long failures = ChangeRecords.get().failures();
        if (failures != checked) {
            checked = failures;
            PendingGates.get()
                    .all()
                    .forEach(pending -> GateThreads.settlements().execute(() -> check(pending)));
        }
        PendingGates.get().all().stream()
                .filter(pending -> isDue(pending.record(), now))
                .forEach(pending -> GateThreads.settlements().execute(() -> tick(pending, now)));
    }

    /** What could not be recorded may have been all the same, if only the answer was lost: nobody was told of that. */
    private void check(PendingGates.Pending pending) {
        long number = pending.record().number();
        try {
            ChangeRecord now = new Authorisation(
                            ChangeRecords.get().store(),
                            number,
                            pending.gate().run().getParent())
                    .decideIfComplete();
            if (now.version() > pending.record().version()) {
                PendingGates.get().changed(now);
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "Whether " + ChangeRecord.id(number) + " is decided is not known");
            // With the next tick again.
            checked = -1;
        }
    }

    private static boolean isDue(ChangeRecord record, Instant now) {
        return Deadline.due(record, now).isPresent();
    }

    private static void tick(PendingGates.Pending pending, Instant now) {
        ChangeRecord record = pending.record();
        try {
            ChangeStore store = ChangeRecords.get().store();
            if (record.held().isPresent()) {
                new Authorisation(store, record.number(), pending.gate().run().getParent()).decideIfComplete();
            } else {
                catchUp(store, record.number(), now);
            }
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "What is due for " + record.id() + " could not be recorded");
        }
    }

    /**
     * Does everything that is due for a change, each once.
     *
     * @return the record afterwards
     */
    public static ChangeRecord catchUp(ChangeStore store, long number, Instant now) throws StoreException {
        Settlement settlement = new Settlement(store, number);
        Settlement.Added added;
        do {
            added = settlement.add(record ->
                    record.held().isEmpty() && isDue(record, now) ? Optional.of(due(record, now)) : Optional.empty());
        } while (added.added());
        return added.record();
    }

    private static ChangeEvent due(ChangeRecord record, Instant now) {
        Terms terms = record.opened().judgement().terms();
        return switch (Deadline.due(record, now).orElseThrow().kind()) {
            case EXPIRY ->
                new ChangeEvent.Decided(
                        now,
                        Decision.EXPIRED,
                        "",
                        "Nobody decided within "
                                + Durations.words(terms.expiry().orElseThrow()) + ".");
            case ESCALATION -> new ChangeEvent.Escalated(now, terms.escalation().orElseThrow());
            case REMINDER -> new ChangeEvent.Reminded(now);
            case RELEASE -> throw new IllegalStateException("Only the gate's own judgement lets a change go");
        };
    }
}
