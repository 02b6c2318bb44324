package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval.Ruling;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who votes in the place of somebody who is absent, and when. */
class DeputyTest {

    private static final Ballot LEADS = new Ballot(List.of(of(2, "leads")), List.of());
    private static final Ballot BOTH = new Ballot(List.of(of(1, "leads"), of(1, "managers")), List.of());

    private final Approval approval = new Approval(
            new Separation("starter", List.of(new Person("Eve", "eve@example.org"))),
            String::equalsIgnoreCase,
            String::equals);

    @Test
    void deputyVotesInThePlaceOfTheAbsent() {
        Vote vote = vote(LEADS, deputy("dan", Set.of(), lead("ada")));
        assertThat(vote).isEqualTo(new Vote("dan", "Name of dan", Set.of(0), "", "ada"));
    }

    @Test
    void deputyVotesInTheirOwnPlaceIfTheOtherMakesNoDifference() {
        assertThat(vote(LEADS, deputy("dan", Set.of("leads"), lead("ada"))).standsInFor())
                .isEmpty();
        Ballot met = counted(BOTH, lead("lea"));
        assertThat(vote(met, deputy("dan", Set.of("leads"), lead("ada"))).standsInFor())
                .isEmpty();
    }

    @Test
    void deputyVotesInTheOtherPlaceIfOnlyThatMakesADifference() {
        Ballot met = counted(BOTH, lead("lea"));
        Voter manager = new Voter("max", "Max", "", Set.of("managers"), false);
        Vote vote = vote(met, deputy("dan", Set.of("leads"), lead("ada"), manager));
        assertThat(vote.standsInFor()).isEqualTo("max");
        assertThat(met.with(vote).isComplete()).isTrue();
    }

    @Test
    void whoeverMayNotApproveGivesTheirDeputyNoRight() {
        assertDenied(LEADS, deputy("dan", Set.of(), lead("eve")), "not one of them");
        assertDenied(LEADS, deputy("dan", Set.of(), lead("starter")), "not one of them");
        assertDenied(LEADS, deputy("dan", Set.of(), voter("ada")), "not one of them");
        assertThat(approval.mayReject(LEADS, deputy("dan", Set.of(), lead("eve"))))
                .isFalse();
    }

    @Test
    void absentAndDeputyAreOneVoteIfTheDeputyIsFirst() {
        Ballot one = counted(LEADS, deputy("dan", Set.of(), lead("ada")));
        assertDenied(one, lead("ada"), "Name of dan has approved this change in your place");
        assertDenied(one, lead("ADA"), "in your place");
        assertDenied(one, deputy("dan", Set.of(), lead("ada")), "approved this change already");
        assertDenied(one, deputy("dora", Set.of(), lead("ada")), "not one of them");
        assertThat(one.without("dan").votes()).isEmpty();
        assertThat(counted(one.without("dan"), lead("ada")).votes()).hasSize(1);
    }

    @Test
    void absentAndDeputyAreOneVoteIfTheAbsentIsFirst() {
        Ballot one = counted(LEADS, lead("ada"));
        assertDenied(one, deputy("dan", Set.of(), lead("ada")), "not one of them");
        assertThat(vote(one, deputy("dan", Set.of("leads"), lead("ada"))).standsInFor())
                .isEmpty();
    }

    @Test
    void deputyOfTwoHasOneVote() {
        Ballot one = counted(LEADS, deputy("dan", Set.of(), lead("ada"), lead("lea")));
        assertThat(one.isComplete()).isFalse();
        assertDenied(one, deputy("dan", Set.of(), lead("ada"), lead("lea")), "approved this change already");
        assertThat(counted(one, lead("lea")).isComplete()).isTrue();
    }

    @Test
    void twoWhoAreAbsentForEachOtherDoNotVoteTwice() {
        Ballot one = counted(LEADS, deputy("dan", Set.of(), lead("ada")));
        assertDenied(one, deputy("ada", Set.of("leads"), voter("dan")), "in your place");
    }

    @Test
    void deputyWhoIsAnAuthorIsDenied() {
        assertDenied(LEADS, deputy("eve", Set.of("leads"), lead("ada")), "You are an author");
        assertDenied(LEADS, deputy("starter", Set.of(), lead("ada")), "You started this run");
        assertThat(approval.mayReject(LEADS, deputy("eve", Set.of(), lead("ada"))))
                .isFalse();
    }

    @Test
    void deputyMayRejectLikeTheAbsent() {
        assertThat(approval.mayReject(LEADS, deputy("dan", Set.of(), lead("ada"))))
                .isTrue();
        assertThat(approval.mayReject(LEADS, deputy("dan", Set.of(), voter("zoe"))))
                .isFalse();
    }

    @Test
    void deputyWaitsForTheTurnOfTheAbsent() {
        Requirement later = new Requirement(1, "leads", of(1, "leads").from(), 2);
        Ballot two = new Ballot(List.of(of(1, "managers"), later), List.of());
        assertDenied(two, deputy("dan", Set.of(), lead("ada")), "it is not your turn yet");
    }

    private static Requirement of(int atLeast, String group) {
        return new Requirement(atLeast, group, Set.of(new Principal(Principal.Kind.GROUP, group)));
    }

    private static Voter voter(String id) {
        return new Voter(id, "Name of " + id, "", Set.of(), false);
    }

    private static Voter lead(String id) {
        return new Voter(id, "Name of " + id, "", Set.of("leads"), false);
    }

    private static Voter deputy(String id, Set<String> groups, Voter... absent) {
        return new Voter(id, "Name of " + id, "", groups, false, List.of(absent));
    }

    private Ballot counted(Ballot ballot, Voter voter) {
        return ballot.with(vote(ballot, voter));
    }

    private Vote vote(Ballot ballot, Voter voter) {
        Ruling ruling = approval.approve(ballot, voter, "");
        assertThat(ruling).isInstanceOf(Ruling.Counted.class);
        return ((Ruling.Counted) ruling).vote();
    }

    private void assertDenied(Ballot ballot, Voter voter, String because) {
        assertThat(approval.denies(ballot, voter))
                .hasValueSatisfying(reason -> assertThat(reason).contains(because));
    }
}
