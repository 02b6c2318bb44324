package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads at once: each settlement is one compare-and-set. */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class SqlChangeStoreConcurrencyTest {

    private static final int ROUNDS = 200;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @Parameter
    private Databases.Kind kind;

    private SqlChangeStore store;
    private SqlChangeStore other;

    /** The other one stands for a second controller, in a process of its own in all but the process. */
    @BeforeEach
    void open(Databases.Source databases) throws Exception {
        DataSource database = databases.empty(kind);
        store = new SqlChangeStore(database, "one");
        other = new SqlChangeStore(database, "other");
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
                    () -> other.append(seen, Events.decided(Decision.REJECTED)));
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
            both(
                            () -> store.open(Events.opened("shop", "production")),
                            () -> other.open(Events.opened("shop", "production")))
                    .forEach(record -> numbers.add(record.number()));
        }
        assertThat(numbers).doesNotHaveDuplicates().hasSize(ROUNDS).allMatch(n -> n >= 1 && n <= ROUNDS);
        assertThat(store.verify()).isEmpty();
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
