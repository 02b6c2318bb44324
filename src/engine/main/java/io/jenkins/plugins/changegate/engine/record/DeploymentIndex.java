package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The table of what can be learnt from: an index over the events, written in the same transaction as they are, so that
 * thousands of deployments are read without their deltas. A change of which it is not known what changes is not in it.
 */
final class DeploymentIndex {

    private static final String PAST =
            "SELECT number, features, score, failed, undone, sequence FROM changegate_deployment";
    private static final String RECENT = "SELECT features FROM changegate_deployment";

    private final Dialect dialect;
    private final TargetList targets;
    private final RecordJson json = new RecordJson();

    DeploymentIndex(Dialect dialect) {
        this.dialect = dialect;
        this.targets = new TargetList(dialect);
    }

    /** Adds a change that was just opened. */
    void add(Connection connection, ChangeRecord record) throws SQLException {
        Delta delta = record.opened().delta();
        if (delta == null) {
            return;
        }
        Judgement judgement = record.opened().judgement();
        // Records written before features were kept have the delta.
        Features features = judgement.basis().map(Basis::features).orElseGet(() -> Features.of(delta));
        Statements.update(
                connection,
                "INSERT INTO changegate_deployment (number, service, environment, base, head, features, score, failed,"
                        + " undone, ended, sequence) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)",
                record.number(),
                dialect.name(judgement.target().service()),
                dialect.name(judgement.target().environment()),
                dialect.name(delta.base()),
                dialect.name(record.opened().head()),
                json.write(features),
                judgement.assessment().score());
    }

    /**
     * Takes over what the newest event of a record says; the index of changes has to have it already.
     *
     * @param sequence the event's place in the ledger
     * @return the number of the change that this one took back; 0 if none
     */
    long advance(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        ChangeEvent newest = record.history().get(record.version() - 1);
        if (newest instanceof ChangeEvent.Ended ended) {
            end(connection, record, ended, sequence);
            if (ended.outcome().isDeployed()) {
                return undo(connection, record);
            }
        } else if (newest instanceof ChangeEvent.Corrected
                || newest instanceof ChangeEvent.Linked
                || newest instanceof ChangeEvent.Unlinked) {
            // When it ended stays as it was: from then on it is waited for what becomes of it.
            Statements.update(
                    connection,
                    "UPDATE changegate_deployment SET failed = ? WHERE number = ?",
                    failed(record),
                    record.number());
        }
        return 0;
    }

    private static int failed(ChangeRecord record) {
        return record.isFailed() ? 1 : 0;
    }

    private static void end(Connection connection, ChangeRecord record, ChangeEvent.Ended ended, long sequence)
            throws SQLException {
        Statements.update(
                connection,
                "UPDATE changegate_deployment SET failed = ?, ended = ?, sequence = ? WHERE number = ?",
                failed(record),
                ChangeList.nanos(ended.at()),
                sequence,
                record.number());
    }

    /** If a deployment puts back what ran before the last one, that one had to be taken back. */
    private long undo(Connection connection, ChangeRecord record) throws SQLException {
        Route route = Route.of(record);
        List<TargetList.Deployment> last =
                targets.last(connection, route.service(), route.environment(), ChangeState.DEPLOYED, 2);
        String head = dialect.name(record.opened().head());
        if (last.size() > 1 && !head.isEmpty()) {
            int undone = Statements.update(
                    connection,
                    "UPDATE changegate_deployment SET undone = ? WHERE number = ? AND base = ? AND head <> ?",
                    record.number(),
                    last.get(1).number(),
                    head,
                    head);
            return undone == 0 ? 0 : last.get(1).number();
        }
        return 0;
    }

    /**
     * Puts in a record that is older than the table, with all of its history.
     *
     * @param sequence the place in the ledger of the end of its deployment; 0 if there is none
     */
    void put(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        Statements.update(connection, "DELETE FROM changegate_deployment WHERE number = ?", record.number());
        add(connection, record);
        if (record.ended().isPresent()) {
            end(connection, record, record.ended().get(), sequence);
        }
    }

    /** Says of a record that is older than the table that another one took it back. */
    void undone(Connection connection, long number, long by) throws SQLException {
        Statements.update(connection, "UPDATE changegate_deployment SET undone = ? WHERE number = ?", by, number);
    }

    /** Returns what was rolled back: see {@link ChangeStore#rollback}. */
    Rollback rollback(Connection connection, long number) throws SQLException {
        return new Rollback(
                Statements.select(
                        connection,
                        "SELECT undone FROM changegate_deployment WHERE number = ? AND undone > 0",
                        row -> row.getLong(1),
                        number),
                Statements.select(
                        connection,
                        "SELECT number FROM changegate_deployment" + dialect.by("changegate_deployment_undone")
                                + " WHERE undone = ?",
                        row -> row.getLong(1),
                        number));
    }

    /** Returns what can be learnt from: see {@link ChangeStore#pastDeployments}. */
    List<PastDeployment> past(Connection connection, Optional<String> service, Instant until, int most)
            throws SQLException {
        String latest = " FETCH FIRST " + most + " ROWS ONLY";
        List<PastDeployment> past = service.isPresent()
                ? Statements.select(
                        connection,
                        PAST + dialect.by("changegate_deployment_service")
                                + " WHERE service = ? AND ended > 0 AND ended <= ? ORDER BY service, ended DESC"
                                + latest,
                        this::deployment,
                        dialect.name(service.get()),
                        ChangeList.nanos(until))
                : Statements.select(
                        connection,
                        PAST + dialect.by("changegate_deployment_ended")
                                + " WHERE ended > 0 AND ended <= ? ORDER BY ended DESC" + latest,
                        this::deployment,
                        ChangeList.nanos(until));
        Collections.reverse(past);
        return past;
    }

    private PastDeployment deployment(ResultSet row) throws SQLException {
        return new PastDeployment(
                row.getLong(1),
                json.readFeatures(row.getString(2)),
                row.getInt(3),
                row.getInt(4) > 0 || row.getLong(5) > 0,
                row.getLong(6));
    }

    /** Returns the last changes as numbers: see {@link ChangeStore#recentFeatures}. */
    List<Features> recent(Connection connection, Optional<String> service, int most) throws SQLException {
        String latest = " FETCH FIRST " + most + " ROWS ONLY";
        List<Features> recent = service.isPresent()
                ? Statements.select(
                        connection,
                        RECENT + dialect.by("changegate_deployment_recent")
                                + " WHERE service = ? ORDER BY service, number DESC" + latest,
                        this::features,
                        dialect.name(service.get()))
                : Statements.select(
                        connection,
                        RECENT + dialect.by("changegate_deployment_number") + " ORDER BY number DESC" + latest,
                        this::features);
        Collections.reverse(recent);
        return recent;
    }

    private Features features(ResultSet row) throws SQLException {
        return json.readFeatures(row.getString(1));
    }
}
