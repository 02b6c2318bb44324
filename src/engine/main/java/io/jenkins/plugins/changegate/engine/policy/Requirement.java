package io.jenkins.plugins.changegate.engine.policy;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * At least so many different people out of a set have to approve.
 *
 * @param atLeast how many, from 1
 * @param who how the set is called, for people
 * @param from who may vote for it; never empty
 * @param stage from 1; those of a later stage are asked only when all of the earlier ones are met
 */
public record Requirement(int atLeast, String who, Set<Principal> from, int stage) {

    /** The stage that is asked first. */
    public static final int FIRST_STAGE = 1;

    /** One holder of the permission Change/Approve: what is asked for where no policy says more. */
    public static final Requirement ONE_APPROVER =
            new Requirement(1, "holders of Change/Approve", Set.of(Principal.ANY_APPROVER));

    public Requirement {
        Objects.requireNonNull(who, "who");
        from = Set.copyOf(from);
        // Records written before there were stages have none.
        stage = Math.max(stage, FIRST_STAGE);
        if (atLeast < 1 || from.isEmpty()) {
            throw new IllegalArgumentException("A requirement asks at least one person of a set that is not empty");
        }
    }

    /** A requirement that is asked at once. */
    public Requirement(int atLeast, String who, Set<Principal> from) {
        this(atLeast, who, from, FIRST_STAGE);
    }

    /** Returns the same requirement, which others may meet as well. */
    public Requirement or(String others, Set<Principal> principals) {
        Set<Principal> all = new LinkedHashSet<>(from);
        all.addAll(principals);
        return new Requirement(atLeast, who.equals(others) ? who : who + " or " + others, all, stage);
    }

    /**
     * Returns the same requirement with those who are in the organisation's groups now. A group that is gone has no
     * members; if nobody is left, nobody can meet the requirement.
     *
     * @param groups the groups of the organisation's policy, by name
     */
    public Requirement asOf(Map<String, Set<Principal>> groups) {
        Set<Principal> now = new LinkedHashSet<>();
        for (Principal principal : from) {
            String group = principal.group();
            if (group.isEmpty()) {
                now.add(principal);
            } else {
                groups.getOrDefault(group, Set.of()).forEach(member -> now.add(member.in(group)));
                // Keeps the group in mind, and the set from being empty.
                now.add(Principal.NOBODY.in(group));
            }
        }
        return new Requirement(atLeast, who, now, stage);
    }

    /** Returns it as it is said: {@code 2 of change-managers}. */
    public String words() {
        return atLeast + " of " + who;
    }
}
