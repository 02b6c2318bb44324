package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Walks along the chain of events, from the first to the last, and stops at the first that is not what was written.
 *
 * <p>It reads a page of events at a time, each in a transaction of its own, so that a long ledger takes no more memory
 * than a short one and writers go on meanwhile. Only for what they added last it makes them wait. One walk, one thread.
 */
final class Verification {

    private static final int PAGE = 500;

    private final Transactions database;
    private final Seals seals = new Seals();

    /** The first content that is missing without a seal. Told last: that its seal was altered or removed tells more. */
    private String unsealed;

    /** The last one: if it is what was a seal, it tells why the others are missing. */
    private String lastUnsealed;

    private long sequence;
    private long change;
    private long changes;
    private String hash = Chain.GENESIS;

    Verification(Transactions database) {
        this.database = database;
    }

    /** What one page has to say: that something is wrong, or whether there was anything. */
    private record Page(Optional<String> wrong, boolean empty) {}

    /**
     * Returns what is wrong, one sentence; empty if all is well.
     *
     * @throws StoreException if the store cannot be read
     */
    Optional<String> walk() throws StoreException {
        long known = database.read(Ledger::look).events();
        while (sequence < known) {
            Page page = database.read(this::page);
            if (page.wrong().isPresent()) {
                return page.wrong().map(this::andUnsealed);
            }
            if (page.empty()) {
                break;
            }
        }
        return database.write(connection -> {
            Ledger ledger = Ledger.lock(connection);
            Page page;
            do {
                page = page(connection);
            } while (page.wrong().isEmpty() && !page.empty());
            return page.wrong().or(() -> compare(ledger)).map(this::andUnsealed).or(this::unsealed);
        });
    }

    private String andUnsealed(String wrong) {
        return unsealed().map(text -> wrong + " Before that: " + text).orElse(wrong);
    }

    private Optional<String> unsealed() {
        return Optional.ofNullable(unsealed)
                .map(first -> first.equals(lastUnsealed) ? first : first + " The last of several: " + lastUnsealed);
    }

    private Page page(Connection connection) throws SQLException {
        boolean empty = true;
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT sequence, number, version, body, controller, previous, hash FROM changegate_event"
                        + " WHERE sequence > ? ORDER BY sequence FETCH FIRST " + PAGE + " ROWS ONLY")) {
            // Nothing comes before the first one, also nothing that somebody put there.
            select.setLong(1, sequence == 0 ? Long.MIN_VALUE : sequence);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    empty = false;
                    Optional<String> wrong = step(connection, rows);
                    if (wrong.isPresent()) {
                        return new Page(wrong, false);
                    }
                }
            }
        }
        return new Page(Optional.empty(), empty);
    }

    private Optional<String> step(Connection connection, ResultSet row) throws SQLException {
        long found = row.getLong(1);
        long number = row.getLong(2);
        int version = row.getInt(3);
        String name = "Event " + found + " of " + ChangeRecord.id(number);
        if (found <= sequence) {
            return Optional.of(name + " was put in.");
        }
        if (found > sequence + 1) {
            return Optional.of("Event " + (sequence + 1) + " is missing; the next one is event " + found + " of "
                    + ChangeRecord.id(number) + ".");
        }
        String controller = row.getString(5) == null ? "" : row.getString(5);
        boolean removed = Sealing.REMOVED.equals(row.getString(4));
        String expected = removed
                ? String.valueOf(row.getString(7))
                : Chain.hash(hash, found, number, version, String.valueOf(row.getString(4)), controller);
        boolean sealed = removed
                && seals.cover(
                        connection, number, new ChangeEvent.Sealed.Covered(found, version, controller, expected));
        if (removed && !sealed) {
            lastUnsealed =
                    name + " has lost its content, or is not what was sealed: no event says that it was sealed so.";
            unsealed = unsealed == null ? lastUnsealed : unsealed;
        }
        if (!expected.equals(row.getString(7)) || !hash.equals(row.getString(6))) {
            boolean whole = removed ? sealed : isWhole(row, controller);
            return Optional.of(name + (whole ? notAfterLast() : " is not what was written."));
        }
        if (version == 1 && number != ++changes) {
            return Optional.of(name + " was put in: the next change is " + ChangeRecord.id(changes) + ".");
        }
        sequence = found;
        change = number;
        hash = expected;
        return Optional.empty();
    }

    /** Whether an event is right by itself, and only what was before it was another one. */
    private static boolean isWhole(ResultSet row, String controller) throws SQLException {
        String previous = String.valueOf(row.getString(6));
        String body = String.valueOf(row.getString(4));
        return Chain.hash(previous, row.getLong(1), row.getLong(2), row.getInt(3), body, controller)
                .equals(row.getString(7));
    }

    private String notAfterLast() {
        return sequence == 0
                ? " was not written as the first one."
                : " does not follow event " + sequence + " of " + ChangeRecord.id(change)
                        + ": the latter is not what was written, or both are not.";
    }

    private Optional<String> compare(Ledger ledger) {
        if (sequence < ledger.events()) {
            return Optional.of("Event " + (sequence + 1) + " is missing: there are " + sequence + " events, but "
                    + ledger.events() + " were written.");
        }
        if (sequence > ledger.events()) {
            return Optional.of("Event " + (ledger.events() + 1) + " was put in: there are " + sequence + " events, but "
                    + ledger.events() + " were written.");
        }
        return hash.equals(ledger.hash()) && changes == ledger.changes()
                ? Optional.empty()
                : Optional.of("Event " + sequence + " of " + ChangeRecord.id(change)
                        + " is not what was written last, or the ledger's own row is not.");
    }
}
