package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private final DataSource memory = Databases.Source.memory();
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch going = new CountDownLatch(1);
    private volatile boolean answersAreLost;
    private Transactions transactions;

    @BeforeEach
    void makeATable() throws Exception {
        try (Connection connection = memory.getConnection()) {
            Statements.update(connection, "CREATE TABLE word (text VARCHAR(100) PRIMARY KEY)");
        }
        transactions = new Transactions(watched(), DiskRoom.ANY);
    }

    @AfterEach
    void letAllThreadsEnd() throws Exception {
        going.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whatWaitsIsWrittenInOneTransaction() throws Exception {
        FutureTask<Integer> first = writesAndStays("first");
        List<FutureTask<Integer>> others = List.of(writes("a"), writes("b"), writes("c"), writes("d"));
        waitFor(others);

        going.countDown();

        assertThat(first.get()).isEqualTo(1);
        for (FutureTask<Integer> each : others) {
            assertThat(each.get()).isEqualTo(1);
        }
        assertThat(words()).containsExactly("a", "b", "c", "d", "first");
        assertThat(commits).hasValue(2);
    }

    @Test
    void whatCannotBeWrittenTakesNothingElseWithIt() throws Exception {
        FutureTask<Integer> first = writesAndStays("first");
        FutureTask<Integer> before = writes("before");
        FutureTask<Integer> refused = begin(() -> transactions.write(connection -> {
            insert(connection, "refused");
            throw new StoreException("It does not fit.", null);
        }));
        FutureTask<Integer> twice = writes("first");
        FutureTask<Integer> after = writes("after");
        waitFor(List.of(before, refused, twice, after));

        going.countDown();

        assertThat(first.get()).isEqualTo(1);
        assertThat(before.get()).isEqualTo(1);
        assertThat(after.get()).isEqualTo(1);
        assertThatThrownBy(refused::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessage("It does not fit.");
        assertThatThrownBy(twice::get)
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.isStoreAway()).isFalse());
        assertThat(words()).containsExactly("after", "before", "first");
    }

    @Test
    void whatMayBeStoredIsNotDoneAgain() throws Exception {
        FutureTask<Integer> first = writesAndStays("first");
        List<FutureTask<Integer>> others = List.of(writes("a"), writes("b"), writes("c"));
        waitFor(others);
        answersAreLost = true;

        going.countDown();

        assertThatThrownBy(first::get).cause().isInstanceOf(StoreException.class);
        for (FutureTask<Integer> each : others) {
            assertThatThrownBy(each::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            failure -> assertThat(failure.isStoreAway()).isTrue());
        }
        assertThat(words()).containsExactly("a", "b", "c", "first");
        assertThat(runs).hasValue(4);
    }

    @Test
    void aMistakeReachesWhoeverMadeItAndNobodyElse() throws Exception {
        FutureTask<Integer> first = writesAndStays("first");
        FutureTask<Integer> mistaken = begin(() -> transactions.write(connection -> {
            throw new IllegalStateException("a mistake");
        }));
        FutureTask<Integer> error = begin(() -> transactions.write(connection -> {
            throw new AssertionError("an error");
        }));
        FutureTask<Integer> other = writes("other");
        waitFor(List.of(mistaken, error, other));

        going.countDown();

        assertThat(first.get()).isEqualTo(1);
        assertThat(other.get()).isEqualTo(1);
        assertThatThrownBy(mistaken::get).cause().isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(error::get).cause().isInstanceOf(AssertionError.class);
        assertThat(words()).containsExactly("first", "other");
    }

    /** Writes a word, and keeps all others waiting until it may go on. */
    private FutureTask<Integer> writesAndStays(String word) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Integer> task = begin(() -> transactions.write(connection -> {
            begun.countDown();
            try {
                going.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return insert(connection, word);
        }));
        begun.await();
        return task;
    }

    private FutureTask<Integer> writes(String word) {
        return begin(() -> transactions.write(connection -> insert(connection, word)));
    }

    private int insert(Connection connection, String word) throws SQLException {
        runs.incrementAndGet();
        return Statements.update(connection, "INSERT INTO word (text) VALUES (?)", word);
    }

    private FutureTask<Integer> begin(Callable<Integer> work) {
        FutureTask<Integer> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    /** Waits until the threads of all that was begun after the first one wait for their turn. */
    private void waitFor(List<FutureTask<Integer>> others) throws InterruptedException {
        assertThat(threads).hasSize(others.size() + 1);
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
        }
    }

    private List<String> words() throws SQLException {
        try (Connection connection = memory.getConnection()) {
            return Statements.select(connection, "SELECT text FROM word ORDER BY text", row -> row.getString(1));
        }
    }

    /** Returns the database with its commits counted; their answers can be lost. */
    private DataSource watched() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(memory, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
                if (answersAreLost) {
                    throw new SQLException("The connection is lost", "08006");
                }
            }
            return result;
        });
    }

    private interface Call {
        Object of(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                TransactionsTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
