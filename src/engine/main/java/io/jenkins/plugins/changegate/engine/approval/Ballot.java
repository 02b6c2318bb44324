package io.jenkins.plugins.changegate.engine.approval;

import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is asked for, and who has approved so far.
 *
 * <p>One person counts once, for one requirement only, even if several would accept the vote: two requirements of one
 * person each need two people. Requirements of a later stage are asked when all of the earlier stages are met.
 *
 * @param requirements what is asked for
 * @param votes the approvals so far, at most one of a person
 */
public record Ballot(List<Requirement> requirements, List<Vote> votes) {

    public Ballot {
        requirements = List.copyOf(requirements);
        votes = List.copyOf(votes);
    }

    /** Returns this ballot with one more vote. */
    public Ballot with(Vote vote) {
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        return new Ballot(requirements, all);
    }

    /**
     * Returns this ballot without a person's vote.
     *
     * @param voter the user's id, exactly as in the vote
     */
    public Ballot without(String voter) {
        return new Ballot(
                requirements,
                votes.stream().filter(vote -> !vote.voter().equals(voter)).toList());
    }

    /** Returns the same votes on other requirements, of which there must be as many, in the same order. */
    public Ballot on(List<Requirement> others) {
        return new Ballot(others, votes);
    }

    /** Whether every requirement is met. */
    public boolean isComplete() {
        return unmet(counted()).isEmpty();
    }

    /** Returns the stage that is asked now: the earliest with an unmet requirement, or beyond all if all are met. */
    public int stage() {
        return unmet(counted()).stream()
                .mapToInt(i -> requirements.get(i).stage())
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    private List<Integer> unmet(int[] counted) {
        return byStage().stream()
                .filter(i -> counted[i] < requirements.get(i).atLeast())
                .toList();
    }

    private List<Integer> byStage() {
        return IntStream.range(0, requirements.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> requirements.get(i).stage()))
                .toList();
    }

    /**
     * Returns how many votes count for each requirement, in an assignment of votes to requirements that lets as many
     * as possible count, those of earlier stages first.
     */
    public int[] counted() {
        List<Integer> slots = new ArrayList<>();
        for (int i : byStage()) {
            for (int n = 0; n < requirements.get(i).atLeast() && n < votes.size(); n++) {
                slots.add(i);
            }
        }
        int[] slotOfVote = new int[votes.size()];
        Arrays.fill(slotOfVote, -1);
        int[] counted = new int[requirements.size()];
        for (int slot = 0; slot < slots.size(); slot++) {
            if (fill(slot, slots, slotOfVote, new boolean[votes.size()])) {
                counted[slots.get(slot)]++;
            }
        }
        return counted;
    }

    /** Kuhn's augmenting paths for a maximum bipartite matching: gives a slot a vote, moving others if need be. */
    private boolean fill(int slot, List<Integer> slots, int[] slotOfVote, boolean[] tried) {
        for (int vote = 0; vote < votes.size(); vote++) {
            if (!tried[vote] && votes.get(vote).serves().contains(slots.get(slot))) {
                tried[vote] = true;
                if (slotOfVote[vote] < 0 || fill(slotOfVote[vote], slots, slotOfVote, tried)) {
                    slotOfVote[vote] = slot;
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns what is still missing, in words, what is asked now first; empty if complete. */
    public List<String> missing() {
        int[] counted = counted();
        List<Integer> unmet = unmet(counted);
        List<String> missing = new ArrayList<>();
        for (int i : unmet) {
            Requirement requirement = requirements.get(i);
            boolean later = requirement.stage() > requirements.get(unmet.get(0)).stage();
            int open = requirement.atLeast() - counted[i];
            missing.add((later ? "then " : "") + open + (counted[i] > 0 ? " more" : "") + " of " + requirement.who());
        }
        return missing;
    }
}
