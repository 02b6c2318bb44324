package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.syntax.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Seals, once a day, the changes of this Jenkins whose contents the organisation's policy keeps no longer. */
@Extension
public class RetentionWork extends AsyncPeriodicWork {

    /** Between two batches gates get their turn. */
    private static final int BATCH = 50;

    private static final long PAUSE_MILLIS = 200;

    public RetentionWork() {
        super("Change Gate retention");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.DAYS.toMillis(1);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.HOURS.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        if (!ChangeRecords.get().isExpected()) {
            return;
        }
        try {
            int sealed = seal(Instant.now());
            listener.getLogger().println("Contents of " + sealed + " changes were removed.");
        } catch (StoreException e) {
            listener.error("Not done to its end: " + e.getMessage());
        }
    }

    /**
     * Seals what is too old now.
     *
     * @return how many changes were sealed
     * @throws StoreException if the store failed; those before are sealed
     */
    static int seal(Instant now) throws StoreException, InterruptedException {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        Optional<Policy> policy = configuration.readPolicy();
        Optional<Duration> kept = policy.flatMap(configuration.reader()::retention);
        if (kept.isEmpty()) {
            return 0;
        }
        ChangeStore store = ChangeRecords.get().store();
        // Its text is kept, so that the seal's reason can be read for as long as the seal.
        store.keepPolicies(List.of(policy.get().text()));
        String because = "Contents are kept for " + Durations.words(kept.get()) + ", says the organisation's policy.";
        Instant before = now.minus(kept.get());
        int sealed = 0;
        long last = 0;
        do {
            ChangeStore.SealedBatch batch =
                    store.seal(before, last, BATCH, because, policy.get().version());
            // What is kept no longer is kept nowhere.
            BuildCopies.delete(store, batch.numbers());
            sealed += batch.sealed();
            last = batch.last();
            if (last > 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } while (last > 0);
        return sealed;
    }
}
