package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.Objects;

/**
 * Something the gate would have to know and could not read. A change with a gap is never passed by itself.
 *
 * @param kind what is missing
 * @param because one sentence for a person: what is missing and how to mend it
 */
public record Gap(Kind kind, String because) implements Serializable {

    /** Kinds of gaps. */
    public enum Kind {
        /** Nothing was deployed there through the gate before, so there is nothing to compare with. */
        FIRST_DEPLOYMENT,
        /** The step runs where there is no workspace. */
        NO_WORKSPACE,
        /** There is no git on the machine. */
        NO_GIT,
        /** The directory is not in a git repository. */
        NO_REPOSITORY,
        /** The commit that runs there now is not in this clone. */
        BASE_MISSING,
        /** The commit to be deployed is not in this clone. */
        HEAD_MISSING,
        /** The commit that runs there now is not in this clone because the clone is shallow. */
        SHALLOW,
        /** The trees are here, but the history between them is cut off, so its authors are not all known. */
        HISTORY_CUT,
        /** The delta is larger than what is read. */
        TOO_LARGE,
        /** git ended with an error. */
        GIT_FAILED,
        /** The pipeline named another base than the commit known to run there. */
        BASE_CLAIMED,
        /** A policy could not be read. */
        POLICY_UNREADABLE,
        /** A calendar from which a freeze or a window takes its times could not be read. */
        CALENDAR_UNREADABLE,
        /** A fact that a rule asks for could not be had. */
        FACT_UNKNOWN
    }

    public Gap {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(because, "because");
    }
}
