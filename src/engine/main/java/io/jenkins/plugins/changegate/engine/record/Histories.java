package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads whole records from their events. Thread-safe. */
final class Histories {

    private final RecordJson json = new RecordJson();

    /**
     * Returns the records that a condition selects, by number; sealed ones are left out.
     *
     * @param where a condition on the table of events
     * @param parameters what its question marks stand for
     * @throws StoreException if a record has no beginning, or an event cannot be read
     */
    List<ChangeRecord> where(Connection connection, String where, Object... parameters)
            throws SQLException, StoreException {
        Map<Long, List<ChangeEvent>> histories = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT number, body FROM changegate_event WHERE " + where + " ORDER BY number, version")) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    List<ChangeEvent> history = histories.computeIfAbsent(rows.getLong(1), n -> new ArrayList<>());
                    if (!rows.getString(2).equals(Sealing.REMOVED)) {
                        history.add(json.read(rows.getString(2)));
                    }
                }
            }
        }
        List<ChangeRecord> records = new ArrayList<>();
        for (Map.Entry<Long, List<ChangeEvent>> entry : histories.entrySet()) {
            if (isSealed(entry.getValue())) {
                continue;
            }
            if (entry.getValue().isEmpty() || !(entry.getValue().get(0) instanceof ChangeEvent.Opened)) {
                throw new StoreException(ChangeRecord.id(entry.getKey()) + " has lost its beginning.", null);
            }
            records.add(new ChangeRecord(entry.getKey(), entry.getValue()));
        }
        return records;
    }

    /** Only such a record ends with that, and has lost what was before; whether it may have is up to the verification. */
    private static boolean isSealed(List<ChangeEvent> history) {
        return history.size() == 1 && history.get(0) instanceof ChangeEvent.Sealed;
    }

    /** Returns the events of a change as they are stored, the first one first. */
    List<ChainedEvent> chained(Connection connection, long number) throws SQLException {
        List<ChainedEvent> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT sequence, version, controller, body,"
                + " previous, hash FROM changegate_event WHERE number = ? ORDER BY version")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(new ChainedEvent(
                            row.getLong(1),
                            row.getInt(2),
                            Objects.requireNonNullElse(row.getString(3), ""),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
                }
            }
        }
        return List.copyOf(events);
    }

    /**
     * Returns the event at a place of the ledger.
     *
     * @throws StoreException if it cannot be read, or there is none
     */
    ChangeEvent at(Connection connection, long sequence) throws SQLException, StoreException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM changegate_event WHERE sequence = ?")) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new StoreException("Event " + sequence + " is missing.", null);
                }
                return json.read(row.getString(1));
            }
        }
    }

    /**
     * Returns an event that was stored.
     *
     * @throws StoreException if it cannot be read
     */
    ChangeEvent read(String text) throws StoreException {
        return json.read(text);
    }

    /** Returns an event as it is stored. */
    String write(ChangeEvent event) {
        return json.write(event);
    }
}
