package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps change records in a relational database, in SQL that H2 and PostgreSQL both understand.
 *
 * <p>The events are the truth: one row each, in one chain over all changes, in which each carries the SHA-256 of its
 * text and the hash before it. The table of changes is an index over them, written in the same transaction. Writers
 * take turns by locking the ledger's single row.
 */
public final class SqlChangeStore implements ChangeStore {

    /** What the first event's hash builds on. */
    private static final String GENESIS = "0".repeat(64);

    private static final String[] SCHEMA = {
        "CREATE TABLE IF NOT EXISTS changegate_ledger (id INT PRIMARY KEY, changes BIGINT NOT NULL,"
                + " events BIGINT NOT NULL, hash CHAR(64) NOT NULL)",
        "CREATE TABLE IF NOT EXISTS changegate_change (number BIGINT PRIMARY KEY, service VARCHAR(1000) NOT NULL,"
                + " environment VARCHAR(1000) NOT NULL, head VARCHAR(64), state VARCHAR(20) NOT NULL,"
                + " settled BIGINT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS changegate_target ON changegate_change (service, environment, state)",
        "CREATE TABLE IF NOT EXISTS changegate_event (sequence BIGINT PRIMARY KEY, number BIGINT NOT NULL,"
                + " version INT NOT NULL, body TEXT NOT NULL, previous CHAR(64) NOT NULL, hash CHAR(64) NOT NULL,"
                + " UNIQUE (number, version))",
        "CREATE TABLE IF NOT EXISTS changegate_policy (version CHAR(64) PRIMARY KEY, body TEXT NOT NULL)",
    };

    private final Transactions database;
    private final PolicyTexts policies;
    private final RecordJson json = new RecordJson();

    /** Where a change is in its life, as the index has it. */
    private enum State {
        WAITING,
        DEPLOYING,
        DEPLOYED,
        CLOSED;

        static State of(ChangeRecord record) {
            if (record.decided().isEmpty()) {
                return WAITING;
            }
            if (record.isDeploying()) {
                return DEPLOYING;
            }
            return record.ended().filter(ended -> ended.outcome().isDeployed()).isPresent() ? DEPLOYED : CLOSED;
        }
    }

    /**
     * @param database where the records are kept; its tables are made if they are missing
     * @throws StoreException if the database cannot be used
     */
    public SqlChangeStore(DataSource database) throws StoreException {
        this.database = new Transactions(database);
        this.policies = new PolicyTexts(this.database);
        this.database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO changegate_ledger"
                    + " SELECT 1, 0, 0, ? WHERE NOT EXISTS (SELECT 1 FROM changegate_ledger)")) {
                insert.setString(1, GENESIS);
                insert.executeUpdate();
            }
            return null;
        });
    }

    @Override
    public ChangeRecord open(ChangeEvent.Opened opened) throws StoreException {
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            ChangeRecord record = new ChangeRecord(ledger.changes() + 1, List.of(opened));
            Target target = opened.judgement().target();
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO changegate_change (number, service, environment, head, state, settled)"
                            + " VALUES (?, ?, ?, ?, ?, 0)")) {
                insert.setLong(1, record.number());
                insert.setString(2, target.service());
                insert.setString(3, target.environment());
                insert.setString(4, opened.head());
                insert.setString(5, State.of(record).name());
                insert.executeUpdate();
            }
            add(connection, new Ledger(record.number(), ledger.events(), ledger.hash()), record);
            return record;
        });
    }

    @Override
    public Optional<ChangeRecord> append(ChangeRecord seen, ChangeEvent event) throws StoreException {
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            if (count(connection, seen.number()) != seen.version()) {
                return Optional.empty();
            }
            List<ChangeEvent> history = new ArrayList<>(seen.history());
            history.add(event);
            ChangeRecord record = new ChangeRecord(seen.number(), history);
            add(connection, ledger, record);
            return Optional.of(record);
        });
    }

    @Override
    public Optional<ChangeRecord> find(long number) throws StoreException {
        return query("WHERE number = ?", number).stream().findFirst();
    }

    @Override
    public Optional<ChangeRecord> lastDeployed(String service, String environment) throws StoreException {
        return query(
                        "WHERE number = (SELECT number FROM changegate_change WHERE service = ? AND environment = ?"
                                + " AND state = ? ORDER BY settled DESC FETCH FIRST 1 ROWS ONLY)",
                        service,
                        environment,
                        State.DEPLOYED.name())
                .stream()
                .findFirst();
    }

    @Override
    public List<ChangeRecord> deploying() throws StoreException {
        return in(State.DEPLOYING);
    }

    @Override
    public List<ChangeRecord> waiting() throws StoreException {
        return in(State.WAITING);
    }

    @Override
    public List<ChangeRecord> after(long number, String service, String environment) throws StoreException {
        return query(
                "WHERE number IN (SELECT number FROM changegate_change WHERE service = ? AND environment = ?"
                        + " AND number > ?)",
                service,
                environment,
                number);
    }

    @Override
    public List<Long> since(Instant since, Optional<String> service, Optional<String> environment)
            throws StoreException {
        return database.read(connection -> {
            List<Long> numbers = new ArrayList<>();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT number FROM changegate_change WHERE number >= ?"
                            + (service.isPresent() ? " AND service = ?" : "")
                            + (environment.isPresent() ? " AND environment = ?" : "") + " ORDER BY number DESC")) {
                int parameter = 1;
                select.setLong(parameter++, first(connection, since));
                if (service.isPresent()) {
                    select.setString(parameter++, service.get());
                }
                if (environment.isPresent()) {
                    select.setString(parameter, environment.get());
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        numbers.add(rows.getLong(1));
                    }
                }
            }
            return List.copyOf(numbers);
        });
    }

    /** Returns the first number that was opened then or later, by halving: there is no index over times. */
    private long first(Connection connection, Instant since) throws SQLException, StoreException {
        long low = 1;
        long high;
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT changes FROM changegate_ledger WHERE id = 1");
                ResultSet row = select.executeQuery()) {
            row.next();
            high = row.getLong(1) + 1;
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT body FROM changegate_event WHERE number = ? AND version = 1")) {
            while (low < high) {
                long middle = (low + high) / 2;
                select.setLong(1, middle);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new StoreException(ChangeRecord.id(middle) + " has lost its beginning.", null);
                    }
                    if (json.read(row.getString(1)).at().isBefore(since)) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
            }
        }
        return low;
    }

    @Override
    public List<ChangeEvent.Ended> lastOutcomes(String service, String environment, int most) throws StoreException {
        return database.read(connection -> {
            List<ChangeEvent.Ended> outcomes = new ArrayList<>();
            // The last event of each change; that of one that was not let through is no outcome.
            try (PreparedStatement select = connection.prepareStatement("SELECT e.body FROM changegate_change c"
                    + " JOIN changegate_event e ON e.sequence = c.settled"
                    + " WHERE c.service = ? AND c.environment = ? AND c.state IN (?, ?) ORDER BY c.settled DESC")) {
                select.setString(1, service);
                select.setString(2, environment);
                select.setString(3, State.DEPLOYED.name());
                select.setString(4, State.CLOSED.name());
                select.setFetchSize(most);
                try (ResultSet rows = select.executeQuery()) {
                    while (outcomes.size() < most && rows.next()) {
                        if (json.read(rows.getString(1)) instanceof ChangeEvent.Ended ended) {
                            outcomes.add(ended);
                        }
                    }
                }
            }
            return List.copyOf(outcomes);
        });
    }

    @Override
    public void keepPolicies(Collection<String> texts) throws StoreException {
        policies.keep(texts);
    }

    @Override
    public Optional<String> policyText(String version) throws StoreException {
        return policies.find(version);
    }

    private List<ChangeRecord> in(State state) throws StoreException {
        return query("WHERE number IN (SELECT number FROM changegate_change WHERE state = ?)", state.name());
    }

    @Override
    public Optional<String> verify() throws StoreException {
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            String hash = GENESIS;
            long sequence = 0;
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT sequence, number, version, body, previous, hash FROM changegate_event"
                                    + " ORDER BY sequence");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sequence++;
                    String expected = hash(hash, sequence, rows.getLong(2), rows.getInt(3), rows.getString(4));
                    if (rows.getLong(1) != sequence
                            || !rows.getString(5).equals(hash)
                            || !rows.getString(6).equals(expected)) {
                        return Optional.of("Event " + sequence + " of " + ChangeRecord.id(rows.getLong(2))
                                + " is not what was written.");
                    }
                    hash = expected;
                }
            }
            return sequence == ledger.events() && hash.equals(ledger.hash())
                    ? Optional.<String>empty()
                    : Optional.of("There are " + sequence + " events, but " + ledger.events() + " were written.");
        });
    }

    private void add(Connection connection, Ledger ledger, ChangeRecord record) throws SQLException {
        long sequence = ledger.events() + 1;
        int version = record.version();
        String body = json.write(record.history().get(version - 1));
        String hash = hash(ledger.hash(), sequence, record.number(), version, body);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO changegate_event (sequence, number, version, body, previous, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, sequence);
            insert.setLong(2, record.number());
            insert.setInt(3, version);
            insert.setString(4, body);
            insert.setString(5, ledger.hash());
            insert.setString(6, hash);
            insert.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE changegate_ledger SET changes = ?, events = ?, hash = ?")) {
            update.setLong(1, ledger.changes());
            update.setLong(2, sequence);
            update.setString(3, hash);
            update.executeUpdate();
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE changegate_change SET state = ?, settled = ? WHERE number = ?")) {
            update.setString(1, State.of(record).name());
            update.setLong(2, sequence);
            update.setLong(3, record.number());
            update.executeUpdate();
        }
    }

    private static String hash(String previous, long sequence, long number, int version, String body) {
        return Hashes.sha256(
                List.of(previous, Long.toString(sequence), Long.toString(number), Integer.toString(version), body));
    }

    private static int count(Connection connection, long number) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT COUNT(*) FROM changegate_event WHERE number = ?")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private List<ChangeRecord> query(String where, Object... parameters) throws StoreException {
        return database.read(connection -> {
            Map<Long, List<ChangeEvent>> histories = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT number, body FROM changegate_event " + where + " ORDER BY number, version")) {
                for (int i = 0; i < parameters.length; i++) {
                    select.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        histories
                                .computeIfAbsent(rows.getLong(1), n -> new ArrayList<>())
                                .add(json.read(rows.getString(2)));
                    }
                }
            }
            List<ChangeRecord> records = new ArrayList<>();
            for (Map.Entry<Long, List<ChangeEvent>> entry : histories.entrySet()) {
                if (!(entry.getValue().get(0) instanceof ChangeEvent.Opened)) {
                    throw new StoreException(ChangeRecord.id(entry.getKey()) + " has lost its beginning.", null);
                }
                records.add(new ChangeRecord(entry.getKey(), entry.getValue()));
            }
            return records;
        });
    }
}
