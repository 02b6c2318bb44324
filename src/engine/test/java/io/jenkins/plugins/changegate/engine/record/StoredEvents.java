package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The events as they are in the database, past the store. */
final class StoredEvents {

    private final DataSource database;

    StoredEvents(DataSource database) {
        this.database = database;
    }

    /** One event. */
    record Row(long sequence, long number, int version, String body, String controller, String previous, String hash) {

        Row at(long place) {
            return new Row(place, number, version, body, controller, previous, hash);
        }

        Row with(long change, int place) {
            return new Row(sequence, change, place, body, controller, previous, hash);
        }

        Row withBody(String text) {
            return new Row(sequence, number, version, text, controller, previous, hash);
        }

        Row withController(String id) {
            return new Row(sequence, number, version, body, id, previous, hash);
        }

        Row withPrevious(String before) {
            return new Row(sequence, number, version, body, controller, before, hash);
        }

        Row withHash(String own) {
            return new Row(sequence, number, version, body, controller, previous, own);
        }

        /** With the hash that belongs to it. */
        Row hashed() {
            String of = controller == null ? "" : controller;
            return withHash(Chain.hash(previous, sequence, number, version, body, of));
        }

        boolean sameVersion(Row other) {
            return number == other.number && version == other.version;
        }
    }

    /** Returns all of them, in their order. */
    List<Row> read() throws SQLException {
        List<Row> events = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(
                        "SELECT sequence, number, version, body, controller, previous, hash FROM changegate_event"
                                + " ORDER BY sequence")) {
            while (row.next()) {
                events.add(new Row(
                        row.getLong(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)));
            }
        }
        return events;
    }

    /** Puts these in the place of all that are there. */
    void write(List<Row> rows) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement delete = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO changegate_event"
                        + " (sequence, number, version, body, controller, previous, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            delete.executeUpdate("DELETE FROM changegate_event");
            for (Row row : rows) {
                insert.setLong(1, row.sequence());
                insert.setLong(2, row.number());
                insert.setInt(3, row.version());
                insert.setString(4, row.body());
                insert.setString(5, row.controller());
                insert.setString(6, row.previous());
                insert.setString(7, row.hash());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }
}
