package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads at once: each settlement is one compare-and-set. */
class SqlChangeStoreConcurrencyTest {

    private static final int ROUNDS = 200;
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private SqlChangeStore store;

    @BeforeEach
    void open() throws StoreException {
        store = new SqlChangeStore(SqlChangeStoreTest.memory());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void ofTwoThatSettleAtOnceExactlyOneWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ChangeRecord seen = store.open(Events.opened("shop", "production"));
            List<Optional<ChangeRecord>> results = both(
                    () -> store.append(seen, Events.decided(Decision.APPROVED)),
                    () -> store.append(seen, Events.decided(Decision.REJECTED)));
            assertThat(results).filteredOn(Optional::isPresent).hasSize(1);
            ChangeRecord winner =
                    results.stream().flatMap(Optional::stream).findFirst().orElseThrow();
            assertThat(store.find(seen.number())).contains(winner);
            assertThat(winner.history()).hasSize(2);
        }
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void ofTwoThatOpenAtOnceEachGetsItsOwnNumber() throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (int round = 0; round < ROUNDS / 2; round++) {
            Callable<ChangeRecord> open = () -> store.open(Events.opened("shop", "production"));
            both(open, open).forEach(record -> numbers.add(record.number()));
        }
        assertThat(numbers).doesNotHaveDuplicates().hasSize(ROUNDS).allMatch(n -> n >= 1 && n <= ROUNDS);
        assertThat(store.verify()).isEmpty();
    }

    /** What a killed process leaves is what is in the file at that moment: a copy of it stands for that. */
    @Test
    void whatWasAcknowledgedIsInTheFileAlsoOfASlowDisk(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("changes.mv.db");
        FilePath.register(new SlowFiles());
        SqlChangeStore kept = onDisk("slow:" + directory.resolve("changes"));
        for (int round = 1; round <= ROUNDS / 10; round++) {
            Callable<ChangeRecord> open = () -> kept.open(Events.opened("shop", "production"));
            List<ChangeRecord> acknowledged = atOnce(Collections.nCopies(THREADS, open));
            Path copy = directory.resolve("copy-" + round);
            Files.copy(file, directory.resolve("copy-" + round + ".mv.db"));
            SqlChangeStore left = onDisk("file:" + copy);
            for (ChangeRecord record : acknowledged) {
                assertThat(left.find(record.number()))
                        .as("%s in round %d", record.id(), round)
                        .contains(record);
            }
        }
    }

    private static SqlChangeStore onDisk(String file) throws StoreException {
        return new SqlChangeStore(SqlChangeStoreTest.database(file + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1"));
    }

    private <T> List<T> both(Callable<T> one, Callable<T> two) throws Exception {
        return atOnce(List.of(one, two));
    }

    private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> task : tasks) {
            futures.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
