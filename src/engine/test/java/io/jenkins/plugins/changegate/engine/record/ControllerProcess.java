package io.jenkins.plugins.changegate.engine.record;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A controller by itself: opens changes as fast as it can, on several threads, and prints the number of each. Begins
 * when it is told to, by anything on its standard input. The address of the database is in its environment.
 */
final class ControllerProcess {

    static final String DATABASE = "CHANGEGATE_TEST_DATABASE";
    private static final int THREADS = 4;

    private ControllerProcess() {}

    /**
     * @param arguments the controller's id, and how many changes it opens
     */
    public static void main(String[] arguments) throws Exception {
        String controller = arguments[0];
        int changes = Integer.parseInt(arguments[1]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(System.getenv(DATABASE));
            pool.setMaximumPoolSize(THREADS);
            SqlChangeStore store = new SqlChangeStore(pool, controller);
            System.out.println("ready");
            System.in.read();
            List<Future<Long>> numbers = new ArrayList<>();
            for (int i = 0; i < changes; i++) {
                numbers.add(threads.submit(() ->
                        store.open(Events.opened("shop", controller, "text")).number()));
            }
            for (Future<Long> number : numbers) {
                System.out.println(number.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
