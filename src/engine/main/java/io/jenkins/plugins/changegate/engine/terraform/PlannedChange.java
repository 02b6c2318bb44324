package io.jenkins.plugins.changegate.engine.terraform;

import java.io.Serializable;
import java.util.Objects;

/**
 * One thing that a plan does, or finds done behind its back.
 *
 * @param kind what it is done to
 * @param address Terraform's name of it, as in {@code module.shop.aws_instance.web["a"]}; an output's name
 * @param type the resource's type, as in {@code aws_instance}; {@code output} for an output
 * @param action what is done to it; for a drift, what somebody else did
 * @param deposed the key of an earlier object that was to be replaced and is still there; empty for the object itself
 */
public record PlannedChange(Kind kind, String address, String type, Action action, String deposed)
        implements Serializable {

    /** What something is done to. */
    public enum Kind {
        /** A resource. */
        RESOURCE,
        /** A resource that was changed outside of Terraform. */
        DRIFT,
        /** An output of the configuration. */
        OUTPUT
    }

    /** What is done. */
    public enum Action {
        /** Nothing. */
        NONE,
        /** Its data are read. */
        READ,
        CREATE,
        UPDATE,
        DELETE,
        /** It is deleted and created anew, in this order or the other. */
        REPLACE,
        /** Terraform no longer looks after it; it stays. */
        FORGET,
        /** Only its address changes. */
        MOVE,
        /** Terraform begins to look after something that is there. */
        IMPORT;

        /** The word for it in paths. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public PlannedChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(deposed, "deposed");
    }

    /** Whether something that is there now is not there any more afterwards, even if there is another. */
    public boolean destroys() {
        return action == Action.DELETE || action == Action.REPLACE;
    }
}
