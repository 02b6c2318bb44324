package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Runs work in a database, each in one transaction: all of it is stored, or nothing. Thread-safe. */
final class Transactions {

    private final DataSource database;

    /**
     * Held by whoever writes. The ledger's row alone is not enough: H2 1.4 frees it before it writes its file, and a
     * commit does not wait for the file while another one is being written ({@code MVStore.tryCommit}), but leaves it to
     * the next one. A process killed in between would have lost what it acknowledged.
     */
    private final Lock writing = new ReentrantLock();

    Transactions(DataSource database) {
        this.database = Objects.requireNonNull(database, "database");
    }

    /** Work within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException, StoreException;
    }

    /**
     * Runs what changes nothing.
     *
     * @throws StoreException if the database cannot be used
     */
    <T> T read(Work<T> work) throws StoreException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | StoreException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("The store of change records cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Runs what changes something, one after the other.
     *
     * @throws StoreException if the database cannot be used; nothing is changed then
     */
    <T> T write(Work<T> work) throws StoreException {
        writing.lock();
        try {
            return read(work);
        } finally {
            writing.unlock();
        }
    }
}
