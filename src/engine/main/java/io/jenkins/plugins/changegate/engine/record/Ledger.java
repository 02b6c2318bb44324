package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The single row that says how far the ledger is.
 *
 * @param changes how many there are
 * @param events how many there are
 * @param hash the last event's
 */
record Ledger(long changes, long events, String hash) {

    private static final String SELECT = "SELECT changes, events, hash FROM changegate_ledger WHERE id = 1";

    /** Locks the row until the transaction ends: writers, also of several controllers, take turns by that. */
    static Ledger lock(Connection connection) throws SQLException {
        return read(connection, SELECT + " FOR UPDATE");
    }

    /** Looks at the row, which may be another one right afterwards. */
    static Ledger look(Connection connection) throws SQLException {
        return read(connection, SELECT);
    }

    private static Ledger read(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("The ledger is empty");
            }
            return new Ledger(row.getLong(1), row.getLong(2), row.getString(3));
        }
    }

    /** Makes this the row. */
    void store(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE changegate_ledger SET changes = ?, events = ?, hash = ? WHERE id = 1")) {
            update.setLong(1, changes);
            update.setLong(2, events);
            update.setString(3, hash);
            update.executeUpdate();
        }
    }
}
