package io.jenkins.plugins.changegate.engine.approval;

import java.util.Objects;
import java.util.Set;

/**
 * One person's approval.
 *
 * @param voter the user's id
 * @param name the user's name at that moment
 * @param serves which requirements it can count for, by their place in the list; decided when the vote was cast
 * @param comment what the person said; may be empty
 * @param standsInFor the id of the absent user in whose place the person voted; empty if in their own
 */
public record Vote(String voter, String name, Set<Integer> serves, String comment, String standsInFor) {

    public Vote {
        Objects.requireNonNull(voter, "voter");
        Objects.requireNonNull(name, "name");
        serves = Set.copyOf(serves);
        comment = Objects.requireNonNullElse(comment, "");
        standsInFor = Objects.requireNonNullElse(standsInFor, "");
    }

    /** A vote in one's own place, without a comment. */
    public Vote(String voter, String name, Set<Integer> serves) {
        this(voter, name, serves, "", "");
    }
}
