package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;

/** The table of changes: an index over the events, written in the same transaction as they are. */
final class ChangeIndex {

    /** How a column says that something is so; where it is not, there is nothing. */
    static final String YES = "YES";

    private final Dialect dialect;
    private final String controller;

    /**
     * @param controller whose changes it adds
     */
    ChangeIndex(Dialect dialect, String controller) {
        this.dialect = dialect;
        this.controller = Objects.requireNonNull(controller, "controller");
    }

    /** Adds a change that was just opened. */
    void add(Connection connection, ChangeRecord record) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO changegate_change (number, version, state, service, environment, head, controller, opened,"
                        + " type, model, level, score, job, build, doubtful, product)"
                        + " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, record.number());
            insert.setString(2, ChangeState.of(record).name());
            int next = describe(insert, 3, record, controller);
            next = locate(insert, next, record);
            insert.setString(next++, yes(record.isDoubtful()));
            insert.setString(next, product(record));
            insert.executeUpdate();
        }
    }

    /**
     * Takes over what the newest event of a record says, if the record is still as it was before that event.
     *
     * @param sequence the event's place in the ledger
     * @return whether it was
     */
    boolean advance(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        ChangeEvent newest = record.history().get(record.version() - 1);
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE changegate_change SET version = ?, state = ?, decision = ?,"
                        + " outcome = ?, failed = ?, review = ?, ended = COALESCE(?, ended) WHERE number = ? AND version = ?")) {
            update.setInt(1, record.version());
            int next = settle(update, 2, record);
            update.setString(next++, yes(record.isFailed()));
            update.setString(next++, yes(record.review().isPresent()));
            if (newest instanceof ChangeEvent.Ended) {
                update.setLong(next++, sequence);
            } else {
                update.setNull(next++, Types.BIGINT);
            }
            update.setLong(next++, record.number());
            update.setInt(next, record.version() - 1);
            return update.executeUpdate() == 1;
        }
    }

    /** Writes what a record's service is part of, which older versions of the index did not have. */
    void rewriteProduct(Connection connection, ChangeRecord record) throws SQLException {
        Statements.update(
                connection,
                "UPDATE changegate_change SET product = ? WHERE number = ?",
                product(record),
                record.number());
    }

    /** Writes where a record is of, which older versions of the index did not have. */
    void rewriteOrigin(Connection connection, ChangeRecord record) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE changegate_change SET job = ?, build = ? WHERE number = ?")) {
            int next = locate(update, 1, record);
            update.setLong(next, record.number());
            update.executeUpdate();
        }
    }

    /**
     * Writes what else is known of a record that an older version of the index has.
     *
     * @param ended the place in the ledger of the event that ended its deployment; 0 if there is none
     */
    void rewrite(Connection connection, ChangeRecord record, long ended) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE changegate_change SET service = ?, environment = ?, head = ?, controller = ?, opened = ?,"
                        + " type = ?, model = ?, level = ?, score = ?, version = ?, state = ?, decision = ?, outcome = ?,"
                        + " ended = ? WHERE number = ?")) {
            int next = describe(update, 1, record, controller);
            update.setInt(next++, record.version());
            next = settle(update, next, record);
            if (ended == 0) {
                update.setNull(next++, Types.BIGINT);
            } else {
                update.setLong(next++, ended);
            }
            update.setLong(next, record.number());
            update.executeUpdate();
        }
    }

    private int describe(PreparedStatement statement, int first, ChangeRecord record, String of) throws SQLException {
        ChangeSummary summary = ChangeSummary.of(record, of);
        int next = first;
        statement.setString(next++, dialect.name(summary.service()));
        statement.setString(next++, dialect.name(summary.environment()));
        statement.setString(next++, dialect.name(record.opened().head()));
        statement.setString(next++, summary.controller());
        statement.setLong(next++, ChangeList.nanos(summary.opened()));
        statement.setString(next++, summary.type().name());
        statement.setString(next++, summary.model().isEmpty() ? null : dialect.name(summary.model()));
        statement.setString(next++, summary.level().name());
        statement.setInt(next++, summary.score());
        return next;
    }

    private int locate(PreparedStatement statement, int first, ChangeRecord record) throws SQLException {
        Origin origin = record.opened().origin();
        int next = first;
        statement.setString(next++, dialect.name(origin.job()));
        statement.setInt(next++, origin.build());
        return next;
    }

    private String product(ChangeRecord record) {
        String product = record.opened().particulars().product();
        return product.isEmpty() ? null : dialect.name(product);
    }

    private static String yes(boolean is) {
        return is ? YES : null;
    }

    private static int settle(PreparedStatement statement, int first, ChangeRecord record) throws SQLException {
        ChangeSummary summary = ChangeSummary.of(record, "");
        int next = first;
        statement.setString(next++, ChangeState.of(record).name());
        statement.setString(next++, summary.decision().map(Enum::name).orElse(null));
        statement.setString(next++, summary.outcome().map(Enum::name).orElse(null));
        return next;
    }
}
