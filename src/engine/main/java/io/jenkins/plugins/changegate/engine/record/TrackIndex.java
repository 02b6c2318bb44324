package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of the changes that may be promoted, and of promotions: an index over the events, written in the
 * same transaction as they are.
 */
final class TrackIndex {

    /** So many deployments are looked at, the latest first; more than can be asked for as evidence. */
    private static final int LOOKED_AT = 1000;

    /** The list of changes is looked up for each row, which no plan can turn round. */
    private static final String DEPLOYMENTS = "SELECT number, job, head, outcome, undone, ended,"
            + " (SELECT controller FROM changegate_change c WHERE c.number = changegate_track.number),"
            + " (SELECT level FROM changegate_change c WHERE c.number = changegate_track.number),"
            + " (SELECT opened FROM changegate_change c WHERE c.number = changegate_track.number)"
            + " FROM changegate_track";

    private static final String HERE = " WHERE version = ? AND service = ? AND environment = ?";

    private final Dialect dialect;
    private final Histories histories;
    private final TargetList targets;
    private final String controller;

    /** An index that is only written, for which it does not matter whose jobs are meant. */
    TrackIndex(Dialect dialect, Histories histories) {
        this(dialect, histories, "");
    }

    /**
     * @param controller whose jobs are meant: another one's of the same name are other jobs
     */
    TrackIndex(Dialect dialect, Histories histories, String controller) {
        this.dialect = dialect;
        this.controller = controller;
        this.histories = histories;
        this.targets = new TargetList(dialect);
    }

    /** Adds a change that was just opened. */
    void add(Connection connection, ChangeRecord record) throws SQLException {
        Route route = Route.of(record);
        for (PromotableModel model : record.opened().judgement().promotable()) {
            Statements.update(
                    connection,
                    "INSERT INTO changegate_track (number, version, job, service, environment, head, undone, ended)"
                            + " VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
                    record.number(),
                    model.version(),
                    dialect.name(route.job()),
                    dialect.name(route.service()),
                    dialect.name(route.environment()),
                    dialect.name(record.opened().head()));
        }
    }

    /**
     * Takes over what the newest event of a record says; the index of changes has to have it already.
     *
     * @param sequence the event's place in the ledger
     */
    void advance(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        ChangeEvent newest = record.history().get(record.version() - 1);
        if (newest instanceof ChangeEvent.Ended ended) {
            Statements.update(
                    connection,
                    "UPDATE changegate_track SET outcome = ?, ended = ? WHERE number = ?",
                    ended.outcome().name(),
                    sequence,
                    record.number());
            if (ended.outcome().isDeployed()) {
                undo(connection, record, sequence);
            }
        } else if (newest instanceof ChangeEvent.Corrected || newest instanceof ChangeEvent.Linked) {
            worsen(connection, record, sequence);
        } else if (newest instanceof ChangeEvent.Promoted promoted) {
            decided(connection, record, promoted.model().version(), sequence);
        } else if (newest instanceof ChangeEvent.Demoted demoted) {
            decided(connection, record, demoted.model().version(), sequence);
        }
    }

    /**
     * What turned out worse than it was said counts from now on. What turned out better does not give back what was lost
     * by it: that takes evidence and a person, as the first time.
     */
    private static void worsen(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        Outcome now =
                record.isFailed() ? Outcome.UNSUCCESSFUL : record.outcome().orElse(Outcome.SUCCESSFUL);
        for (Outcome better : Outcome.values()) {
            if (better.compareTo(now) < 0) {
                Statements.update(
                        connection,
                        "UPDATE changegate_track SET outcome = ?, ended = ? WHERE number = ? AND outcome = ?",
                        now.name(),
                        sequence,
                        record.number(),
                        better.name());
            }
        }
    }

    private void decided(Connection connection, ChangeRecord record, String version, long sequence)
            throws SQLException {
        Route route = Route.of(record);
        Statements.update(
                connection,
                "INSERT INTO changegate_promotion (sequence, number, version, job, service, environment)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                sequence,
                record.number(),
                version,
                dialect.name(route.job()),
                dialect.name(route.service()),
                dialect.name(route.environment()));
    }

    /** If the commit that ran before the change before is deployed again, that change was rolled back. */
    private void undo(Connection connection, ChangeRecord record, long sequence) throws SQLException {
        Route route = Route.of(record);
        List<TargetList.Deployment> last =
                targets.last(connection, route.service(), route.environment(), ChangeState.DEPLOYED, 3);
        String head = dialect.name(record.opened().head());
        if (last.size() > 2
                && !head.isEmpty()
                && head.equals(last.get(2).head())
                && !head.equals(last.get(1).head())) {
            Statements.update(
                    connection,
                    "UPDATE changegate_track SET undone = ?, ended = ? WHERE number = ?",
                    record.number(),
                    sequence,
                    last.get(1).number());
        }
    }

    /** Returns the routes of a job on which there were changes that may be promoted. */
    List<Route> routes(Connection connection, String job) throws SQLException {
        List<Route> routes = new ArrayList<>();
        for (Route route : Statements.select(
                connection,
                "SELECT DISTINCT service, environment FROM changegate_track WHERE job = ?"
                        + " ORDER BY service, environment",
                row -> new Route(job, dialect.read(row.getString(1)), dialect.read(row.getString(2))),
                dialect.name(job))) {
            if (isOwn(connection, route)) {
                routes.add(route);
            }
        }
        return List.copyOf(routes);
    }

    private boolean isOwn(Connection connection, Route route) throws SQLException {
        return !Statements.select(
                        connection,
                        "SELECT t.number FROM changegate_track t JOIN changegate_change c ON c.number = t.number"
                                + " WHERE t.job = ? AND t.service = ? AND t.environment = ? AND c.controller = ?"
                                + " FETCH FIRST 1 ROWS ONLY",
                        row -> row.getLong(1),
                        dialect.name(route.job()),
                        dialect.name(route.service()),
                        dialect.name(route.environment()),
                        controller)
                .isEmpty();
    }

    /** Returns what was promoted on a route, by the version of what it is for. */
    Map<String, Standing> standings(Connection connection, Route route) throws SQLException, StoreException {
        List<String> versions = Statements.select(
                connection,
                "SELECT DISTINCT version FROM changegate_promotion"
                        + " WHERE service = ? AND environment = ? AND job = ?",
                row -> row.getString(1).strip(),
                dialect.name(route.service()),
                dialect.name(route.environment()),
                dialect.name(route.job()));
        Map<String, Standing> standings = new HashMap<>();
        for (String version : versions) {
            List<Track.Act> acts = acts(connection, route, version);
            new Track(route, failures(connection, route, version, acts), acts)
                    .standing()
                    .ifPresent(standing -> standings.put(version, standing));
        }
        return standings;
    }

    /** Returns all that is needed of what a promotion is for, on a route. */
    Track track(Connection connection, Route route, String version) throws SQLException, StoreException {
        List<Track.Act> acts = acts(connection, route, version);
        Set<Track.Deployment> deployments = new LinkedHashSet<>(failures(connection, route, version, acts));
        deployments.addAll(deployments(
                connection,
                DEPLOYMENTS + dialect.by("changegate_track_ended") + HERE
                        + " AND ended > 0 ORDER BY version, service, environment, ended DESC FETCH FIRST " + LOOKED_AT
                        + " ROWS ONLY",
                route,
                version));
        return new Track(route, List.copyOf(deployments), acts);
    }

    private List<Track.Act> acts(Connection connection, Route route, String version)
            throws SQLException, StoreException {
        record Decided(long number, long ended, long sequence) {}
        List<Decided> decided = Statements.select(
                connection,
                "SELECT p.number, c.ended, p.sequence FROM changegate_promotion p"
                        + " JOIN changegate_change c ON c.number = p.number"
                        + " WHERE p.service = ? AND p.environment = ? AND p.job = ? AND p.version = ?"
                        + " AND c.controller = ?",
                row -> new Decided(row.getLong(1), row.getLong(2), row.getLong(3)),
                dialect.name(route.service()),
                dialect.name(route.environment()),
                dialect.name(route.job()),
                version,
                controller);
        List<Track.Act> acts = new ArrayList<>();
        for (Decided act : decided) {
            acts.add(
                    new Track.Act(act.number(), act.ended(), act.sequence(), histories.at(connection, act.sequence())));
        }
        return acts;
    }

    /** Returns the first failure after each promotion. */
    private List<Track.Deployment> failures(Connection connection, Route route, String version, List<Track.Act> acts)
            throws SQLException {
        List<Track.Deployment> failures = new ArrayList<>();
        for (Track.Act act : acts) {
            failures.addAll(deployments(
                    connection,
                    DEPLOYMENTS + HERE + " AND ended > " + act.ended() + " AND (outcome = '"
                            + Outcome.UNSUCCESSFUL.name() + "' OR undone > 0) ORDER BY ended FETCH FIRST 1 ROWS ONLY",
                    route,
                    version));
        }
        return failures;
    }

    private List<Track.Deployment> deployments(Connection connection, String sql, Route route, String version)
            throws SQLException {
        return Statements.select(
                connection,
                sql,
                row -> new Track.Deployment(
                        row.getLong(1),
                        controller.equals(row.getString(7)) && route.job().equals(dialect.read(row.getString(2))),
                        RiskLevel.valueOf(row.getString(8)),
                        ChangeList.time(row.getLong(9)),
                        dialect.read(row.getString(3)),
                        Outcome.valueOf(row.getString(4)),
                        row.getLong(5),
                        row.getLong(6)),
                version,
                dialect.name(route.service()),
                dialect.name(route.environment()));
    }
}
