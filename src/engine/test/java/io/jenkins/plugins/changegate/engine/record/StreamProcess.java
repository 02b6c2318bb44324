package io.jenkins.plugins.changegate.engine.record;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A controller by itself that streams decisions into a store until it is killed: opens changes, has them approved,
 * decided and ended, on several threads, and prints a line for each event after the store has acknowledged it. The
 * address of the database is in its environment.
 */
final class StreamProcess {

    static final int THREADS = 4;

    private StreamProcess() {}

    /**
     * @param arguments a word that is in all that this process writes
     */
    public static void main(String[] arguments) throws Exception {
        String url = System.getenv(ControllerProcess.DATABASE);
        SqlChangeStore store = isServer(url)
                ? new SqlChangeStore(database(url), "one")
                : new SqlChangeStore(database(url), DiskRoom.of(Path.of(url).getParent()));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        AtomicLong next = new AtomicLong();
        out.println("ready");
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> stream(store, out, arguments[0], next));
            thread.start();
        }
    }

    /** A file as Jenkins opens it, or a server. */
    static DataSource database(String url) {
        if (!isServer(url)) {
            JdbcConnectionPool pool = JdbcConnectionPool.create(Databases.Source.h2(
                    "file:" + url + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000"));
            pool.setMaxConnections(THREADS);
            return pool;
        }
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(THREADS);
        return pool;
    }

    private static boolean isServer(String url) {
        return url.startsWith("jdbc:");
    }

    private static void stream(SqlChangeStore store, PrintStream out, String word, AtomicLong next) {
        try {
            while (true) {
                String token = word + "-" + next.incrementAndGet();
                ChangeRecord record = store.open(Events.opened("shop", token));
                acknowledged(out, record, token);
                record = store.append(record, Events.approved(token)).orElseThrow();
                acknowledged(out, record, token);
                record = store.append(record, Events.decided(Decision.APPROVED)).orElseThrow();
                acknowledged(out, record, token);
                record = store.append(record, Events.ended(Outcome.SUCCESSFUL)).orElseThrow();
                acknowledged(out, record, token);
            }
        } catch (StoreException e) {
            out.println("failed: " + e.getMessage().lines().findFirst().orElse("")
                    + (e.isStoreAway() ? " (away)" : " (lasting)"));
        }
    }

    private static void acknowledged(PrintStream out, ChangeRecord record, String token) {
        // The end of the line says that it is whole.
        out.println(record.number() + " " + record.version() + " " + token + ";");
    }

    /** Returns what a printed line says was recorded. */
    static ChangeEvent event(int version, String token) {
        return switch (version) {
            case 1 -> Events.opened("shop", token);
            case 2 -> Events.approved(token);
            case 3 -> Events.decided(Decision.APPROVED);
            default -> Events.ended(Outcome.SUCCESSFUL);
        };
    }
}
