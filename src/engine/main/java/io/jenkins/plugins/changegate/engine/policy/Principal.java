package io.jenkins.plugins.changegate.engine.policy;

import java.util.Objects;

/**
 * Somebody who may vote.
 *
 * @param kind what the name is a name of
 * @param name the user's id or the group's name; empty for {@link Kind#APPROVER}
 */
public record Principal(Kind kind, String name) {

    /** Kinds of principals. */
    public enum Kind {
        /** One user, by id. */
        USER,
        /** Everybody in a group of Jenkins' security realm. */
        GROUP,
        /** Everybody who holds the permission Change/Approve on the job. */
        APPROVER
    }

    /** Everybody who holds the permission Change/Approve. */
    public static final Principal ANY_APPROVER = new Principal(Kind.APPROVER, "");

    public Principal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** Reads {@code user:id}, {@code group:name} or a bare group name. */
    static Principal parse(String text) {
        String trimmed = text.trim();
        if (trimmed.startsWith("user:")) {
            return new Principal(Kind.USER, trimmed.substring("user:".length()).trim());
        }
        return new Principal(
                Kind.GROUP,
                trimmed.startsWith("group:")
                        ? trimmed.substring("group:".length()).trim()
                        : trimmed);
    }
}
