package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Keeps change records in a relational database: H2, or a PostgreSQL that several controllers may share.
 *
 * <p>The events are the truth: one row each, in one chain over all changes, in which each carries the SHA-256 of its
 * text and the hash before it. The table of changes is an index over them, written in the same transaction. Writers
 * take turns by locking the ledger's single row, which makes the numbers of all controllers one sequence without gaps.
 *
 * <p>The database has to read what is committed ({@code READ COMMITTED}, which both do unless they are told otherwise).
 */
public final class SqlChangeStore implements ChangeStore {

    private final Transactions database;
    private final Histories histories = new Histories();
    private final PolicyTexts policies;
    private final String controller;
    private final Dialect dialect;
    private final ChangeIndex index;
    private final ChangeList list;
    private final TargetList targets;
    private final TrackIndex tracks;
    private final DeploymentIndex deployments;
    private final FactIndex facts;

    /**
     * A store that only one controller has.
     *
     * @param database where the records are kept; its tables are made if they are missing
     * @throws StoreException if the database cannot be used
     */
    public SqlChangeStore(DataSource database) throws StoreException {
        this(database, "");
    }

    /**
     * A store that several controllers may share.
     *
     * @param database where the records are kept; its tables are made if they are missing
     * @param controller which one this is: its changes and events carry this, up to 200 characters. The same one after a
     *     restart; no two at the same time
     * @throws StoreException if the database cannot be used
     */
    public SqlChangeStore(DataSource database, String controller) throws StoreException {
        this(database, controller, DiskRoom.ANY);
    }

    /**
     * A store in a file, which is not written any more when its disk is nearly full.
     *
     * @throws StoreException if the database cannot be used, or there is too little room for it
     */
    public SqlChangeStore(DataSource database, DiskRoom room) throws StoreException {
        this(database, "", room);
    }

    private SqlChangeStore(DataSource database, String controller, DiskRoom room) throws StoreException {
        room.require();
        Schema.bringUpToDate(database);
        this.database = new Transactions(database, room);
        this.policies = new PolicyTexts(this.database);
        this.controller = controller;
        this.dialect = this.database.read(Dialect::of);
        this.index = new ChangeIndex(dialect, controller);
        this.list = new ChangeList(dialect);
        this.targets = new TargetList(dialect);
        this.tracks = new TrackIndex(dialect, histories, controller);
        this.deployments = new DeploymentIndex(dialect);
        this.facts = new FactIndex(dialect);
    }

    /**
     * Takes the name of this controller, so that no other Jenkins can be taken for it.
     *
     * @param instance what tells this Jenkins from every other, up to 100 characters; the same one after a restart
     * @throws StoreException if another one has the name, or the database cannot be used
     */
    public void claim(String instance) throws StoreException {
        database.write(connection -> {
            Controllers.claim(connection, controller, instance);
            return true;
        });
    }

    @Override
    public ChangeRecord open(ChangeEvent.Opened opened) throws StoreException {
        String body = histories.write(opened);
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            Ledger next = new Ledger(ledger.changes() + 1, ledger.events(), ledger.hash());
            ChangeRecord record = new ChangeRecord(next.changes(), List.of(opened));
            index.add(connection, record);
            tracks.add(connection, record);
            deployments.add(connection, record);
            Chain.add(connection, next, record.number(), 1, body, controller);
            return record;
        });
    }

    @Override
    public Optional<ChangeRecord> append(ChangeRecord seen, ChangeEvent event) throws StoreException {
        List<ChangeEvent> history = new ArrayList<>(seen.history());
        history.add(event);
        ChangeRecord record = new ChangeRecord(seen.number(), history);
        String body = histories.write(event);
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            if (!index.advance(connection, record, ledger.events() + 1)) {
                return Optional.empty();
            }
            tracks.advance(connection, record, ledger.events() + 1);
            long undoes = deployments.advance(connection, record, ledger.events() + 1);
            facts.advance(connection, record, controller, undoes);
            Chain.add(connection, ledger, record.number(), record.version(), body, controller);
            return Optional.of(record);
        });
    }

    @Override
    public Optional<ChangeRecord> find(long number) throws StoreException {
        // That the store was rebuilt is an event of no change, under a number that none has.
        return query("number = ? AND number <> " + Rebuilt.CHANGE, number).stream()
                .findFirst();
    }

    @Override
    public Optional<ChangeRecord> lastDeployed(String service, String environment) throws StoreException {
        return database.read(connection -> {
            List<TargetList.Deployment> last = targets.last(connection, service, environment, ChangeState.DEPLOYED, 1);
            return last.isEmpty()
                    ? Optional.empty()
                    : histories
                            .where(
                                    connection,
                                    "number = (SELECT number FROM changegate_event WHERE sequence = ?)",
                                    last.get(0).ended())
                            .stream()
                            .findFirst();
        });
    }

    @Override
    public List<ChangeEvent.Ended> lastOutcomes(String service, String environment, int most) throws StoreException {
        return database.read(connection -> {
            List<ChangeEvent.Ended> outcomes = new ArrayList<>();
            for (TargetList.Deployment deployment : targets.last(connection, service, environment, most)) {
                if (!(histories.at(connection, deployment.ended()) instanceof ChangeEvent.Ended ended)) {
                    throw new StoreException("Event " + deployment.ended() + " ends no deployment.", null);
                }
                outcomes.add(new ChangeEvent.Ended(ended.at(), deployment.outcome(), ended.because()));
            }
            return List.copyOf(outcomes);
        });
    }

    @Override
    public List<ChangeRecord> deploying() throws StoreException {
        return in(ChangeState.DEPLOYING);
    }

    @Override
    public List<ChangeRecord> waiting() throws StoreException {
        return in(ChangeState.WAITING);
    }

    private List<ChangeRecord> in(ChangeState state) throws StoreException {
        return query(
                "number IN (SELECT number FROM changegate_change WHERE state = ? AND controller = ?)",
                state.name(),
                controller);
    }

    @Override
    public List<ChangeRecord> after(long number, String service, String environment) throws StoreException {
        return query(
                "number IN (SELECT number FROM changegate_change WHERE service = ? AND environment = ?"
                        + " AND number > ?)",
                dialect.name(service),
                dialect.name(environment),
                number);
    }

    @Override
    public List<Long> since(Instant since, Optional<String> service, Optional<String> environment)
            throws StoreException {
        return database.read(connection -> {
            List<Object> parameters = new ArrayList<>();
            parameters.add(ChangeList.first(connection, since));
            service.map(dialect::name).ifPresent(parameters::add);
            environment.map(dialect::name).ifPresent(parameters::add);
            return List.copyOf(numbers(
                    connection,
                    "SELECT number FROM changegate_change WHERE number >= ?"
                            + (service.isPresent() ? " AND service = ?" : "")
                            + (environment.isPresent() ? " AND environment = ?" : "") + " ORDER BY number DESC",
                    parameters.toArray()));
        });
    }

    @Override
    public List<ChangeSummary> page(ChangeFilter filter, long before, int most) throws StoreException {
        return database.read(connection -> {
            dialect.search(connection);
            return list.page(connection, filter, before, most);
        });
    }

    @Override
    public List<ChainedEvent> events(long number) throws StoreException {
        return database.read(connection -> histories.chained(connection, number));
    }

    @Override
    public Optional<FailedFiles> failedFiles(String service, String environment, Delta delta) throws StoreException {
        return database.read(
                connection -> new FailureList(targets, histories).last(connection, service, environment, delta));
    }

    @Override
    public Rollback rollback(long number) throws StoreException {
        return database.read(connection -> deployments.rollback(connection, number));
    }

    @Override
    public Map<String, Standing> standings(Route route) throws StoreException {
        return database.read(connection -> tracks.standings(connection, route));
    }

    @Override
    public Track track(Route route, String version) throws StoreException {
        return database.read(connection -> tracks.track(connection, route, version));
    }

    @Override
    public List<Route> routes(String job) throws StoreException {
        return database.read(connection -> tracks.routes(connection, job));
    }

    @Override
    public List<PastDeployment> pastDeployments(Optional<String> service, Instant until, int most)
            throws StoreException {
        return database.read(connection -> {
            dialect.search(connection);
            return deployments.past(connection, service, until, most);
        });
    }

    @Override
    public List<Features> recentFeatures(Optional<String> service, int most) throws StoreException {
        return database.read(connection -> {
            dialect.search(connection);
            return deployments.recent(connection, service, most);
        });
    }

    @Override
    public long facts(long seen, Consumer<ChangeFact> taker) throws StoreException {
        return new FactReading(database, facts).since(seen, taker);
    }

    @Override
    public void keepPolicies(Collection<String> texts) throws StoreException {
        policies.keep(texts);
    }

    @Override
    public Optional<String> policyText(String version) throws StoreException {
        return policies.find(version);
    }

    @Override
    public SealedBatch seal(Instant before, long after, int most, String because, String policyVersion)
            throws StoreException {
        return new Sealing(database, histories, targets, controller).batch(before, after, most, because, policyVersion);
    }

    @Override
    public boolean isEmpty() throws StoreException {
        return database.read(Ledger::look).events() == 0;
    }

    @Override
    public Rebuild.Report rebuild(Rebuild.Copies copies, String by) throws StoreException {
        return database.write(
                connection -> new Rebuilding(connection, dialect).run(copies, Instant.now(), by, controller));
    }

    @Override
    public Optional<Rebuilt> rebuilt() throws StoreException {
        return database.read(Rebuildings::find).map(Rebuildings.Found::what);
    }

    @Override
    public Optional<String> verify() throws StoreException {
        return new Verification(database).walk();
    }

    private List<ChangeRecord> query(String where, Object... parameters) throws StoreException {
        return database.read(connection -> histories.where(connection, where, parameters));
    }

    private static List<Long> numbers(Connection connection, String sql, Object... parameters) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }
}
