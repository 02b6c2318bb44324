package io.jenkins.plugins.changegate.authorise;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.time.Instant;
import java.util.Optional;

/**
 * Adds to a change's record what happened to it. Each addition is one compare-and-set in the store: two clicks at the
 * same moment, or a click and a restart, have one order, and what is decided once stays decided. First it is recorded,
 * then the gate is told.
 */
public final class Settlement {

    private final ChangeStore store;
    private final long number;

    public Settlement(ChangeStore store, long number) {
        this.store = store;
        this.number = number;
    }

    /** Says what to add to a record as it is now; may be asked again if somebody else was faster. */
    @FunctionalInterface
    interface Next {

        /** Returns the event to add; empty for none. */
        Optional<ChangeEvent> after(ChangeRecord record) throws StoreException;
    }

    /** Returns the record as it is now. */
    public ChangeRecord current() throws StoreException {
        return store.find(number)
                .orElseThrow(() -> new StoreException("There is no record of " + ChangeRecord.id(number), null));
    }

    /**
     * What came of an addition.
     *
     * @param record the record afterwards
     * @param added whether it has the event
     */
    record Added(ChangeRecord record, boolean added) {}

    /** Adds an event, unless the change is decided or there is none to add. */
    Added add(Next next) throws StoreException {
        while (true) {
            ChangeRecord record = current();
            Optional<ChangeEvent> event = record.decided().isPresent() ? Optional.empty() : next.after(record);
            if (event.isEmpty()) {
                return new Added(record, false);
            }
            Optional<ChangeRecord> added = store.append(record, event.get());
            if (added.isPresent()) {
                PendingGates.get().changed(added.get());
                return new Added(added.get(), true);
            }
        }
    }

    /** Decides, unless it was decided already; returns the record as it was decided. */
    public ChangeRecord decide(Decision decision, String by, String because) throws StoreException {
        return decide(decision, by, because, "").record();
    }

    Added decide(Decision decision, String by, String because, String comment) throws StoreException {
        return add(record -> Optional.of(new ChangeEvent.Decided(Instant.now(), decision, by, because, comment)));
    }
}
