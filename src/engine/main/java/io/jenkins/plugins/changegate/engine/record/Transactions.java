package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Runs work in a database, in transactions: of each all is stored, or nothing. Thread-safe. */
final class Transactions {

    /** How often work is tried that the database gave up in favour of other work. */
    private static final int ATTEMPTS = 10;

    /** The SQL states of a transaction that was rolled back and may be tried again: serialisation, deadlock. */
    private static final String ROLLED_BACK = "40";

    /**
     * The SQL states of H2 if a connection outlived its database, which closes itself after a fault of the disk and is
     * opened again by the next connection. H2's pool finds that out only when it hands one out, and drops it.
     */
    private static final Set<String> CLOSED = Set.of("90098", "90121");

    /** So many that wait are written in one transaction at most. */
    private static final int TOGETHER = 64;

    /** More such connections than a pool may have left. */
    private static final int LEFT_OVER = 64;

    private final DataSource database;
    private final DiskRoom room;

    /**
     * Held by whoever writes. The ledger's row alone is not enough: H2 1.4 frees it before it writes its file, and a
     * commit does not wait for the file while another one is being written ({@code MVStore.tryCommit}), but leaves it to
     * the next one. A process killed in between would have lost what it acknowledged. On PostgreSQL it keeps the
     * writers of this process from waiting in the database, each with a connection that readers need.
     */
    private final Lock writing = new ReentrantLock();

    /** What waits for that lock, in its order. */
    private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param room asked before each writing transaction
     */
    Transactions(DataSource database, DiskRoom room) {
        this.database = Objects.requireNonNull(database, "database");
        this.room = Objects.requireNonNull(room, "room");
    }

    /** Work within one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException, StoreException;
    }

    /**
     * Runs what changes nothing.
     *
     * @throws StoreException if the database cannot be used
     */
    <T> T read(Work<T> work) throws StoreException {
        SQLException failure = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                failure = e;
                if (!String.valueOf(e.getSQLState()).startsWith(ROLLED_BACK)) {
                    break;
                }
            }
        }
        throw new StoreException("The store of change records cannot be used: " + failure.getMessage(), failure);
    }

    /**
     * Runs what changes something, one after the other. What waits at the same moment is done in one transaction, so that
     * all of it is written to the disk at once; whoever holds the lock does it for the others. It returns when that is
     * committed. Work that the database rolls back in favour of another controller's runs again, and so does work that
     * shared a transaction with other work that failed.
     *
     * @throws StoreException if the database cannot be used, or there is no room for more; nothing is changed then
     */
    <T> T write(Work<T> work) throws StoreException {
        Turn<T> mine = new Turn<>(work);
        waiting.add(mine);
        while (!mine.isOver()) {
            if (writing.tryLock()) {
                try {
                    take();
                } finally {
                    writing.unlock();
                    // Whoever came too late for this transaction begins the next one.
                    Optional.ofNullable(waiting.peek()).ifPresent(Turn::wake);
                }
            } else {
                mine.sleep();
            }
        }
        return mine.result();
    }

    private void take() {
        List<Turn<?>> turns = new ArrayList<>();
        for (Turn<?> next; turns.size() < TOGETHER && (next = waiting.poll()) != null; ) {
            turns.add(next);
        }
        commit(turns);
    }

    private void commit(List<Turn<?>> turns) {
        AtomicBoolean working = new AtomicBoolean();
        try {
            room.require();
            read(connection -> {
                working.set(true);
                for (Turn<?> turn : turns) {
                    turn.run(connection);
                }
                working.set(false);
                return null;
            });
            turns.forEach(Turn::done);
        } catch (StoreException | RuntimeException | Error e) {
            // What failed only when it was committed may be stored: then it must not be done again.
            if (turns.size() > 1 && working.get()) {
                turns.forEach(turn -> commit(List.of(turn)));
            } else {
                turns.forEach(turn -> turn.failed(e));
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException, StoreException {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | StoreException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        }
    }

    private Connection connection() throws SQLException {
        for (int dropped = 0; ; dropped++) {
            try {
                return database.getConnection();
            } catch (SQLException e) {
                if (dropped == LEFT_OVER || !CLOSED.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    /** Rolls back without hiding why: a lost connection fails here once more. */
    private static void undo(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
