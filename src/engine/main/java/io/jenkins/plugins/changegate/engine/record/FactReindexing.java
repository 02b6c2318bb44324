package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Puts the changes so far into the table of what measures are made of, for the step of the schema that adds it. */
final class FactReindexing {

    /** How many changes are in memory at once. */
    private static final int BLOCK = 200;

    private FactReindexing() {}

    static void all(Connection connection) throws SQLException {
        FactIndex index = new FactIndex(Dialect.of(connection));
        Histories histories = new Histories();
        long changes = Ledger.look(connection).changes();
        Map<Long, Long> undoes = undoes(connection);
        for (long first = 1; first <= changes; first += BLOCK) {
            Map<Long, String> controllers = controllers(connection, first);
            for (long number = first; number < first + BLOCK && number <= changes; number++) {
                try {
                    for (ChangeRecord record : histories.where(connection, "number = ?", number)) {
                        index.put(
                                connection,
                                record,
                                controllers.getOrDefault(number, ""),
                                undoes.getOrDefault(number, 0L));
                    }
                } catch (StoreException e) {
                    // A record that somebody has damaged cannot be read now, and could not before.
                    continue;
                }
            }
        }
    }

    /** Returns what is known of changes that took others back: that of the last thousands. */
    private static Map<Long, Long> undoes(Connection connection) throws SQLException {
        Map<Long, Long> undoes = new HashMap<>();
        Statements.select(
                connection,
                "SELECT undone, number FROM changegate_deployment WHERE undone > 0",
                row -> undoes.put(row.getLong(1), row.getLong(2)));
        return undoes;
    }

    private static Map<Long, String> controllers(Connection connection, long first) throws SQLException {
        Map<Long, String> controllers = new HashMap<>();
        Statements.select(
                connection,
                "SELECT number, controller FROM changegate_change WHERE number >= ? AND number < ?"
                        + " AND controller IS NOT NULL",
                row -> controllers.put(row.getLong(1), row.getString(2)),
                first,
                first + BLOCK);
        return controllers;
    }
}
