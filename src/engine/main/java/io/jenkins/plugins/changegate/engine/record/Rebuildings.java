package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds the event that says that a store was rebuilt. A store has one at most, as only an empty one is rebuilt. */
final class Rebuildings {

    private Rebuildings() {}

    /**
     * What was found.
     *
     * @param sequence its place in the chain
     */
    record Found(long sequence, Rebuilt what) {}

    private record Row(long sequence, String text) {}

    /**
     * Returns it; whether it is what was written, its place in the chain shows.
     *
     * @throws StoreException if it cannot be read
     */
    static Optional<Found> find(Connection connection) throws SQLException, StoreException {
        List<Row> rows = Statements.select(
                connection,
                "SELECT sequence, body FROM changegate_event WHERE number = ? AND version = 1",
                row -> new Row(row.getLong(1), String.valueOf(row.getString(2))),
                Rebuilt.CHANGE);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(
                        rows.get(0).sequence(),
                        new RecordJson().read(rows.get(0).text(), Rebuilt.class)));
    }
}
