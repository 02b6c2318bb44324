package io.jenkins.plugins.changegate.engine.approval;

import java.util.Objects;
import java.util.Set;

/**
 * One person's approval.
 *
 * @param voter the user's id
 * @param name the user's name at that moment
 * @param serves which requirements it can count for, by their place in the list; decided when the vote was cast
 */
public record Vote(String voter, String name, Set<Integer> serves) {

    public Vote {
        Objects.requireNonNull(voter, "voter");
        Objects.requireNonNull(name, "name");
        serves = Set.copyOf(serves);
    }
}
