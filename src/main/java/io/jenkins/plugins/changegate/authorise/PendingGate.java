package io.jenkins.plugins.changegate.authorise;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;

/** A gate that waits, as those see it who decide. Thread-safe. */
public interface PendingGate {

    /** Returns the build that waits. */
    Run<?, ?> run();

    /**
     * Called after something was recorded of the change, on the thread that recorded it: the gate asks anew, or goes on.
     * May be called more than once for the same record.
     */
    void changed(ChangeRecord record);
}
