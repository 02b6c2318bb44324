package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.policy.Hashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The events of all changes in one chain: each has a hash over itself and over the hash before it. */
final class Chain {

    /** What the first event's hash builds on. */
    static final String GENESIS = "0".repeat(64);

    private Chain() {}

    /**
     * Returns an event's hash.
     *
     * @param controller who wrote it; empty in a store that only one Jenkins has, as all were before there were others
     */
    static String hash(String previous, long sequence, long number, int version, String body, String controller) {
        List<String> parts = new ArrayList<>(
                List.of(previous, Long.toString(sequence), Long.toString(number), Integer.toString(version), body));
        if (!controller.isEmpty()) {
            parts.add(controller);
        }
        return Hashes.sha256(parts);
    }

    /**
     * Adds an event at the end, and says so in the ledger's row.
     *
     * @param ledger as it is now, locked, but for the number of changes, which is the new one
     */
    static void add(Connection connection, Ledger ledger, long number, int version, String body, String controller)
            throws SQLException {
        long sequence = ledger.events() + 1;
        String hash = hash(ledger.hash(), sequence, number, version, body, controller);
        insert(connection, number, new ChainedEvent(sequence, version, controller, body, ledger.hash(), hash));
        new Ledger(ledger.changes(), sequence, hash).store(connection);
    }

    /** Puts an event at its place. */
    static void insert(Connection connection, long number, ChainedEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO changegate_event (sequence, number, version, body, controller, previous, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, event.sequence());
            insert.setLong(2, number);
            insert.setInt(3, event.version());
            insert.setString(4, event.text());
            insert.setString(5, event.controller().isEmpty() ? null : event.controller());
            insert.setString(6, event.previous());
            insert.setString(7, event.hash());
            insert.executeUpdate();
        }
    }
}
