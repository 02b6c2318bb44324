package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What only a server can show: several processes, and one that goes away. */
@ExtendWith(Databases.class)
class PostgresChangeStoreTest {

    /** In all; {@code -Dchangegate.numbering.changes} makes it more. */
    private static final int CHANGES = Integer.getInteger("changegate.numbering.changes", 400);

    /** How often the server goes away under load; {@code -Dchangegate.outages} makes it more. */
    private static final int OUTAGES = Integer.getInteger("changegate.outages", 2);

    private static final int WRITERS = 4;

    @Test
    void twoProcessesNumberTheirChangesWithoutGapOrDouble(Databases.Source databases) throws Exception {
        String url = databases.schema();
        Process one = controller(url, "one");
        Process other = controller(url, "other");
        try (BufferedReader ones = one.inputReader(StandardCharsets.UTF_8);
                BufferedReader others = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(ones.readLine()).isEqualTo("ready");
            assertThat(others.readLine()).isEqualTo("ready");
            long began = System.nanoTime();
            begin(one);
            begin(other);
            List<Long> first = numbers(ones);
            List<Long> second = numbers(others);
            System.out.printf(
                    "%d changes of two processes in %d ms%n", CHANGES, (System.nanoTime() - began) / 1_000_000);
            assertThat(first).hasSize(CHANGES / 2);
            assertThat(second).hasSize(CHANGES / 2);
            List<Long> all = new ArrayList<>(first);
            all.addAll(second);
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, CHANGES).boxed().toList());
            SqlChangeStore store = new SqlChangeStore(databases.pool(url, 2), "third");
            assertThat(store.verify()).isEmpty();
            for (ChangeSummary line : store.page(ChangeFilter.ALL.controller("one"), Long.MAX_VALUE, CHANGES)) {
                assertThat(first).contains(line.number());
                assertThat(line.environment()).isEqualTo("one");
            }
        } finally {
            one.destroyForcibly();
            other.destroyForcibly();
        }
    }

    /** A database that is set to find conflicts instead of waiting rolls back what comes second. */
    @Test
    void whatTheDatabaseRollsBackForAnotherControllerIsDoneAgain(Databases.Source databases) throws Exception {
        String url = databases.schema() + "&options=-c%20default_transaction_isolation=serializable";
        SqlChangeStore one = new SqlChangeStore(databases.pool(url, 2), "one");
        SqlChangeStore other = new SqlChangeStore(databases.pool(url, 2), "other");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> numbers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                SqlChangeStore store = i % 2 == 0 ? one : other;
                numbers.add(threads.submit(
                        () -> store.open(Events.opened("shop", "production")).number()));
            }
            List<Long> all = new ArrayList<>();
            for (Future<Long> number : numbers) {
                all.add(number.get());
            }
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(one.verify()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aServerThatIsGoneIsSaidSoAndWhatItAcknowledgedIsThereWhenItIsBack() throws Exception {
        Path binaries = Databases.binaries();
        try (PostgresServer server = PostgresServer.start(binaries)) {
            // Without a pool, which looks for a server that was gone in longer and longer intervals.
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setURL(server.url());
            SqlChangeStore store = new SqlChangeStore(database, "one");
            ChangeRecord record = store.open(Events.opened("shop", "production"));
            server.kill();
            assertThatThrownBy(() -> store.append(record, Events.approved("ada")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be used");
            assertThatThrownBy(() -> store.find(1)).isInstanceOf(StoreException.class);
            server.begin();
            assertThat(store.find(1)).contains(record);
            assertThat(store.append(record, Events.approved("ada"))).isPresent();
            assertThat(store.verify()).isEmpty();
        }
    }

    /** The server is stopped as by pulling its plug, again and again, while decisions are streamed into it. */
    @Test
    void aServerThatGoesAwayUnderLoadLosesNothingThatItAcknowledged() throws Exception {
        Path binaries = Databases.binaries();
        try (PostgresServer server = PostgresServer.start(binaries);
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(server.url());
            pool.setMaximumPoolSize(WRITERS);
            pool.setConnectionTimeout(1_000);
            SqlChangeStore store = new SqlChangeStore(pool, "one");
            Map<Long, ChangeRecord> acknowledged = new ConcurrentHashMap<>();
            AtomicLong refused = new AtomicLong();
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            try {
                for (int i = 0; i < WRITERS; i++) {
                    threads.submit(() -> stream(store, acknowledged, refused, done));
                }
                for (int outage = 1; outage <= OUTAGES; outage++) {
                    await(acknowledged, acknowledged.size() + 20);
                    server.kill();
                    long before = refused.get();
                    while (refused.get() == before) {
                        Thread.sleep(10);
                    }
                    server.begin();
                }
                await(acknowledged, acknowledged.size() + 20);
                done.set(true);
            } finally {
                threads.shutdown();
            }
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            for (ChangeRecord record : acknowledged.values()) {
                assertThat(store.find(record.number()).orElseThrow().history())
                        .startsWith(record.history().toArray(new ChangeEvent[0]));
            }
            assertThat(store.verify()).isEmpty();
            System.out.printf(
                    "%d outages under load: %d changes acknowledged and all there, %d times refused%n",
                    OUTAGES, acknowledged.size(), refused.get());
        }
    }

    private static void stream(
            SqlChangeStore store, Map<Long, ChangeRecord> acknowledged, AtomicLong refused, AtomicBoolean done) {
        while (!done.get()) {
            try {
                ChangeRecord record = store.open(Events.opened("shop", "production"));
                acknowledged.put(record.number(), record);
                record = store.append(record, Events.decided(Decision.PASSED)).orElseThrow();
                acknowledged.put(record.number(), record);
            } catch (StoreException e) {
                assertThat(e.isStoreAway()).as(e.getMessage()).isTrue();
                refused.incrementAndGet();
            }
        }
    }

    private static void await(Map<Long, ChangeRecord> acknowledged, int wanted) throws InterruptedException {
        while (acknowledged.size() < wanted) {
            Thread.sleep(10);
        }
    }

    private static Process controller(String url, String id) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ControllerProcess.class.getName(),
                        id,
                        Integer.toString(CHANGES / 2))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(ControllerProcess.DATABASE, url);
        return builder.start();
    }

    private static void begin(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static List<Long> numbers(BufferedReader printed) {
        return printed.lines().map(Long::valueOf).toList();
    }
}
