package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.measure.FactTable;
import io.jenkins.plugins.changegate.engine.measure.Question;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A ledger of very many changes: how long its pages take, and how fast it grows beside the plain commits of the same
 * database. Not part of the test suite; run by its name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerBenchmark {

    private static final long CHANGES = Long.getLong("changegate.bench.changes", 1_000_000);
    private static final long SEED = Long.getLong("changegate.bench.seed", 20_261_123);
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 21;
    private static final int PAGE = 50;

    /** H2's own, in milliseconds. */
    private static final int USUAL_RETENTION = 45_000;

    private static final int LOOKED_THROUGH = Integer.getInteger("changegate.bench.searched", 200_000);

    @FunctionalInterface
    private interface Asking {
        int ask() throws StoreException;
    }

    @Test
    void h2() throws Exception {
        Path directory = Path.of(System.getProperty("changegate.bench.h2", "/tmp"));
        Path folder = Files.createTempDirectory(directory, "changegate-ledger");
        String url = "file:" + folder.resolve("records") + ";DB_CLOSE_DELAY=-1";
        DataSource filling = Databases.Source.h2(url + ";CACHE_SIZE=150000;RETENTION_TIME=0");
        fill("H2", filling);
        try (Connection connection = filling.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        System.out.printf("H2 file: %,d MiB%n", Files.size(folder.resolve("records.mv.db")) >> 20);
        // As in Jenkins. What the filling has set stays set in the file: H2 would look for room at each commit.
        JdbcConnectionPool pool = JdbcConnectionPool.create(Databases.Source.h2(
                url + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;RETENTION_TIME=" + USUAL_RETENTION));
        pool.setMaxConnections(16);
        measure("H2", pool);
    }

    @Test
    void postgresql() throws Exception {
        try (PostgresServer server = PostgresServer.start(Databases.binaries());
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(server.url() + "&reWriteBatchedInserts=true");
            fill("PostgreSQL", pool);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
            measure("PostgreSQL", pool);
        }
    }

    private static void fill(String name, DataSource database) throws Exception {
        new SqlChangeStore(database, "controller-0");
        long began = System.nanoTime();
        BulkLedger bulk = new BulkLedger();
        bulk.fill(database, new LedgerGenerator(SEED, CHANGES), CHANGES);
        System.out.printf(
                "%s: %,d changes, %,d events, %,d MiB of text, filled in %d s%n",
                name, CHANGES, bulk.events(), bulk.characters() >> 20, (System.nanoTime() - began) / 1_000_000_000);
    }

    private static void measure(String name, DataSource database) throws Exception {
        long began = System.nanoTime();
        SqlChangeStore store = new SqlChangeStore(database, "controller-0");
        System.out.printf("%s: opened in %d ms, heap %,d KiB%n", name, millis(began), heap());
        ChangeSummary last = store.page(ChangeFilter.ALL, Long.MAX_VALUE, 1).get(0);
        assertThat(last).isEqualTo(ChangeSummary.of(store.find(CHANGES).orElseThrow(), last.controller()));
        ChangeFilter often = ChangeFilter.ALL.service(LedgerGenerator.OFTEN);
        page(name, "first page", store, ChangeFilter.ALL, Long.MAX_VALUE);
        page(name, "page in the middle", store, ChangeFilter.ALL, CHANGES / 2);
        page(name, "most frequent service", store, often, Long.MAX_VALUE);
        page(name, "its production", store, often.environment("production"), Long.MAX_VALUE);
        page(name, "its overridden ones", store, often.decision(Decision.OVERRIDDEN), Long.MAX_VALUE);
        page(name, "rarest service", store, ChangeFilter.ALL.service(LedgerGenerator.SELDOM), Long.MAX_VALUE);
        page(name, "a service that there is not", store, ChangeFilter.ALL.service("none"), Long.MAX_VALUE);
        page(name, "production", store, ChangeFilter.ALL.environment("production"), Long.MAX_VALUE);
        ChangeFilter failed = ChangeFilter.ALL.outcome(Outcome.UNSUCCESSFUL);
        page(name, "failed in production", store, failed.environment("production"), Long.MAX_VALUE);
        page(name, "rejected", store, ChangeFilter.ALL.decision(Decision.REJECTED), Long.MAX_VALUE);
        ChangeFilter model = ChangeFilter.ALL.model("schema");
        page(name, "a model, failed", store, model.outcome(Outcome.UNSUCCESSFUL), Long.MAX_VALUE);
        page(name, "of one controller", store, ChangeFilter.ALL.controller("controller-1"), Long.MAX_VALUE);
        ChangeFilter year = ChangeFilter.ALL.since(Instant.parse("2025-01-01T00:00:00Z"));
        ChangeFilter several = year.environment("production").level(RiskLevel.HIGH);
        page(name, "of high risk, in production, since 2025", store, several, Long.MAX_VALUE);
        page(name, "rejected since 2025", store, year.decision(Decision.REJECTED), Long.MAX_VALUE);
        for (int batch : List.of(500, 2_000)) {
            ask(name, "looked through for a text, " + batch + " at once", () -> lookThrough(store, batch));
        }
        ask(
                name,
                "last deployed",
                () -> store.lastDeployed(LedgerGenerator.OFTEN, "production").isPresent() ? 1 : 0);
        ask(
                name,
                "last 20 outcomes",
                () -> store.lastOutcomes(LedgerGenerator.OFTEN, "production", 20)
                        .size());
        FileChange none = new FileChange("none", null, FileChange.Status.ADDED, 1, 0, false, false, false, false);
        Delta delta = new Delta("b", "h", List.of(none), new Totals(1, 0, 0, 1, 0), List.of(), List.of());
        ask(
                name,
                "looked for a file among what failed last",
                () -> store.failedFiles(LedgerGenerator.OFTEN, "production", delta)
                        .map(FailedFiles::files)
                        .orElse(0));
        ask(name, "waiting", () -> store.waiting().size());
        Random random = new Random(SEED);
        ask(
                name,
                "any record",
                () -> store.find(1 + random.nextInt((int) CHANGES))
                        .orElseThrow()
                        .version());
        measures(name, store);
        for (int threads : List.of(1, 8)) {
            new AppendRate(database, store, threads).print(name, new LedgerGenerator(SEED + threads, CHANGES));
        }
        System.out.printf("%s: heap %,d KiB%n", name, heap());
        began = System.nanoTime();
        assertThat(store.verify()).isEmpty();
        System.out.printf("%s: verified in %d s, heap after %,d KiB%n", name, millis(began) / 1_000, heap());
    }

    private static void measures(String name, SqlChangeStore store) throws StoreException {
        long before = heap();
        long began = System.nanoTime();
        FactTable table = new FactTable();
        AtomicLong seen = new AtomicLong(store.facts(0, table::add));
        System.out.printf("%s: facts read in %d ms, heap %,d KiB more%n", name, millis(began), heap() - before);
        Instant first = Instant.parse("2015-01-01T00:00:00Z");
        Instant last = Instant.parse("2026-01-01T00:00:00Z");
        ask(name, "measures of all time", () -> measures(store, seen, table, target -> true, first, last));
        Instant quarter = Instant.parse("2025-10-01T00:00:00Z");
        ask(name, "of the last quarter", () -> measures(store, seen, table, target -> true, quarter, last));
        ask(
                name,
                "of the most frequent service",
                () -> measures(
                        store, seen, table, target -> target.service().equals(LedgerGenerator.OFTEN), first, last));
    }

    /** As a page does it: first what is new, then all of it. */
    private static int measures(
            SqlChangeStore store, AtomicLong seen, FactTable table, Predicate<Target> targets, Instant from, Instant to)
            throws StoreException {
        seen.set(store.facts(seen.get(), table::add));
        return (int) table.measure(new Question(
                        targets, product -> true, (controller, job) -> true, false, from, to, ZoneOffset.UTC, ""))
                .gate()
                .decided();
    }

    /** As the list does it for a text that is nowhere, which no index helps to find: among two blocks of numbers. */
    private static int lookThrough(SqlChangeStore store, int batch) throws StoreException {
        int looked = 0;
        long before = Long.MAX_VALUE;
        List<ChangeSummary> page;
        do {
            page = store.page(ChangeFilter.ALL, before, batch);
            for (ChangeSummary change : page) {
                if (change.service().contains("none")) {
                    throw new AssertionError(change);
                }
                before = change.number();
            }
            looked += page.size();
        } while (page.size() == batch && looked < LOOKED_THROUGH);
        return looked;
    }

    private static void page(String name, String what, SqlChangeStore store, ChangeFilter filter, long before)
            throws StoreException {
        ask(name, what, () -> store.page(filter, before, PAGE).size());
    }

    private static void ask(String name, String what, Asking question) throws StoreException {
        long first = System.nanoTime();
        int found = question.ask();
        double cold = (System.nanoTime() - first) / 1e6;
        for (int i = 0; i < WARM_UP; i++) {
            question.ask();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            question.ask();
            times[i] = (System.nanoTime() - began) / 1e6;
        }
        long allocated = (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        Arrays.sort(times);
        System.out.printf(
                "| %s | %s | %d | %.1f | %.1f | %.1f | %,d |%n",
                name, what, found, cold, times[ROUNDS / 2], times[ROUNDS - 1], allocated >> 10);
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }
}
