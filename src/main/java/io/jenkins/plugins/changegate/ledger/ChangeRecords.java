package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.File;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Keeps the store of change records of this Jenkins: an H2 database under the Jenkins home, or the PostgreSQL that is
 * set, opened when it is first needed and until Jenkins stops. Thread-safe.
 */
@Extension
public class ChangeRecords {

    private static final Logger LOGGER = Logger.getLogger(ChangeRecords.class.getName());

    /** Whoever asks sooner after it could not be opened is told the same. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);

    /** The SQL state of a server that accepts no connection: it counts as away. */
    private static final String LOST = "08004";

    private final AtomicLong failures = new AtomicLong();
    private volatile LedgerDatabase open;

    /** What is open and has nothing, though it had something; nobody may use it until it has. */
    private volatile LedgerDatabase lost;

    private ChangeStore store;
    private Failed failed;

    /** Why it could not be opened, as what, and when by the clock of {@link System#nanoTime}. */
    private record Failed(StoreException why, PostgresLedger setting, long at) {}

    /** Returns the keeper of this Jenkins. */
    public static ChangeRecords get() {
        return ExtensionList.lookupSingleton(ChangeRecords.class);
    }

    /**
     * Returns the store.
     *
     * @throws StoreException if it cannot be opened; a later call tries again
     */
    public synchronized ChangeStore store() throws StoreException {
        if (store == null && lost != null) {
            use(lost);
        } else if (store == null) {
            PostgresLedger setting = ChangeGateLedger.get().getPostgres();
            if (setting != null
                    && failed != null
                    && setting.equals(failed.setting())
                    && System.nanoTime() - failed.at() < PAUSE) {
                throw new StoreException(failed.why().getMessage(), failed.why());
            }
            try {
                LedgerDatabase opened = LedgerDatabase.open(setting);
                failed = null;
                use(opened);
            } catch (StoreException e) {
                failed = new Failed(e, setting, System.nanoTime());
                throw e;
            }
        }
        return store;
    }

    private void use(LedgerDatabase opened) throws StoreException {
        boolean empty = opened.store().isEmpty();
        if (empty && ChangeGateLedger.get().isWritten(opened.setting())) {
            lost = opened;
            String message = Messages.ChangeRecords_lost();
            throw new StoreException(message, new SQLTransientException(message, LOST));
        }
        if (!empty) {
            ChangeGateLedger.get().written(opened.setting());
        }
        store = new ToldStore(
                opened.store(),
                (record, event) -> {
                    ChangeGateLedger.get().written(opened.setting());
                    tell(record, event);
                },
                e -> failures.incrementAndGet());
        open = opened;
        lost = null;
    }

    /**
     * Returns the store to fill anew: also one that nobody else may use because it has lost what it had.
     *
     * @throws StoreException if it cannot be opened
     */
    synchronized ChangeStore toRebuild() throws StoreException {
        try {
            return store();
        } catch (StoreException e) {
            if (lost == null) {
                throw e;
            }
            return lost.store();
        }
    }

    /** Whether the store has lost what was in it, as far as anybody has asked for it yet. */
    boolean isLost() {
        return lost != null;
    }

    /**
     * Looks whether the store can be used.
     *
     * @throws StoreException if it cannot
     */
    public void probe() throws StoreException {
        store().find(-1);
    }

    /** Returns why the store cannot be used now; empty if it can. Waits for it. */
    String reason() {
        try {
            probe();
            return "";
        } catch (StoreException e) {
            return e.getMessage();
        }
    }

    /** Whether there may be records: a Jenkins where no gate ever stood has none, and is to get none by being asked. */
    public boolean isExpected() {
        return setting() != null || new File(Jenkins.get().getRootDir(), "change-gate").isDirectory();
    }

    /** Returns a number that is another one after something could not be recorded: then it may have been, or not. */
    public long failures() {
        return failures.get();
    }

    /** Returns which of the Jenkins that share the ledger this is; empty if the ledger is this one's alone. */
    public String controller() {
        PostgresLedger setting = setting();
        return setting == null ? "" : setting.getController();
    }

    /** Returns a word that is the same for all databases of one kind; empty for the file under the Jenkins home. */
    public String kind() {
        return setting() == null ? "" : "postgresql";
    }

    /** What is open, or else would be opened. */
    private PostgresLedger setting() {
        LedgerDatabase opened = open == null ? lost : open;
        return opened == null ? ChangeGateLedger.get().getPostgres() : opened.setting();
    }

    /** Whether this is what is open, or nothing is. */
    boolean uses(PostgresLedger setting) {
        LedgerDatabase opened = open;
        return opened == null || Objects.equals(opened.setting(), setting);
    }

    /** Returns what is open, for people. */
    String words() {
        LedgerDatabase opened = open;
        if (opened == null) {
            return isLost() ? Messages.ChangeRecords_lost() : Messages.ChangeRecords_none();
        }
        return opened.setting() == null
                ? Messages.ChangeRecords_file()
                : Messages.ChangeRecords_postgres(
                        opened.setting().getUrl(), opened.setting().getController());
    }

    private static void tell(ChangeRecord record, ChangeEvent event) {
        GateThreads.events().execute(() -> {
            for (ChangeListener listener : ExtensionList.lookup(ChangeListener.class)) {
                try {
                    listener.onChange(record, event);
                } catch (RuntimeException | LinkageError e) {
                    LOGGER.log(Level.WARNING, e, () -> listener + " could not be told of " + record.id());
                }
            }
        });
    }

    /** Called by Jenkins when it stops. */
    @Terminator
    public static void close() {
        ExtensionList.lookup(ChangeRecords.class).forEach(ChangeRecords::shutDown);
    }

    private synchronized void shutDown() {
        if (open != null) {
            open.closing().run();
            store = null;
            open = null;
        }
        if (lost != null) {
            lost.closing().run();
            lost = null;
        }
    }
}
