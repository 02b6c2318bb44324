package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.EventJournal;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps how changes ended while the store was away, in a file under the Jenkins home, and has it recorded as soon as the
 * store is back: it looks four times a minute, also after a restart. Thread-safe.
 */
@Extension
public class LateEvents extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(LateEvents.class.getName());

    /** So many are kept: more deployments than a large Jenkins ends within a day. Each takes about half a KiB. */
    private static final int MOST = 10_000;

    private static final long SECONDS = 15;

    private final EventJournal journal =
            new EventJournal(Jenkins.get().getRootDir().toPath().resolve("change-gate"), "journal.jsonl", MOST);

    private final AtomicBoolean replaying = new AtomicBoolean();

    /** Returns those of this Jenkins. */
    public static LateEvents get() {
        return ExtensionList.lookupSingleton(LateEvents.class);
    }

    /**
     * Keeps an event that could not be recorded: how a deployment ended, or how a change was decided.
     *
     * @param number the change's
     * @return whether it is kept, on the disk; if not, why is logged
     */
    public boolean keep(long number, ChangeEvent event) {
        try {
            journal.keep(ChangeRecords.get().kind(), number, event);
            return true;
        } catch (IOException e) {
            LOGGER.log(
                    Level.SEVERE,
                    e,
                    () -> "What happened to " + ChangeRecord.id(number)
                            + " can neither be recorded nor kept for later");
            return false;
        }
    }

    /** Returns how many events wait to be recorded; -1 if that cannot be read. */
    int size() {
        try {
            return journal.size();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The journal of change records cannot be read", e);
            return -1;
        }
    }

    boolean isFull() {
        return size() >= journal.most();
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(SECONDS);
    }

    @Override
    protected void doRun() {
        if (size() > 0) {
            GateThreads.settlements().execute(this::replay);
        }
    }

    /** Records what is kept, if the store is there. */
    void replay() {
        if (!replaying.compareAndSet(false, true)) {
            return;
        }
        try {
            EventJournal.Replayed replayed = journal.replay(
                    ChangeRecords.get().kind(), ChangeRecords.get().store());
            replayed.needless().forEach(LOGGER::info);
            LOGGER.info(
                    () -> replayed.recorded() + " events were recorded that had been kept while the store was away");
        } catch (StoreException e) {
            LOGGER.log(Level.FINE, "The store is still away", e);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The journal of change records cannot be replayed", e);
        } finally {
            replaying.set(false);
        }
    }
}
