package io.jenkins.plugins.changegate.authorise;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The gates that wait on this controller, by the number of their change. An index in memory, so that finding them asks
 * neither Pipeline nor the store: every gate enters itself when it begins to wait and again when it is resumed.
 * Thread-safe.
 */
@Extension
public class PendingGates {

    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong stamp = new AtomicLong();

    /**
     * A gate that waits.
     *
     * @param record its change as it was last recorded, without the delta
     */
    public record Pending(ChangeRecord record, PendingGate gate) {

        /** Returns the build that waits. */
        public Run<?, ?> run() {
            return gate.run();
        }
    }

    /** Returns the index of this Jenkins. */
    public static PendingGates get() {
        return ExtensionList.lookupSingleton(PendingGates.class);
    }

    /** Returns a number that is another one after anything changed here. */
    public long stamp() {
        return stamp.get();
    }

    /** Returns all of them, oldest change first. */
    public List<Pending> all() {
        return pending.values().stream()
                .sorted(Comparator.comparingLong(each -> each.record().number()))
                .toList();
    }

    /** Returns the waiting changes that are older than one, in any order: every gate of a thousand asks for them. */
    List<ChangeRecord> olderThan(ChangeRecord newer) {
        return pending.values().stream()
                .map(Pending::record)
                .filter(record -> record.number() < newer.number())
                .toList();
    }

    /** Returns the one of a change, if it waits here. */
    public Optional<Pending> find(long number) {
        return Optional.ofNullable(pending.get(number));
    }

    /** Enters a gate that begins to wait, or waits again. */
    public void enter(ChangeRecord record, PendingGate gate) {
        pending.put(record.number(), new Pending(record.withoutDelta(), gate));
        stamp.incrementAndGet();
    }

    /** Takes a gate out that waits no longer. */
    public void leave(long number) {
        pending.remove(number);
        stamp.incrementAndGet();
    }

    /** Tells the gate of a change what was recorded. Whoever records tells. */
    void changed(ChangeRecord record) {
        Pending known = pending.computeIfPresent(
                record.number(),
                (number, before) -> before.record().version() >= record.version()
                        ? before
                        : new Pending(record.withoutDelta(), before.gate()));
        stamp.incrementAndGet();
        if (known != null) {
            known.gate().changed(record);
        }
    }
}
