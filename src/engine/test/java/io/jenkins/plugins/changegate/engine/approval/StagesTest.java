package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval.Ruling;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requirements that are asked one after another. */
class StagesTest {

    private static final Requirement MANAGERS = of(1, "managers", 3);
    private static final Requirement LEADS = of(2, "leads", 1);
    private static final Requirement OWNERS = of(1, "owners", 1);
    private static final Ballot EMPTY = new Ballot(List.of(MANAGERS, LEADS, OWNERS), List.of());

    private final Approval approval = new Approval(new Separation("", List.of()), String::equals, String::equals);

    @Test
    void laterStageIsNotOpenBeforeTheEarlierIsMet() {
        assertThat(EMPTY.stage()).isEqualTo(1);
        assertDenied(EMPTY, voter("mia", "managers"), "it is not your turn yet");
        Ballot one = counted(EMPTY, voter("lea", "leads"));
        Ballot two = counted(one, voter("leo", "leads"));
        assertThat(two.stage()).isEqualTo(1);
        assertDenied(two, voter("mia", "managers"), "it is not your turn yet");
        Ballot three = counted(two, voter("ona", "owners"));
        assertThat(three.stage()).isEqualTo(3);
        assertThat(three.isComplete()).isFalse();
        Ballot four = counted(three, voter("mia", "managers"));
        assertThat(four.isComplete()).isTrue();
        assertThat(four.missing()).isEmpty();
        assertThat(four.stage()).isGreaterThan(3);
    }

    @Test
    void whoeverIsNeverAskedIsToldSoAndNotToWait() {
        assertDenied(EMPTY, voter("zoe", "others"), "you are not one of them");
    }

    @Test
    void missingSaysWhatIsAskedNowAndThenWhatIsAskedLater() {
        assertThat(EMPTY.missing()).containsExactly("2 of leads", "1 of owners", "then 1 of managers");
        Ballot one = counted(EMPTY, voter("lea", "leads"));
        assertThat(one.missing()).containsExactly("1 more of leads", "1 of owners", "then 1 of managers");
        Ballot stage = counted(counted(one, voter("leo", "leads")), voter("ona", "owners"));
        assertThat(stage.missing()).containsExactly("1 of managers");
        assertThat(new Ballot(List.of(of(1, "late", 9)), List.of()).missing()).containsExactly("1 of late");
    }

    @Test
    void voteThatIsTakenBackOpensItsStageAgain() {
        Ballot complete = counted(
                counted(counted(counted(EMPTY, voter("lea", "leads")), voter("leo", "leads")), voter("ona", "owners")),
                voter("mia", "managers"));
        Ballot without = complete.without("ona");
        assertThat(without.isComplete()).isFalse();
        assertThat(without.stage()).isEqualTo(1);
        assertThat(without.missing()).containsExactly("1 of owners");
        assertThat(complete.without("LEA")).isEqualTo(complete);
        Ballot later = complete.without("mia").without("lea");
        assertThat(later.missing()).containsExactly("1 more of leads", "then 1 of managers");
        assertDenied(later, voter("max", "managers"), "it is not your turn yet");
        assertThat(counted(without, voter("ona", "owners")).isComplete()).isTrue();
    }

    @Test
    void voteInAnEarlierStageIsTheOnlyOne() {
        Ballot two = new Ballot(List.of(of(1, "leads", 1), of(1, "managers", 2)), List.of());
        Ballot one = counted(two, voter("ada", "leads", "managers"));
        assertThat(one.isComplete()).isFalse();
        assertThat(one.votes().get(0).serves()).containsExactly(0);
        assertDenied(one, voter("ada", "leads", "managers"), "approved this change already");
        assertThat(counted(one, voter("max", "managers")).isComplete()).isTrue();
    }

    @Test
    void lateVoteStepsInForAnEarlyOneThatIsTakenBack() {
        Ballot two = new Ballot(List.of(of(1, "leads", 1), of(1, "managers", 2)), List.of());
        Ballot complete = counted(counted(two, voter("lea", "leads")), voter("ada", "leads", "managers"));
        assertThat(complete.isComplete()).isTrue();
        // Ada is a lead as well, so the first stage stays met, and somebody is missing in the second.
        assertThat(complete.without("lea").missing()).containsExactly("1 of managers");
    }

    @Test
    void whoeverIsAskedLaterMayRejectNow() {
        assertThat(approval.mayReject(EMPTY, voter("mia", "managers"))).isTrue();
        assertThat(approval.mayReject(EMPTY, voter("zoe", "others"))).isFalse();
    }

    private static Requirement of(int atLeast, String group, int stage) {
        return new Requirement(atLeast, group, Set.of(new Principal(Principal.Kind.GROUP, group)), stage);
    }

    private static Voter voter(String id, String... groups) {
        return new Voter(id, id, "", Set.of(groups), false);
    }

    private Ballot counted(Ballot ballot, Voter voter) {
        Ruling ruling = approval.approve(ballot, voter, "");
        assertThat(ruling).isInstanceOf(Ruling.Counted.class);
        return ((Ruling.Counted) ruling).ballot();
    }

    private void assertDenied(Ballot ballot, Voter voter, String because) {
        assertThat(approval.denies(ballot, voter))
                .hasValueSatisfying(reason -> assertThat(reason).contains(because));
    }
}
