package io.jenkins.plugins.changegate.engine.record;

import java.util.Locale;

/** Where a change is in its life. */
public enum ChangeState {
    /** Not decided yet. */
    WAITING,
    /** The gate let it through, and its deployment has not ended. */
    DEPLOYING,
    /** Its deployment has ended, and the commit is held to run there since: {@link ChangeRecord#isDeployed}. */
    DEPLOYED,
    /** The gate did not let it through, or its deployment was unsuccessful. */
    CLOSED,
    /** It was one of the last two, and what was recorded of it is kept no longer. */
    SEALED;

    /** Returns where a record is. */
    static ChangeState of(ChangeRecord record) {
        if (record.decided().isEmpty()) {
            return WAITING;
        }
        if (record.isDeploying()) {
            return DEPLOYING;
        }
        return record.isDeployed() ? DEPLOYED : CLOSED;
    }

    /** Returns its name as it is written everywhere. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
