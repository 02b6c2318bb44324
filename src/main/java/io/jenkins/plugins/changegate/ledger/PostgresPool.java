package io.jenkins.plugins.changegate.ledger;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import jenkins.model.Jenkins;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to a PostgreSQL server, and keeps them open. */
final class PostgresPool {

    /** So long a caller waits for a connection; then the store is said to be away. */
    private static final int WAIT_MILLIS = 5_000;

    /** A server that says nothing for so long is given up, unless the address says otherwise. */
    private static final int SILENCE_SECONDS = 120;

    private PostgresPool() {}

    /**
     * Returns a pool. It opens connections when they are asked for, so that there may be no server yet.
     *
     * @throws StoreException if the credentials are gone
     */
    static HikariDataSource open(PostgresLedger ledger) throws StoreException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("Change Gate");
        config.setDataSource(database(ledger));
        config.setMaximumPoolSize(ledger.getConnections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(config);
    }

    /**
     * Connects once.
     *
     * @return what answered
     * @throws StoreException if nothing did
     */
    static String test(PostgresLedger ledger) throws StoreException {
        try (Connection connection = database(ledger).getConnection()) {
            return connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new StoreException("The database cannot be reached: " + e.getMessage(), e);
        }
    }

    private static PGSimpleDataSource database(PostgresLedger ledger) throws StoreException {
        StandardUsernamePasswordCredentials credentials = credentials(ledger.getCredentialsId());
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setSocketTimeout(SILENCE_SECONDS);
        database.setLoginTimeout(WAIT_MILLIS / 1_000);
        database.setApplicationName("Jenkins Change Gate");
        database.setUrl(ledger.getUrl());
        database.setUser(credentials.getUsername());
        database.setPassword(credentials.getPassword().getPlainText());
        return database;
    }

    private static StandardUsernamePasswordCredentials credentials(String id) throws StoreException {
        StandardUsernamePasswordCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernamePasswordCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw new StoreException("The credentials '" + id + "' of the store of change records are gone.", null);
        }
        return found;
    }
}
