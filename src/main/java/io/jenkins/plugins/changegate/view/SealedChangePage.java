package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is left of a change whose contents are kept no longer. Reached only through {@link RecordsPage}. */
@Restricted(NoExternalUse.class)
public final class SealedChangePage implements ModelObject {

    private final RecordRow row;

    SealedChangePage(RecordRow row) {
        this.row = row;
    }

    @Override
    public String getDisplayName() {
        return row.getId();
    }

    public RecordRow getRow() {
        return row;
    }
}
