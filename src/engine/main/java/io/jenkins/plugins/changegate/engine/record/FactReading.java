package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Reads what measures are made of, in several transactions, so that nobody who writes waits for all of it. */
final class FactReading {

    /** Changes in one transaction. */
    private static final int BLOCK = 5_000;

    /** If there are more new events than this, everything is read: in the order of the table that is quicker. */
    private static final long FEW = 20_000;

    private final Transactions database;
    private final FactIndex index;

    FactReading(Transactions database, FactIndex index) {
        this.database = database;
        this.index = index;
    }

    /** See {@link ChangeStore#facts}. */
    long since(long seen, Consumer<ChangeFact> taker) throws StoreException {
        Ledger ledger = database.read(Ledger::look);
        if (seen == ledger.events()) {
            return seen;
        }
        if (seen > 0 && seen < ledger.events() && ledger.events() - seen <= FEW) {
            changed(seen, ledger.events(), taker);
        } else {
            for (long first = 1; first <= ledger.changes(); first += BLOCK) {
                give(first, first + BLOCK, taker);
            }
        }
        return ledger.events();
    }

    private void give(long first, long end, Consumer<ChangeFact> taker) throws StoreException {
        database.read(connection -> {
            index.between(connection, first, end, taker);
            return null;
        });
    }

    private void changed(long after, long last, Consumer<ChangeFact> taker) throws StoreException {
        database.read(connection -> {
            for (long number : numbers(connection, after, last)) {
                index.one(connection, number, taker);
            }
            return null;
        });
    }

    private static List<Long> numbers(Connection connection, long after, long last) throws SQLException {
        return Statements.select(
                connection,
                "SELECT DISTINCT number FROM changegate_event WHERE sequence > ? AND sequence <= ?",
                row -> row.getLong(1),
                after,
                last);
    }
}
