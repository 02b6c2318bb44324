package io.jenkins.plugins.changegate.ledger;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;

/** Tells administrators that the store has lost what was in it, and leads to where it can be rebuilt. */
@Extension
public class LostLedgerMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.LostLedgerMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return ChangeRecords.get().isLost();
    }
}
