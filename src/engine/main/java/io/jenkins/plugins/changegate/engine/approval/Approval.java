package io.jenkins.plugins.changegate.engine.approval;

import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

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
         * The vote counts.
         *
         * @param vote the vote
         * @param ballot the ballot with it
         */
        record Counted(Vote vote, Ballot ballot) implements Ruling {}
    }

    /** Returns why this person may not vote on this ballot, if so; being an administrator is no reason to. */
    public Optional<String> denies(Ballot ballot, Voter voter) {
        return approve(ballot, voter, "") instanceof Ruling.Denied denied
                ? Optional.of(denied.because())
                : Optional.empty();
    }

    /** Whether this person may reject: whoever may approve, now, at a later stage, or has done so already. */
    public boolean mayReject(Ballot ballot, Voter voter) {
        return separation.excludes(voter).isEmpty()
                && (!served(ballot, voter, Integer.MAX_VALUE).isEmpty()
                        || represented(voter).stream()
                                .anyMatch(absent -> !served(ballot, absent, Integer.MAX_VALUE)
                                        .isEmpty()));
    }

    /**
     * Returns what it means that this person approves. Whoever is also somebody's deputy votes in their own place,
     * unless only the other place makes a difference.
     *
     * @param comment what the person says; may be empty
     */
    public Ruling approve(Ballot ballot, Voter voter, String comment) {
        Optional<String> excluded = separation.excludes(voter);
        if (excluded.isPresent()) {
            return new Ruling.Denied(excluded.get());
        }
        Optional<String> voted = voted(ballot, voter);
        if (voted.isPresent()) {
            return new Ruling.Denied(voted.get());
        }
        Ruling.Counted best = null;
        for (Voter place : places(ballot, voter)) {
            Set<Integer> served = served(ballot, place, ballot.stage());
            if (!served.isEmpty()) {
                String standsInFor = place == voter ? "" : place.id();
                Vote vote = new Vote(voter.id(), voter.name(), served, comment, standsInFor);
                Ballot after = ballot.with(vote);
                if (best == null || progress(after) > progress(best.ballot())) {
                    best = new Ruling.Counted(vote, after);
                }
            }
        }
        return best == null ? new Ruling.Denied(notNeeded(ballot, voter)) : best;
    }

    /**
     * Returns the votes of people who would not be let vote any more: who lost the right, a group or their account.
     *
     * @param now tells who a user is at this moment; empty for nobody
     */
    public List<Vote> lapsed(Ballot ballot, Function<String, Optional<Voter>> now) {
        return ballot.votes().stream()
                .filter(vote -> !stands(ballot, vote, now))
                .toList();
    }

    private boolean stands(Ballot ballot, Vote vote, Function<String, Optional<Voter>> now) {
        Optional<Voter> voter = now.apply(vote.voter());
        Optional<Voter> place = vote.standsInFor().isEmpty() ? voter : now.apply(vote.standsInFor());
        return voter.isPresent()
                && place.isPresent()
                && separation.excludes(voter.get()).isEmpty()
                && separation.excludes(place.get()).isEmpty()
                && served(ballot, place.get(), Integer.MAX_VALUE).containsAll(vote.serves());
    }

    /** Nobody is in two places: an absent person's vote and the deputy's are one. */
    private Optional<String> voted(Ballot ballot, Voter voter) {
        for (Vote vote : ballot.votes()) {
            if (sameUser.test(vote.voter(), voter.id())) {
                return Optional.of("You have approved this change already; it still needs "
                        + String.join(" and ", ballot.missing()) + ".");
            }
            if (!vote.standsInFor().isEmpty() && sameUser.test(vote.standsInFor(), voter.id())) {
                return Optional.of(vote.name() + " has approved this change in your place; it still needs "
                        + String.join(" and ", ballot.missing()) + ".");
            }
        }
        return Optional.empty();
    }

    private List<Voter> places(Ballot ballot, Voter voter) {
        List<Voter> places = new ArrayList<>(List.of(voter));
        represented(voter).stream()
                .filter(absent -> voted(ballot, absent).isEmpty())
                .forEach(places::add);
        return places;
    }

    /** Whoever may not approve has no right that a deputy could use. */
    private List<Voter> represented(Voter voter) {
        return voter.absent().stream()
                .filter(absent -> separation.excludes(absent).isEmpty())
                .toList();
    }

    private String notNeeded(Ballot ballot, Voter voter) {
        boolean later = places(ballot, voter).stream()
                .anyMatch(place -> !served(ballot, place, Integer.MAX_VALUE).isEmpty());
        String needs = "This change needs " + String.join(" and ", ballot.missing());
        return later ? needs + "; it is not your turn yet." : needs + "; you are not one of them.";
    }

    private static int progress(Ballot ballot) {
        return Arrays.stream(ballot.counted()).sum();
    }

    private Set<Integer> served(Ballot ballot, Voter voter, int stage) {
        Set<Integer> served = new HashSet<>();
        for (int i = 0; i < ballot.requirements().size(); i++) {
            Requirement requirement = ballot.requirements().get(i);
            if (requirement.stage() <= stage && voter.serves(requirement, sameUser, sameGroup)) {
                served.add(i);
            }
        }
        return served;
    }
}
