package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Controllers that are started at the same moment make the tables of an empty database together. */
@ExtendWith(Databases.class)
class SchemaTogetherTest {

    private static final int CONTROLLERS = 4;

    /** {@code -Dchangegate.schema.rounds} makes it more. */
    private static final int ROUNDS = Integer.getInteger("changegate.schema.rounds", 10);

    @Test
    void controllersThatComeAtOnceAllFindTheirTables(Databases.Source databases) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONTROLLERS);
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                String url = databases.schema();
                CyclicBarrier start = new CyclicBarrier(CONTROLLERS);
                List<Future<Long>> numbers = new ArrayList<>();
                for (int i = 0; i < CONTROLLERS; i++) {
                    String controller = "controller" + i;
                    numbers.add(threads.submit(() -> {
                        start.await();
                        try (HikariDataSource pool = new HikariDataSource()) {
                            pool.setJdbcUrl(url);
                            pool.setMaximumPoolSize(2);
                            SqlChangeStore store = new SqlChangeStore(pool, controller);
                            return store.open(Events.opened("shop", "production"))
                                    .number();
                        }
                    }));
                }
                List<Long> all = new ArrayList<>();
                for (Future<Long> number : numbers) {
                    all.add(number.get());
                }
                assertThat(all).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
