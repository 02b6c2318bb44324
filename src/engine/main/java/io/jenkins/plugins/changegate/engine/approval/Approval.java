package io.jenkins.plugins.changegate.engine.approval;

import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Decides what a click means. Pure: the same ballot, voter and separation always get the same answer, and nothing is
 * recorded here.
 */
public final class Approval {

    private final Separation separation;
    private final BiPredicate<String, String> sameUser;
    private final BiPredicate<String, String> sameGroup;

    /**
     * @param separation who may not approve
     * @param sameUser whether two user ids are the same, as the security realm sees it
     * @param sameGroup whether two group names are the same, as the security realm sees it
     */
    public Approval(
            Separation separation, BiPredicate<String, String> sameUser, BiPredicate<String, String> sameGroup) {
        this.separation = Objects.requireNonNull(separation, "separation");
        this.sameUser = Objects.requireNonNull(sameUser, "sameUser");
        this.sameGroup = Objects.requireNonNull(sameGroup, "sameGroup");
    }

    /** What a click means. */
    public sealed interface Ruling {
        /**
         * The person may not vote.
         *
         * @param because why, addressed to that person
         */
        record Denied(String because) implements Ruling {}

        /**
         * The vote counts, and more are needed.
         *
         * @param vote the vote
         * @param ballot the ballot with it
         */
        record Counted(Vote vote, Ballot ballot) implements Ruling {}

        /**
         * The vote counts, and was the last one needed.
         *
         * @param vote the vote
         * @param ballot the ballot with it
         */
        record Completed(Vote vote, Ballot ballot) implements Ruling {}
    }

    /** Returns why this person may not vote on this ballot, if so; being an administrator is no reason to. */
    public Optional<String> denies(Ballot ballot, Voter voter) {
        Optional<String> excluded = separation.excludes(voter);
        if (excluded.isPresent()) {
            return excluded;
        }
        if (served(ballot, voter).isEmpty()) {
            return Optional.of(
                    "This change needs " + String.join(" and ", ballot.missing()) + "; you are not one of them.");
        }
        return ballot.votes().stream().anyMatch(vote -> sameUser.test(vote.voter(), voter.id()))
                ? Optional.of("You have approved this change already; it still needs "
                        + String.join(" and ", ballot.missing()) + ".")
                : Optional.empty();
    }

    /** Whether this person may reject: whoever could have approved, also after having done so. */
    public boolean mayReject(Ballot ballot, Voter voter) {
        return separation.excludes(voter).isEmpty() && !served(ballot, voter).isEmpty();
    }

    /** Returns what it means that this person approves. */
    public Ruling approve(Ballot ballot, Voter voter) {
        Optional<String> denied = denies(ballot, voter);
        if (denied.isPresent()) {
            return new Ruling.Denied(denied.get());
        }
        Vote vote = new Vote(voter.id(), voter.name(), served(ballot, voter));
        Ballot after = ballot.with(vote);
        return after.isComplete() ? new Ruling.Completed(vote, after) : new Ruling.Counted(vote, after);
    }

    private Set<Integer> served(Ballot ballot, Voter voter) {
        Set<Integer> served = new HashSet<>();
        for (int i = 0; i < ballot.requirements().size(); i++) {
            if (voter.serves(ballot.requirements().get(i), sameUser, sameGroup)) {
                served.add(i);
            }
        }
        return served;
    }
}
