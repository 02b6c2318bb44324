package io.jenkins.plugins.changegate.engine.policy;

import java.util.Objects;
import java.util.Set;

/**
 * At least so many different people out of a set have to approve.
 *
 * @param atLeast how many, from 1
 * @param who how the set is called, for people
 * @param from who may vote for it; never empty
 */
public record Requirement(int atLeast, String who, Set<Principal> from) {

    /** One holder of the permission Change/Approve: what is asked for where no policy says more. */
    public static final Requirement ONE_APPROVER =
            new Requirement(1, "holders of Change/Approve", Set.of(Principal.ANY_APPROVER));

    public Requirement {
        Objects.requireNonNull(who, "who");
        from = Set.copyOf(from);
        if (atLeast < 1 || from.isEmpty()) {
            throw new IllegalArgumentException("A requirement asks at least one person of a set that is not empty");
        }
    }

    /** Returns it as it is said: {@code 2 of change-managers}. */
    public String words() {
        return atLeast + " of " + who;
    }
}
