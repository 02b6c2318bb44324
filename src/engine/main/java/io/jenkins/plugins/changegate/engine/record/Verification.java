package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** What is said to be missing before a rebuild, by the event that says so; which is checked when it is reached. */
    private Optional<Rebuildings.Found> rebuild = Optional.empty();

    private Set<Rebuilt.Range> lost = Set.of();
    private final List<Rebuilt.Range> gaps = new ArrayList<>();

    /** Events that were lost and may have opened changes. */
    private long unknown;

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
        rebuild = database.read(Verification::rebuild);
        lost = rebuild.map(found -> Set.copyOf(found.what().lost())).orElse(Set.of());
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
        if (found > sequence + 1 && isLost(sequence + 1, found - 1)) {
            gaps.add(new Rebuilt.Range(sequence + 1, found - 1));
            unknown += found - 1 - sequence;
            // It is part of what this event's own hash was made over.
            hash = String.valueOf(row.getString(6));
        } else if (found > sequence + 1) {
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
        if (number == Rebuilt.CHANGE) {
            if (!isTheRebuild(found)) {
                return Optional.of(
                        "Event " + found + " says that the store was rebuilt, but not what is missing before it.");
            }
        } else if (version == 1 && number != ++changes) {
            if (number < changes || number - changes > unknown) {
                return Optional.of(name + " was put in: the next change is " + ChangeRecord.id(changes) + ".");
            }
            unknown -= number - changes;
            changes = number;
        }
        sequence = found;
        change = number;
        hash = expected;
        return Optional.empty();
    }

    /** Returns what says that the store was rebuilt; what cannot be read explains nothing. */
    private static Optional<Rebuildings.Found> rebuild(Connection connection) throws SQLException {
        try {
            return Rebuildings.find(connection);
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private boolean isLost(long first, long last) {
        return lost.contains(new Rebuilt.Range(first, last))
                && rebuild.filter(found -> found.sequence() > last).isPresent();
    }

    /** Whether this is the event that the gaps before it were looked up in, and names these and no others. */
    private boolean isTheRebuild(long found) {
        Optional<Rebuilt> what =
                rebuild.filter(known -> known.sequence() == found).map(Rebuildings.Found::what);
        if (what.isEmpty()
                || !what.get().lost().equals(gaps)
                || what.get().events() + what.get().lostEvents() != found - 1
                || what.get().number() < changes) {
            return false;
        }
        changes = what.get().number();
        unknown = 0;
        return true;
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
