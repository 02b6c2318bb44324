package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.record.Rebuilt.Range;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills an empty store from copies, in one transaction: first the events, in whatever order their copies are found, each
 * at the place that it had; then, along the chain, what is made from them, as if each were appended again; at last the
 * event that says what was lost. In memory is one copy, and the histories of some changes. One run, one thread.
 */
final class Rebuilding {

    /** So many histories of changes are remembered, as events of several come in turn. */
    private static final int REMEMBERED = 500;

    private static final int PAGE = 500;

    /** So many copies, and ranges of numbers, are named. */
    private static final int NAMED = 1_000;

    private final Connection connection;
    private final Dialect dialect;
    private final Histories histories = new Histories();
    private final TrackIndex tracks;
    private final DeploymentIndex deployments;
    private final FactIndex facts;

    private final List<String> damaged = new ArrayList<>();
    private long damages;
    private long highest;
    private long changes;
    private long events;

    private final Map<Long, List<ChangeEvent>> known = new LinkedHashMap<>(REMEMBERED, 0.75F, true);
    private final List<Range> lost = new ArrayList<>();
    private long sequence;
    private String hash = Chain.GENESIS;

    /**
     * @param connection in a transaction that is committed if the run ends well, and rolled back if not
     */
    Rebuilding(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.tracks = new TrackIndex(dialect, histories);
        this.deployments = new DeploymentIndex(dialect);
        this.facts = new FactIndex(dialect);
    }

    /**
     * Does it.
     *
     * @param by the id of the user who has it done
     * @param controller which Jenkins does it
     */
    Rebuild.Report run(Rebuild.Copies copies, Instant at, String by, String controller)
            throws SQLException, StoreException {
        Ledger ledger = Ledger.lock(connection);
        if (ledger.events() > 0 || ledger.changes() > 0) {
            throw new Rebuild.NotEmptyException(ledger.events());
        }
        copies.give(new Rebuild.Taker() {
            @Override
            public void copy(String where, String line) throws StoreException {
                take(where, line);
            }

            @Override
            public void mentioned(long number) {
                highest = Math.max(highest, number);
            }
        });
        index();
        Rebuilt rebuilt = new Rebuilt(at, by, highest, changes, events, lost);
        Chain.add(
                connection,
                new Ledger(highest, sequence, hash),
                Rebuilt.CHANGE,
                1,
                new RecordJson().line(rebuilt),
                controller);
        List<Range> missing = new ArrayList<>();
        long missed = missing(missing);
        return new Rebuild.Report(rebuilt, damaged, damages, missing, missed);
    }

    private void take(String where, String line) throws StoreException {
        ChangeCopy copy;
        try {
            copy = ChangeCopy.read(line);
        } catch (StoreException e) {
            refuse(where, e.getMessage());
            return;
        }
        highest = Math.max(highest, copy.number());
        try {
            String conflict = conflict(copy);
            if (!conflict.isEmpty()) {
                refuse(where, conflict);
                return;
            }
            // The same change may be found twice: with its build, and in an export.
            int there = hashes(copy.number()).size();
            for (ChainedEvent event : copy.events()
                    .subList(
                            Math.min(there, copy.events().size()), copy.events().size())) {
                Chain.insert(connection, copy.number(), event);
                events++;
            }
            changes += there == 0 ? 1 : 0;
        } catch (SQLException e) {
            throw new StoreException("The store of change records cannot be used: " + e.getMessage(), e);
        }
    }

    private void refuse(String where, String why) {
        damages++;
        if (damaged.size() < NAMED) {
            damaged.add(where + ": " + why + ".");
        }
    }

    /** Returns what of a copy does not go together with those that were put back before it; empty if it does. */
    private String conflict(ChangeCopy copy) throws SQLException {
        List<String> there = hashes(copy.number());
        for (int i = 0; i < Math.min(there.size(), copy.events().size()); i++) {
            if (!there.get(i).equals(copy.events().get(i).hash())) {
                return ChangeRecord.id(copy.number()) + " was found in another place with other events";
            }
        }
        Map<Long, ChainedEvent> own = new LinkedHashMap<>();
        copy.events().forEach(event -> own.put(event.sequence(), event));
        for (ChainedEvent event : copy.events()) {
            if (event.sequence() == 1 && !event.previous().equals(Chain.GENESIS)
                    || !follows(own.get(event.sequence() - 1), event)
                    || !fits(event)) {
                return "event " + event.version() + " is not of the same chain as what was found in other places";
            }
        }
        return "";
    }

    /** Returns the hashes of what was put back of a change, in the order of its events. */
    private List<String> hashes(long number) throws SQLException {
        return Statements.select(
                connection,
                "SELECT hash FROM changegate_event WHERE number = ? ORDER BY version",
                row -> row.getString(1),
                number);
    }

    private static boolean follows(ChainedEvent before, ChainedEvent event) {
        return before == null || before.hash().equals(event.previous());
    }

    private boolean fits(ChainedEvent event) throws SQLException {
        record Neighbour(long sequence, String previous, String hash) {}
        return Statements.select(
                        connection,
                        "SELECT sequence, previous, hash FROM changegate_event WHERE sequence >= ? AND sequence <= ?",
                        row -> new Neighbour(row.getLong(1), row.getString(2), row.getString(3)),
                        event.sequence() - 1,
                        event.sequence() + 1)
                .stream()
                .allMatch(neighbour -> switch (Long.signum(neighbour.sequence() - event.sequence())) {
                    case -1 -> neighbour.hash().equals(event.previous());
                    case 0 -> neighbour.hash().equals(event.hash());
                    default -> neighbour.previous().equals(event.hash());
                });
    }

    private record Placed(long sequence, long number, int version, String controller, String text, String hash) {}

    /** Goes along the chain, and makes all tables from it. */
    private void index() throws SQLException, StoreException {
        List<Placed> page;
        do {
            page = Statements.select(
                    connection,
                    "SELECT sequence, number, version, controller, body, hash FROM changegate_event WHERE sequence > ?"
                            + " ORDER BY sequence FETCH FIRST " + PAGE + " ROWS ONLY",
                    row -> new Placed(
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getString(4) == null ? "" : row.getString(4),
                            row.getString(5),
                            row.getString(6)),
                    sequence);
            for (Placed event : page) {
                if (event.sequence() > sequence + 1) {
                    lost.add(new Range(sequence + 1, event.sequence() - 1));
                }
                sequence = event.sequence();
                hash = event.hash();
                index(event);
            }
        } while (!page.isEmpty());
    }

    private void index(Placed event) throws SQLException, StoreException {
        List<ChangeEvent> history = new ArrayList<>(historyBefore(event));
        history.add(histories.read(event.text()));
        known.put(event.number(), history);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
        ChangeRecord record = new ChangeRecord(event.number(), history);
        ChangeIndex index = new ChangeIndex(dialect, event.controller());
        if (event.version() == 1) {
            index.add(connection, record);
            tracks.add(connection, record);
            deployments.add(connection, record);
        } else {
            index.advance(connection, record, event.sequence());
            tracks.advance(connection, record, event.sequence());
            long undoes = deployments.advance(connection, record, event.sequence());
            facts.advance(connection, record, event.controller(), undoes);
        }
    }

    private List<ChangeEvent> historyBefore(Placed event) throws SQLException, StoreException {
        if (event.version() == 1) {
            return List.of();
        }
        List<ChangeEvent> history = known.get(event.number());
        return history != null
                ? history
                : histories
                        .where(connection, "number = ? AND version < ?", event.number(), event.version())
                        .get(0)
                        .history();
    }

    /** Collects the numbers that no change has, and returns how many there are. */
    private long missing(List<Range> ranges) throws SQLException {
        long missed = 0;
        long last = 0;
        List<Long> page;
        do {
            page = Statements.select(
                    connection,
                    "SELECT number FROM changegate_change WHERE number > ? ORDER BY number FETCH FIRST " + PAGE
                            + " ROWS ONLY",
                    row -> row.getLong(1),
                    last);
            for (long number : page) {
                missed += miss(ranges, last + 1, number - 1);
                last = number;
            }
        } while (!page.isEmpty());
        return missed + miss(ranges, last + 1, highest);
    }

    private static long miss(List<Range> ranges, long first, long last) {
        if (first > last) {
            return 0;
        }
        if (ranges.size() < NAMED) {
            ranges.add(new Range(first, last));
        }
        return last - first + 1;
    }
}
