package io.jenkins.plugins.changegate.ledger;

import com.zaxxer.hikari.HikariDataSource;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.DiskRoom;
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
 * A database of change records that is open.
 *
 * @param setting how it was set; {@code null} for the file under the Jenkins home
 * @param store what is in it
 * @param closing what closes its connections
 */
record LedgerDatabase(PostgresLedger setting, ChangeStore store, Runnable closing) {

    private static final Logger LOGGER = Logger.getLogger(LedgerDatabase.class.getName());

    /** More at once wait for each other; each is a session of the embedded database, which is not free. */
    private static final int CONNECTIONS = 16;

    /**
     * Opens one.
     *
     * @param setting how it is set; {@code null} for the file under the Jenkins home
     * @throws StoreException if it cannot be opened; nothing is left open then
     */
    static LedgerDatabase open(PostgresLedger setting) throws StoreException {
        return setting == null ? file(new File(Jenkins.get().getRootDir(), "change-gate/records")) : server(setting);
    }

    private static LedgerDatabase file(File file) throws StoreException {
        JdbcDataSource opened = new JdbcDataSource();
        // WRITE_DELAY=0: what is committed is written at once, so that a killed controller loses nothing.
        opened.setURL("jdbc:h2:file:" + file.getAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000");
        opened.setUser("sa");
        opened.setPassword("");
        JdbcConnectionPool pool = JdbcConnectionPool.create(opened);
        pool.setMaxConnections(CONNECTIONS);
        DiskRoom room = DiskRoom.of(file.getParentFile().toPath());
        return opened(null, () -> new SqlChangeStore(pool, room), pool::dispose, () -> shutDown(pool));
    }

    private static LedgerDatabase server(PostgresLedger setting) throws StoreException {
        HikariDataSource pool = PostgresPool.open(setting);
        return opened(
                setting,
                () -> {
                    SqlChangeStore store = new SqlChangeStore(new GuardedDatabase(pool), setting.getController());
                    store.claim(Jenkins.get().getLegacyInstanceId());
                    return store;
                },
                pool::close,
                pool::close);
    }

    private interface Opening {
        ChangeStore open() throws StoreException;
    }

    private static LedgerDatabase opened(PostgresLedger setting, Opening opening, Runnable giveUp, Runnable closing)
            throws StoreException {
        boolean open = false;
        try {
            LedgerDatabase database = new LedgerDatabase(setting, opening.open(), closing);
            open = true;
            return database;
        } finally {
            if (!open) {
                giveUp.run();
            }
        }
    }

    private static void shutDown(JdbcConnectionPool pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "The store of change records could not be closed", e);
        } finally {
            pool.dispose();
        }
    }
}
