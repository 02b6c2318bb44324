package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a vote and a voter say when nothing is said, and that they stay as they are. */
class VotePartsTest {

    @Test
    void voteIsInOnesOwnPlaceAndWithoutACommentUnlessSaid() {
        Vote bare = new Vote("ada", "Ada", Set.of(1));
        assertThat(bare.comment()).isEmpty();
        assertThat(bare.standsInFor()).isEmpty();
        assertThat(new Vote("ada", "Ada", Set.of(1), null, null)).isEqualTo(bare);
    }

    @Test
    void commentIsKept() {
        Approval approval = new Approval(new Separation("", List.of()), String::equals, String::equals);
        Ballot ballot = new Ballot(List.of(Requirement.ONE_APPROVER), List.of());
        Voter ann = new Voter("ann", "Ann", "", Set.of(), true);
        assertThat(approval.approve(ballot, ann, "Looks fine."))
                .isInstanceOfSatisfying(
                        Approval.Ruling.Counted.class,
                        counted -> assertThat(counted.ballot().votes())
                                .containsExactly(new Vote("ann", "Ann", Set.of(0), "Looks fine.", "")));
    }

    @Test
    void voterIsNobodysDeputyUnlessSaid() {
        assertThat(new Voter("ada", "Ada", "", Set.of(), false).absent()).isEmpty();
    }

    @Test
    void whatIsHandedOverIsCopied() {
        Set<Integer> serves = new HashSet<>(Set.of(0));
        Set<String> groups = new HashSet<>(Set.of("leads"));
        Vote vote = new Vote("ada", "Ada", serves);
        Voter voter = new Voter("ada", "Ada", "", groups, false);
        serves.add(1);
        groups.add("managers");
        assertThat(vote.serves()).containsExactly(0);
        assertThat(voter.groups()).containsExactly("leads");
    }

    @Test
    void groupThatIsEmptyNowIsServedByNobodyNotEvenByWhoeverHasNoId() {
        Requirement gone =
                new Requirement(1, "team", Set.of(new Principal(Principal.Kind.USER, "ada", "team"))).asOf(Map.of());
        for (String id : List.of("", "ada", "team", " ")) {
            Voter voter = new Voter(id, "", "", Set.of("", "team"), true);
            assertThat(voter.serves(gone, String::equals, String::equals))
                    .as("'%s'", id)
                    .isFalse();
        }
    }
}
