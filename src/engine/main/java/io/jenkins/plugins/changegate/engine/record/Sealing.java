package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes the contents of changes that policy keeps no longer. What stays is a stub: the line of the list, and of each
 * event its place in the chain and its hash. An event of the change says that it was sealed, why and by which policy; it
 * is part of the chain, so that a content that is missing without one is found.
 */
final class Sealing {

    /** What stands for a content that was removed. No event is so short. */
    static final String REMOVED = "";

    private final Transactions database;
    private final Histories histories;
    private final TargetList targets;
    private final String controller;

    /**
     * @param controller whose changes are sealed, and who seals them
     */
    Sealing(Transactions database, Histories histories, TargetList targets, String controller) {
        this.database = database;
        this.histories = histories;
        this.targets = targets;
        this.controller = controller;
    }

    /** Seals a batch, each change in a transaction of its own, so that gates do not wait for all of them. */
    ChangeStore.SealedBatch batch(Instant before, long after, int most, String because, String policyVersion)
            throws StoreException {
        List<Long> numbers = database.read(connection -> Statements.select(
                connection,
                "SELECT number FROM changegate_change WHERE number > ? AND opened < ? AND controller = ?"
                        + " AND state IN (?, ?) ORDER BY number FETCH FIRST " + most + " ROWS ONLY",
                row -> row.getLong(1),
                after,
                ChangeList.nanos(before),
                controller,
                ChangeState.DEPLOYED.name(),
                ChangeState.CLOSED.name()));
        Set<Long> evidence = numbers.isEmpty() ? Set.of() : database.read(this::evidence);
        List<Long> sealed = new ArrayList<>();
        for (long number : numbers) {
            if (!evidence.contains(number)
                    && database.write(connection -> seal(connection, number, before, because, policyVersion))) {
                sealed.add(number);
            }
        }
        return new ChangeStore.SealedBatch(sealed, numbers.size() < most ? 0 : numbers.get(most - 1));
    }

    /** Returns the changes that promotions name as evidence, also such as were taken back. */
    private Set<Long> evidence(Connection connection) throws SQLException, StoreException {
        Set<Long> numbers = new HashSet<>();
        for (long sequence :
                Statements.select(connection, "SELECT sequence FROM changegate_promotion", row -> row.getLong(1))) {
            if (histories.at(connection, sequence) instanceof ChangeEvent.Promoted promoted) {
                numbers.addAll(promoted.evidence());
            }
        }
        return numbers;
    }

    private boolean seal(Connection connection, long number, Instant before, String because, String policyVersion)
            throws SQLException, StoreException {
        Ledger ledger = Ledger.lock(connection);
        Optional<ChangeRecord> record =
                histories.where(connection, "number = ?", number).stream().findFirst();
        if (record.isEmpty() || !isDone(record.get(), before) || runs(connection, record.get())) {
            return false;
        }
        List<ChainedEvent> events = histories.chained(connection, number);
        ChangeEvent.Sealed sealed = new ChangeEvent.Sealed(
                Instant.now(),
                because,
                policyVersion,
                events.stream()
                        .map(event -> new ChangeEvent.Sealed.Covered(
                                event.sequence(), event.version(), event.controller(), event.hash()))
                        .toList());
        int version = events.size() + 1;
        Statements.update(connection, "UPDATE changegate_event SET body = ? WHERE number = ?", REMOVED, number);
        Statements.update(
                connection,
                "UPDATE changegate_change SET state = ?, version = ? WHERE number = ?",
                ChangeState.SEALED.name(),
                version,
                number);
        Chain.add(connection, ledger, number, version, histories.write(sealed), controller);
        return true;
    }

    /** Whether nothing will come any more, nobody has to look at it again, and nothing rests on it. */
    private static boolean isDone(ChangeRecord record, Instant before) {
        boolean old = record.history().stream().allMatch(event -> event.at().isBefore(before));
        boolean carries = record.history().stream()
                .anyMatch(event -> event instanceof ChangeEvent.Promoted || event instanceof ChangeEvent.Demoted);
        return old && !carries && record.review().isEmpty() && record.decided().isPresent() && !record.isDeploying();
    }

    /** Whether it is what was last deployed to its target. */
    private boolean runs(Connection connection, ChangeRecord record) throws SQLException {
        Route route = Route.of(record);
        return targets.last(connection, route.service(), route.environment(), ChangeState.DEPLOYED, 1).stream()
                .anyMatch(last -> last.number() == record.number());
    }
}
