package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a file. */
class H2ChangeStoreTest {

    private static final int ROUNDS = 20;
    private static final int THREADS = 4;

    @TempDir
    private Path directory;

    @Test
    void fileIsContinuedWhenItIsOpenedAgain() throws Exception {
        DataSource database = Databases.Source.h2("file:" + directory.resolve("changes"));
        SqlChangeStore first = new SqlChangeStore(database);
        first.open(Events.opened("shop", "production"));
        ChangeRecord written = first.open(Events.opened("shop", "production"));
        SqlChangeStore second = new SqlChangeStore(database);
        assertThat(second.find(2)).contains(written);
        assertThat(second.append(written, Events.approved("ada"))).isPresent();
        assertThat(second.open(Events.opened("shop", "production")).number()).isEqualTo(3);
        assertThat(second.verify()).isEmpty();
        assertThat(directory.resolve("changes.mv.db")).exists();
    }

    @Test
    void databaseThatCannotBeUsedIsSaidSo() {
        DataSource nowhere = Databases.Source.h2("file:/dev/null/nowhere;IFEXISTS=TRUE");
        assertThatThrownBy(() -> new SqlChangeStore(nowhere))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be used");
    }

    @Test
    void connectionsThatOutlivedTheirDatabaseAreNoHarm() throws Exception {
        JdbcConnectionPool pool =
                JdbcConnectionPool.create(Databases.Source.h2("file:" + directory.resolve("changes")));
        SqlChangeStore store = new SqlChangeStore(pool);
        List<ChangeRecord> records = openAtOnce(store);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        for (ChangeRecord record : records) {
            assertThat(store.find(record.number())).contains(record);
        }
        pool.dispose();
    }

    /** What a killed process leaves is what is in the file at that moment: a copy of it stands for that. */
    @Test
    void whatWasAcknowledgedIsInTheFileAlsoOfASlowDisk() throws Exception {
        Path file = directory.resolve("changes.mv.db");
        FilePath.register(new SlowFiles());
        SqlChangeStore kept = onDisk("slow:" + directory.resolve("changes"));
        for (int round = 1; round <= ROUNDS; round++) {
            List<ChangeRecord> acknowledged = openAtOnce(kept);
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
        return new SqlChangeStore(
                JdbcConnectionPool.create(Databases.Source.h2(file + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1")));
    }

    private static List<ChangeRecord> openAtOnce(SqlChangeStore store) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<ChangeRecord>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return store.open(Events.opened("shop", "production"));
                }));
            }
            List<ChangeRecord> records = new ArrayList<>();
            for (Future<ChangeRecord> future : futures) {
                records.add(future.get());
            }
            return records;
        } finally {
            threads.shutdownNow();
        }
    }
}
