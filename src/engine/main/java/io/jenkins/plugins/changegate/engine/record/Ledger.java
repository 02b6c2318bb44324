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

    /** Locks the row until the transaction ends: writers, also of several controllers, take turns by that. */
    static Ledger lock(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT changes, events, hash FROM changegate_ledger WHERE id = 1 FOR UPDATE");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("The ledger is empty");
            }
            return new Ledger(row.getLong(1), row.getLong(2), row.getString(3));
        }
    }
}
