package io.jenkins.plugins.changegate.engine.record;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * How fast a ledger grows beside plain commits of the same database: one row with the same text into a table without
 * anything else, on the same connections, by as many threads, in turn.
 */
final class AppendRate {

    private static final int ROUNDS = 7;
    private static final int COMMITS = 800;

    private final DataSource database;
    private final SqlChangeStore store;
    private final int threads;
    private final AtomicLong rows = new AtomicLong();

    /**
     * @param threads how many append at once
     */
    AppendRate(DataSource database, SqlChangeStore store, int threads) {
        this.database = database;
        this.store = store;
        this.threads = threads;
    }

    /** Measures after a round to warm up, and prints the medians. */
    void print(String name, LedgerGenerator generator) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(true);
            statement.execute("DROP TABLE IF EXISTS raw_event");
            statement.execute("CREATE TABLE raw_event (id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
        }
        double[] plain = new double[ROUNDS];
        double[] own = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        double[] processors = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            List<List<List<ChangeEvent>>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(changes(generator, COMMITS / threads));
            }
            double raw = rate(work.stream().map(this::plain).toList(), work);
            long before = processor();
            double chained = rate(work.stream().map(this::appending).toList(), work);
            if (round >= 0) {
                plain[round] = raw;
                own[round] = chained;
                ratios[round] = chained / raw;
                processors[round] = (processor() - before) / 1e6 / events(work).size();
            }
        }
        System.out.printf(
                "%s, %d threads: plain commits %.0f/s, events %.0f/s (%.2f ms of the process), ratio %.2f (%.2f to %.2f)%n",
                name,
                threads,
                median(plain),
                median(own),
                median(processors),
                median(ratios),
                ratios[0],
                ratios[ROUNDS - 1]);
    }

    private static List<List<ChangeEvent>> changes(LedgerGenerator generator, int events) {
        List<List<ChangeEvent>> changes = new ArrayList<>();
        for (int made = 0;
                made < events;
                made += changes.get(changes.size() - 1).size()) {
            changes.add(generator.next(1));
        }
        return changes;
    }

    private static List<ChangeEvent> events(List<List<List<ChangeEvent>>> work) {
        return work.stream().flatMap(List::stream).flatMap(List::stream).toList();
    }

    private double rate(List<Callable<Void>> tasks, List<List<List<ChangeEvent>>> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long began = System.nanoTime();
            for (Future<Void> each : executor.invokeAll(tasks)) {
                each.get();
            }
            return events(work).size() / ((System.nanoTime() - began) / 1e9);
        } finally {
            executor.shutdown();
        }
    }

    private Callable<Void> appending(List<List<ChangeEvent>> changes) {
        return () -> {
            for (List<ChangeEvent> history : changes) {
                ChangeRecord record = store.open((ChangeEvent.Opened) history.get(0));
                for (ChangeEvent event : history.subList(1, history.size())) {
                    record = store.append(record, event).orElseThrow();
                }
            }
            return null;
        };
    }

    private Callable<Void> plain(List<List<ChangeEvent>> changes) {
        RecordJson json = new RecordJson();
        List<String> bodies =
                changes.stream().flatMap(List::stream).map(json::write).toList();
        return () -> {
            for (String body : bodies) {
                insert(body);
            }
            return null;
        };
    }

    private void insert(String body) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO raw_event (id, body) VALUES (?, ?)")) {
                insert.setLong(1, rows.incrementAndGet());
                insert.setString(2, body);
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
