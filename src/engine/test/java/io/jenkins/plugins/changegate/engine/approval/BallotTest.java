package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which votes count for which requirement: one person once, and as many as possible. */
class BallotTest {

    private static final long SEED = 577_215;
    private static final int CASES = 2_000;

    private final Random random = new Random(SEED);

    @Test
    void asManyVotesCountAsTheBestAssignmentLets() {
        System.out.println("Seed: " + SEED);
        for (int i = 0; i < CASES; i++) {
            Ballot ballot = randomBallot();
            int[] counted = ballot.counted();
            assertThat(Arrays.stream(counted).sum()).as("%s", ballot).isEqualTo(best(ballot, 0, new int[3]));
            for (int r = 0; r < counted.length; r++) {
                assertThat(counted[r]).isBetween(0, ballot.requirements().get(r).atLeast());
            }
            int needed = ballot.requirements().stream()
                    .mapToInt(Requirement::atLeast)
                    .sum();
            assertThat(ballot.isComplete()).isEqualTo(Arrays.stream(counted).sum() == needed);
            assertThat(ballot.missing().isEmpty()).isEqualTo(ballot.isComplete());
        }
    }

    @Test
    void oneMoreVoteNeverMakesABallotLessComplete() {
        for (int i = 0; i < CASES; i++) {
            Ballot ballot = randomBallot();
            Ballot more =
                    ballot.with(vote("late", randomServes(ballot.requirements().size())));
            assertThat(more.isComplete() || !ballot.isComplete()).as("%s", more).isTrue();
            assertThat(Arrays.stream(more.counted()).sum())
                    .isGreaterThanOrEqualTo(Arrays.stream(ballot.counted()).sum());
        }
    }

    @Test
    void onePersonOfTwoGroupsCountsOnce() {
        Ballot ballot = new Ballot(List.of(of(1, "leads"), of(1, "managers")), List.of(vote("ada", Set.of(0, 1))));
        assertThat(ballot.isComplete()).isFalse();
        assertThat(ballot.missing()).hasSize(1);
        assertThat(ballot.with(vote("bob", Set.of(0, 1))).isComplete()).isTrue();
    }

    @Test
    void earlierVoteMovesToMakeRoom() {
        Ballot ballot = new Ballot(List.of(of(1, "leads"), of(1, "managers")), List.of(vote("ada", Set.of(0, 1))));
        assertThat(ballot.with(vote("bob", Set.of(0))).isComplete()).isTrue();
        assertThat(ballot.with(vote("bob", Set.of(1))).isComplete()).isTrue();
    }

    @Test
    void missingIsSaidInWords() {
        Ballot ballot = new Ballot(List.of(of(3, "leads"), of(1, "managers")), List.of());
        assertThat(ballot.missing()).containsExactly("3 of leads", "1 of managers");
        assertThat(ballot.with(vote("ada", Set.of(0))).missing()).containsExactly("2 more of leads", "1 of managers");
    }

    @Test
    void voteThatServesNothingCountsNothing() {
        Ballot ballot = new Ballot(List.of(of(1, "leads")), List.of(vote("ada", Set.of()), vote("bob", Set.of(7))));
        assertThat(ballot.isComplete()).isFalse();
    }

    @Test
    void hugeRequirementsAreNeverMetByOverflow() {
        int quarter = 1 << 30;
        List<Requirement> four = List.of(of(quarter, "a"), of(quarter, "b"), of(quarter, "c"), of(quarter, "d"));
        assertThat(new Ballot(four, List.of()).isComplete()).isFalse();
        assertThat(new Ballot(List.of(of(Integer.MAX_VALUE, "a")), List.of(vote("ada", Set.of(0)))).isComplete())
                .isFalse();
    }

    private static Requirement of(int atLeast, String group) {
        return new Requirement(atLeast, group, Set.of(new Principal(Principal.Kind.GROUP, group)));
    }

    private static Vote vote(String voter, Set<Integer> serves) {
        return new Vote(voter, voter, serves);
    }

    private Ballot randomBallot() {
        List<Requirement> requirements = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            requirements.add(of(1 + random.nextInt(3), "group " + n));
        }
        List<Vote> votes = new ArrayList<>();
        for (int n = random.nextInt(6); n > 0; n--) {
            votes.add(vote("voter " + n, randomServes(requirements.size())));
        }
        return new Ballot(requirements, votes);
    }

    private Set<Integer> randomServes(int size) {
        Set<Integer> serves = new HashSet<>();
        for (int r = 0; r < size; r++) {
            if (random.nextBoolean()) {
                serves.add(r);
            }
        }
        return serves;
    }

    /** Tries every assignment. */
    private static int best(Ballot ballot, int vote, int[] used) {
        if (vote == ballot.votes().size()) {
            return 0;
        }
        int best = best(ballot, vote + 1, used);
        for (int r : ballot.votes().get(vote).serves()) {
            if (used[r] < ballot.requirements().get(r).atLeast()) {
                used[r]++;
                best = Math.max(best, 1 + best(ballot, vote + 1, used));
                used[r]--;
            }
        }
        return best;
    }
}
