package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table of what measures are made of: an index over the events, written in the same transaction as they are. A
 * change gets its row when it is decided, so that what is opened and what is approved costs nothing more.
 */
final class FactIndex {

    private static final String COLUMNS = "number, controller, job, service, environment, tier, type, level, score,"
            + " verdict, decision, opened, decided, outcome, ended, incident, undoes, age, rules, waits, policy, product";

    /** What stands between a requirement and its seconds; no control character is in a requirement. */
    private static final char BETWEEN = '\t';

    private final Dialect dialect;

    FactIndex(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Takes over what the newest event of a record says.
     *
     * @param controller which Jenkins adds it
     * @param undoes the number of the change that it took back; 0 if none
     */
    void advance(Connection connection, ChangeRecord record, String controller, long undoes) throws SQLException {
        ChangeEvent newest = record.history().get(record.version() - 1);
        if (newest instanceof ChangeEvent.Decided) {
            insert(connection, Facts.of(record, controller, 0));
        } else if (newest instanceof ChangeEvent.Ended) {
            Statements.update(
                    connection,
                    "UPDATE changegate_measure SET outcome = ?, ended = ?, undoes = ? WHERE number = ?",
                    outcome(record),
                    ended(record),
                    undoes,
                    record.number());
        } else if (newest instanceof ChangeEvent.Corrected
                || newest instanceof ChangeEvent.Linked
                || newest instanceof ChangeEvent.Unlinked) {
            boolean incident = record.links().stream().anyMatch(link -> link.kind() == Link.Kind.INCIDENT);
            Statements.update(
                    connection,
                    "UPDATE changegate_measure SET outcome = ?, incident = ? WHERE number = ?",
                    outcome(record),
                    incident ? 1 : 0,
                    record.number());
        }
    }

    /** Puts a record in, if it is decided, in the place of what there is of it. */
    void put(Connection connection, ChangeRecord record, String controller, long undoes) throws SQLException {
        Statements.update(connection, "DELETE FROM changegate_measure WHERE number = ?", record.number());
        insert(connection, Facts.of(record, controller, undoes));
    }

    private void insert(Connection connection, Optional<ChangeFact> row) throws SQLException {
        if (row.isEmpty()) {
            return;
        }
        Statements.update(
                connection,
                "INSERT INTO changegate_measure (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values(row.get()));
    }

    /** Returns what the columns of a row hold. */
    Object[] values(ChangeFact row) {
        return new Object[] {
            row.number(),
            row.controller(),
            dialect.name(row.job()),
            dialect.name(row.target().service()),
            dialect.name(row.target().environment()),
            row.target().tier().name(),
            row.type().name(),
            row.level().name(),
            row.score(),
            row.verdict().name(),
            row.decision().name(),
            row.opened().getEpochSecond(),
            row.decided().getEpochSecond(),
            row.ended().map(end -> end.outcome().name()).orElse(""),
            row.ended().map(end -> end.at().getEpochSecond()).orElse(0L),
            row.incident() ? 1 : 0,
            row.undoes(),
            row.commitAge(),
            dialect.name(String.join("\n", row.rules())),
            dialect.name(row.waits().stream()
                    .map(wait -> wait.requirement() + BETWEEN + wait.seconds())
                    .collect(Collectors.joining("\n"))),
            row.policy(),
            dialect.name(row.product())
        };
    }

    private static String outcome(ChangeRecord record) {
        return record.ended().flatMap(end -> record.outcome()).map(Enum::name).orElse("");
    }

    private static long ended(ChangeRecord record) {
        return record.ended().map(end -> end.at().getEpochSecond()).orElse(0L);
    }

    /** Gives the rows with these numbers, the end not included. */
    void between(Connection connection, long first, long end, Consumer<ChangeFact> taker) throws SQLException {
        Statements.select(
                        connection,
                        "SELECT " + COLUMNS
                                + " FROM changegate_measure WHERE number >= ? AND number < ? ORDER BY number",
                        this::fact,
                        first,
                        end)
                .forEach(taker);
    }

    /** Gives the row of a change, if it has one. */
    void one(Connection connection, long number, Consumer<ChangeFact> taker) throws SQLException {
        Statements.select(
                        connection,
                        "SELECT " + COLUMNS + " FROM changegate_measure WHERE number = ?",
                        this::fact,
                        number)
                .forEach(taker);
    }

    private ChangeFact fact(ResultSet row) throws SQLException {
        String outcome = row.getString(14);
        return new ChangeFact(
                row.getLong(1),
                row.getString(2),
                dialect.read(row.getString(3)),
                dialect.read(row.getString(22)),
                new Target(
                        dialect.read(row.getString(4)), dialect.read(row.getString(5)), Tier.valueOf(row.getString(6))),
                ChangeType.valueOf(row.getString(7)),
                RiskLevel.valueOf(row.getString(8)),
                row.getInt(9),
                Verdict.Kind.valueOf(row.getString(10)),
                Decision.valueOf(row.getString(11)),
                Instant.ofEpochSecond(row.getLong(12)),
                Instant.ofEpochSecond(row.getLong(13)),
                outcome.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new ChangeFact.End(Instant.ofEpochSecond(row.getLong(15)), Outcome.valueOf(outcome))),
                row.getInt(16) > 0,
                row.getLong(17),
                row.getLong(18),
                Facts.lines(dialect.read(row.getString(19))),
                Facts.lines(dialect.read(row.getString(20))).stream()
                        .map(FactIndex::wait)
                        .toList(),
                row.getString(21));
    }

    private static ChangeFact.Wait wait(String line) {
        int between = line.lastIndexOf(BETWEEN);
        return new ChangeFact.Wait(line.substring(0, between), Long.parseLong(line.substring(between + 1)));
    }
}
