package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.SqlChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Keeps the store of change records of this Jenkins: an H2 database under the Jenkins home, opened when it is first
 * needed. Thread-safe.
 */
@Extension
public class ChangeRecords {

    private static final Logger LOGGER = Logger.getLogger(ChangeRecords.class.getName());

    /** More at once wait for each other; each is a session of the embedded database, which is not free. */
    private static final int CONNECTIONS = 16;

    private JdbcConnectionPool database;
    private ChangeStore store;

    /** Returns the keeper of this Jenkins. */
    public static ChangeRecords get() {
        return ExtensionList.lookupSingleton(ChangeRecords.class);
    }

    /**
     * Returns the store.
     *
     * @throws StoreException if it cannot be opened; the next call tries again
     */
    public synchronized ChangeStore store() throws StoreException {
        if (store == null) {
            File file = new File(Jenkins.get().getRootDir(), "change-gate/records");
            JdbcDataSource opened = new JdbcDataSource();
            // WRITE_DELAY=0: what is committed is written at once, so that a killed controller loses nothing.
            opened.setURL("jdbc:h2:file:" + file.getAbsolutePath()
                    + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000");
            opened.setUser("sa");
            opened.setPassword("");
            JdbcConnectionPool pool = JdbcConnectionPool.create(opened);
            pool.setMaxConnections(CONNECTIONS);
            try {
                store = new ToldStore(new SqlChangeStore(pool), ChangeRecords::tell);
                database = pool;
            } finally {
                if (database == null) {
                    pool.dispose();
                }
            }
        }
        return store;
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
        if (database == null) {
            return;
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "The store of change records could not be closed", e);
        } finally {
            database.dispose();
            store = null;
            database = null;
        }
    }
}
