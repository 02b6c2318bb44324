package io.jenkins.plugins.changegate.engine.approval;

import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is asked for, and who has approved so far.
 *
 * <p>One person counts once, for one requirement only, even if several would accept the vote: two requirements of one
 * person each need two people.
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

    /** Whether every requirement is met. */
    public boolean isComplete() {
        int[] counted = counted();
        return IntStream.range(0, counted.length)
                .allMatch(i -> counted[i] >= requirements.get(i).atLeast());
    }

    /**
     * Returns how many votes count for each requirement, in an assignment of votes to requirements that lets as many
     * as possible count.
     */
    public int[] counted() {
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < requirements.size(); i++) {
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

    /** Returns what is still missing, in words; empty if complete. */
    public List<String> missing() {
        int[] counted = counted();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < counted.length; i++) {
            Requirement requirement = requirements.get(i);
            int open = requirement.atLeast() - counted[i];
            if (open > 0) {
                missing.add(open + (counted[i] > 0 ? " more" : "") + " of " + requirement.who());
            }
        }
        return missing;
    }
}
