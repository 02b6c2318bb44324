package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that streams decisions into a store is killed (SIGKILL), again and again: whatever it was told is stored is
 * stored. All rounds go on with one ledger.
 */
@ParameterizedClass
@EnumSource(Databases.Kind.class)
@ExtendWith(Databases.class)
class KilledProcessTest {

    private static final int ROUNDS = Integer.getInteger("changegate.kill.rounds", 3);

    /** So many acknowledged events are waited for at most before the process is killed. */
    private static final int MOST_EVENTS = 60;

    @TempDir
    private Path directory;

    @Parameter
    private Databases.Kind kind;

    private long acknowledgedInAll;

    @Test
    void everyAcknowledgedEventIsThereTheChainIsWholeAndNoNumberIsMissing(Databases.Source databases) throws Exception {
        String url = kind == Databases.Kind.H2 ? directory.resolve("records").toString() : databases.schema();
        long seed = Long.getLong("changegate.kill.seed", System.nanoTime());
        System.out.println("-Dchangegate.kill.seed=" + seed);
        Random random = new Random(seed);
        long events = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            List<String> acknowledged = killed(url, "r" + round, random);
            events = check(url, acknowledged, "round " + round);
            acknowledgedInAll += acknowledged.size();
        }
        assertThat(acknowledgedInAll).isPositive();
        System.out.printf(
                "%s: %d kills, %d events acknowledged and all there, %d more that were stored without it being said%n",
                kind, ROUNDS, acknowledgedInAll, events - acknowledgedInAll);
    }

    private static List<String> killed(String url, String word, Random random) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        word)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(ControllerProcess.DATABASE, url);
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(printed.readLine()).isEqualTo("ready");
            for (int wanted = random.nextInt(MOST_EVENTS); lines.size() < wanted; ) {
                lines.add(line(printed).orElseThrow());
            }
            Thread.sleep(random.nextInt(10));
            // Not by Process, which would close what is to be read from it.
            process.toHandle().destroyForcibly();
            // What it had printed when it died is acknowledged too; the last line may be cut off.
            for (Optional<String> rest = line(printed); rest.isPresent(); rest = line(printed)) {
                lines.add(rest.get());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return lines.stream().filter(line -> line.matches("\\d+ \\d \\S+;")).toList();
    }

    private static Optional<String> line(BufferedReader printed) throws IOException {
        return Optional.ofNullable(printed.readLine());
    }

    /**
     * Looks whether all that was acknowledged is stored, and the chain whole.
     *
     * @return how many events there are
     */
    static int check(String url, List<String> acknowledged, String when) throws Exception {
        DataSource database = StreamProcess.database(url);
        try {
            SqlChangeStore store = new SqlChangeStore(database, "one");
            for (String line : acknowledged) {
                String[] parts = line.substring(0, line.length() - 1).split(" ");
                int version = Integer.parseInt(parts[1]);
                assertThat(store.find(Long.parseLong(parts[0])).map(ChangeRecord::history))
                        .as("'%s' in %s", line, when)
                        .hasValueSatisfying(history -> assertThat(history)
                                .hasSizeGreaterThanOrEqualTo(version)
                                .element(version - 1)
                                .isEqualTo(StreamProcess.event(version, parts[2])));
            }
            assertThat(store.verify()).as(when).isEmpty();
            List<Long> numbers = store.since(Instant.EPOCH, Optional.empty(), Optional.empty());
            assertThat(numbers.stream().sorted().toList())
                    .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
            return new StoredEvents(database).read().size();
        } finally {
            close(database);
        }
    }

    private static void close(DataSource database) throws Exception {
        if (database instanceof JdbcConnectionPool pool) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
            pool.dispose();
        } else {
            ((HikariDataSource) database).close();
        }
    }
}
