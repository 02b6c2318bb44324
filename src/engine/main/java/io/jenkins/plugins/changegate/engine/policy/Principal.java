package io.jenkins.plugins.changegate.engine.policy;

import java.util.Objects;

/**
 * Somebody who may vote.
 *
 * @param kind what the name is a name of
 * @param name the user's id or the group's name; empty for {@link Kind#APPROVER}
 * @param group the group of the organisation's policy that it is a member of, and through which it is meant; empty if
 *     it is meant itself. Who is in that group is asked again when a vote comes.
 */
public record Principal(Kind kind, String name, String group) {

    /** Kinds of principals. */
    public enum Kind {
        /** One user, by id. */
        USER,
        /** Everybody in a group of Jenkins' security realm. */
        GROUP,
        /** Everybody who holds the permission Change/Approve on the job. */
        APPROVER
    }

    /** Nobody: no user has this id. */
    static final Principal NOBODY = new Principal(Kind.USER, "");

    /** Everybody who holds the permission Change/Approve. */
    public static final Principal ANY_APPROVER = new Principal(Kind.APPROVER, "");

    public Principal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        group = Objects.requireNonNullElse(group, "");
    }

    /** Somebody who is meant by name. */
    public Principal(Kind kind, String name) {
        this(kind, name, "");
    }

    /** Returns the same somebody, meant as a member of a group of the organisation's policy. */
    public Principal in(String policyGroup) {
        return new Principal(kind, name, policyGroup);
    }

    /** Reads {@code user:id}, {@code group:name} or a bare group name. */
    public static Principal parse(String text) {
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
