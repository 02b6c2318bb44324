package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Fills an empty store with many changes at once, in large transactions; the rows are those that the store writes. */
final class BulkLedger {

    private static final int CHANGES_AT_ONCE = 2_000;

    private final RecordJson json = new RecordJson();

    private long sequence;
    private long bytes;
    private String hash = Chain.GENESIS;

    /**
     * Fills it. The changes are of three controllers in turn. The indices of the list are made anew at the end: a dozen
     * that are kept up while a million rows come in take many times as long.
     */
    void fill(DataSource database, LedgerGenerator generator, long changes) throws SQLException {
        List<String> indices = ListIndices.drop(database);
        insert(database, generator, changes);
        ListIndices.make(database, indices);
    }

    private void insert(DataSource database, LedgerGenerator generator, long changes) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement events = connection.prepareStatement("INSERT INTO changegate_event"
                        + " (sequence, number, version, body, controller, previous, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement lines = connection.prepareStatement("INSERT INTO changegate_change (number, version,"
                        + " state, service, environment, head, controller, opened, type, model, level, score, decision,"
                        + " outcome, ended, job, build) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement facts = connection.prepareStatement("INSERT INTO changegate_measure (number,"
                        + " controller, job, service, environment, tier, type, level, score, verdict, decision, opened,"
                        + " decided, outcome, ended, incident, undoes, age, rules, waits, policy, product)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            FactIndex index = new FactIndex(Dialect.of(connection));
            connection.setAutoCommit(false);
            for (long number = 1; number <= changes; number++) {
                String controller = "controller-" + number % 3;
                List<ChangeEvent> history = generator.next(number);
                for (int version = 1; version <= history.size(); version++) {
                    event(events, number, version, history.get(version - 1), controller);
                }
                ChangeRecord record = new ChangeRecord(number, history);
                line(lines, record, controller);
                Optional<ChangeFact> fact = Facts.of(record, controller, 0);
                if (fact.isPresent()) {
                    Object[] values = index.values(fact.get());
                    for (int i = 0; i < values.length; i++) {
                        facts.setObject(i + 1, values[i]);
                    }
                    facts.addBatch();
                }
                if (number % CHANGES_AT_ONCE == 0 || number == changes) {
                    events.executeBatch();
                    lines.executeBatch();
                    facts.executeBatch();
                    new Ledger(number, sequence, hash).store(connection);
                    connection.commit();
                }
            }
        }
    }

    /** Returns how many events there are. */
    long events() {
        return sequence;
    }

    /** Returns how many characters they have. */
    long characters() {
        return bytes;
    }

    private void event(PreparedStatement insert, long number, int version, ChangeEvent event, String controller)
            throws SQLException {
        String body = json.write(event);
        String next = Chain.hash(hash, ++sequence, number, version, body, controller);
        insert.setLong(1, sequence);
        insert.setLong(2, number);
        insert.setInt(3, version);
        insert.setString(4, body);
        insert.setString(5, controller);
        insert.setString(6, hash);
        insert.setString(7, next);
        insert.addBatch();
        hash = next;
        bytes += body.length();
    }

    private void line(PreparedStatement insert, ChangeRecord record, String controller) throws SQLException {
        ChangeSummary line = ChangeSummary.of(record, controller);
        insert.setLong(1, line.number());
        insert.setInt(2, record.version());
        insert.setString(3, ChangeState.of(record).name());
        insert.setString(4, line.service());
        insert.setString(5, line.environment());
        insert.setString(6, record.opened().head());
        insert.setString(7, controller);
        insert.setLong(8, ChangeList.nanos(line.opened()));
        insert.setString(9, line.type().name());
        insert.setString(10, line.model().isEmpty() ? null : line.model());
        insert.setString(11, line.level().name());
        insert.setInt(12, line.score());
        insert.setString(13, line.decision().map(Enum::name).orElse(null));
        insert.setString(14, line.outcome().map(Enum::name).orElse(null));
        if (record.ended().isPresent()) {
            insert.setLong(15, sequence);
        } else {
            insert.setNull(15, Types.BIGINT);
        }
        insert.setString(16, line.job());
        insert.setInt(17, line.build());
        insert.addBatch();
    }
}
