package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.changegate.engine.measure.FactTable;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.lang.ref.SoftReference;

/**
 * Keeps what measures are made of in memory, as long as there is room: read once, and then only what is new. Thread-safe;
 * who comes while it is read waits.
 */
@Extension
public class MeasuredChanges {

    private SoftReference<FactTable> kept = new SoftReference<>(null);
    private ChangeStore store;
    private long seen;

    /** Returns the keeper of this Jenkins. */
    public static MeasuredChanges get() {
        return ExtensionList.lookupSingleton(MeasuredChanges.class);
    }

    /**
     * Returns all changes that were decided until now.
     *
     * @throws StoreException if the store cannot be read
     */
    public synchronized FactTable now() throws StoreException {
        ChangeStore current = ChangeRecords.get().store();
        FactTable table = current == store ? kept.get() : null;
        if (table == null || !isUpToDate(current, table)) {
            kept.clear();
            table = new FactTable();
            seen = current.facts(0, table::add);
            store = current;
            kept = new SoftReference<>(table);
        }
        return table;
    }

    /** Adds what is new; if it is another ledger now, everything was. */
    private boolean isUpToDate(ChangeStore current, FactTable table) throws StoreException {
        long next = current.facts(seen, table::add);
        boolean same = next >= seen;
        seen = next;
        return same;
    }
}
