package io.jenkins.plugins.changegate.ledger;

import hudson.ExtensionPoint;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;

/**
 * Is told of everything that happens to changes, after it was recorded: opened, approved, reminded, decided, ended.
 *
 * <p>Called as the system, on one thread of the gate's own, with the events of all changes in the order in which they
 * were recorded here. What takes long belongs on another thread. What it throws is logged and has no effect on the
 * change. What was recorded just before Jenkins was killed may never be told.
 */
public interface ChangeListener extends ExtensionPoint {

    /**
     * @param record the change, with the event as its newest
     * @param event what happened
     */
    void onChange(ChangeRecord record, ChangeEvent event);
}
