package io.jenkins.plugins.changegate.engine.record;

import java.util.Locale;

/** How a change ended at the gate. */
public enum Decision {
    /** Passed by itself. */
    PASSED,
    /** The required people approved. */
    APPROVED,
    /** Somebody who could have approved rejected it. */
    REJECTED,
    /** Nobody decided in time. */
    EXPIRED,
    /** A newer change took its place. */
    SUPERSEDED,
    /** The run was stopped, or somebody withdrew the change. */
    CANCELLED,
    /** Policy refused it. */
    REFUSED,
    /** Somebody with the right to do so put it through. */
    OVERRIDDEN;

    /** Whether the deployment follows. */
    public boolean lets() {
        return this == PASSED || this == APPROVED || this == OVERRIDDEN;
    }

    /** Returns its name as it is written everywhere. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
