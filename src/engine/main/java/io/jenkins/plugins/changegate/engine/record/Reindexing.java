package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Writes the index over changes anew from their events, for a step of the schema that adds to it. */
final class Reindexing {

    /** How many changes are in memory at once. */
    private static final int BLOCK = 200;

    private Reindexing() {}

    /** Writes all of it. What an event no longer says is left out; {@link ChangeStore#verify} says which that is. */
    static void all(Connection connection) throws SQLException {
        ChangeIndex index = new ChangeIndex(Dialect.of(connection), "");
        Histories histories = new Histories();
        long changes = Ledger.look(connection).changes();
        for (long first = 1; first <= changes; first += BLOCK) {
            Map<Long, Long> last = last(connection, first);
            for (long number = first; number < first + BLOCK && number <= changes; number++) {
                try {
                    for (ChangeRecord record : histories.where(connection, "number = ?", number)) {
                        index.rewrite(connection, record, record.ended().isPresent() ? last.get(number) : 0);
                    }
                } catch (StoreException e) {
                    // A record that somebody has damaged cannot be read now, and could not before.
                    continue;
                }
            }
        }
    }

    /** Writes of each change where it is of. What cannot be read stays without, so only administrators see it. */
    static void origins(Connection connection) throws SQLException {
        ChangeIndex index = new ChangeIndex(Dialect.of(connection), "");
        openings(connection, record -> index.rewriteOrigin(connection, record));
    }

    /** Writes what the service of each change is part of. What cannot be read stays without, as it was. */
    static void products(Connection connection) throws SQLException {
        ChangeIndex index = new ChangeIndex(Dialect.of(connection), "");
        openings(connection, record -> {
            if (!record.opened().particulars().product().isEmpty()) {
                index.rewriteProduct(connection, record);
            }
        });
    }

    @FunctionalInterface
    private interface Rewriting {
        void of(ChangeRecord record) throws SQLException;
    }

    /** Rewrites something of each change whose opening can be read. */
    private static void openings(Connection connection, Rewriting rewriting) throws SQLException {
        Histories histories = new Histories();
        long changes = Ledger.look(connection).changes();
        for (long number = 1; number <= changes; number++) {
            try {
                for (ChangeRecord record : histories.where(connection, "number = ? AND version = 1", number)) {
                    rewriting.of(record);
                }
            } catch (StoreException e) {
                // A record that somebody has damaged cannot be read now, and could not before.
                continue;
            }
        }
    }

    /** Returns where in the ledger the last event of each change of a block is. */
    private static Map<Long, Long> last(Connection connection, long first) throws SQLException {
        Map<Long, Long> last = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT number, MAX(sequence) FROM changegate_event"
                + " WHERE number >= ? AND number < ? GROUP BY number")) {
            select.setLong(1, first);
            select.setLong(2, first + BLOCK);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
        return last;
    }
}
