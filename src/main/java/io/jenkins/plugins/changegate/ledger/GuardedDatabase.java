package io.jenkins.plugins.changegate.ledger;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections to a database that may be away: whoever asks again within a few seconds is told so at once, so that a
 * thousand gates do not each wait for the same server. Thread-safe.
 */
final class GuardedDatabase implements DataSource {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(3);

    /** "The client was unable to establish the connection." */
    private static final String STATE = "08001";

    private final DataSource database;
    private volatile Failure last;

    /** A failure to connect, and when, by the clock of {@link System#nanoTime}. */
    private record Failure(String message, long at) {}

    GuardedDatabase(DataSource database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Failure failure = last;
        if (failure != null && System.nanoTime() - failure.at() < PAUSE) {
            throw new SQLTransientConnectionException(failure.message(), STATE);
        }
        try {
            Connection connection = database.getConnection();
            last = null;
            return connection;
        } catch (SQLTransientConnectionException e) {
            // What the pool says of it tells nobody why.
            String message =
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            last = new Failure(message, System.nanoTime());
            throw new SQLTransientConnectionException(message, STATE, e);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
