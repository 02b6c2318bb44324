package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One change as it is on record, whether its build is still there or not: {@code /changes/records/CHG-000123/}. Nothing
 * can be done to it here. Reached only through {@link RecordsPage}, which lets only those through who may see it.
 */
@Restricted(NoExternalUse.class)
public final class KeptChangePage extends ChangeView {

    private final RecordRow row;

    KeptChangePage(ChangeStore store, ChangeRecord record, RecordRow row) {
        super(store, record);
        this.row = row;
    }

    /** Returns the address of the page on which something can be done to it; empty if its build is gone. */
    public String getBuildUrl() {
        return row.url();
    }

    /** Returns the Jenkins that it is of; empty if it is this one. */
    public String getController() {
        return row.getController();
    }

    /** Nobody is asked here. */
    @Override
    public boolean isAsking() {
        return false;
    }

    /** Nothing is decided here. */
    @Override
    public List<String> getProposed() {
        return List.of();
    }

    /** Returns what was said of it after its deployment. */
    @Override
    public ClosingView getClosing() {
        return new ClosingView(store(), record(), null);
    }

    /** Returns what serves {@code …/policy/HASH/}. */
    public KeptPolicies getPolicy() {
        return new KeptPolicies(record().id(), store(), judgement().policies());
    }

    /** Returns what serves {@code …/api/json}. */
    public ChangeJson getApi() {
        return new ChangeJson(() -> {}, store(), record());
    }
}
