package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators that the store is away and events wait to be recorded. */
@Extension
public class LateEventsMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.LateEventsMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return LateEvents.get().size() != 0;
    }

    /** Returns how many wait; -1 if that is not known. */
    @Restricted(NoExternalUse.class)
    public int getCount() {
        return LateEvents.get().size();
    }

    @Restricted(NoExternalUse.class)
    public boolean isFull() {
        return LateEvents.get().isFull();
    }

    /** Returns why the store cannot be used; empty if it can. */
    @Restricted(NoExternalUse.class)
    public String getReason() {
        return ChangeRecords.get().reason();
    }
}
