package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval.Ruling;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a click means. */
class ApprovalTest {

    private static final Requirement LEADS =
            new Requirement(2, "leads", Set.of(new Principal(Principal.Kind.GROUP, "leads")));
    private static final Requirement BOB = new Requirement(1, "bob", Set.of(new Principal(Principal.Kind.USER, "bob")));
    private static final Ballot EMPTY = new Ballot(List.of(LEADS, BOB), List.of());

    private final Approval approval = new Approval(
            new Separation("starter", List.of(new Person("Eve", "eve@example.org"))),
            String::equalsIgnoreCase,
            String::equals);

    @Test
    void whoeverIsEntitledIsCountedAndTheLastOneCompletes() {
        Ballot one = counted(EMPTY, lead("ada"));
        Ballot two = counted(one, voter("bob"));
        assertThat(two.missing()).containsExactly("1 more of leads");
        Ruling last = approval.approve(two, lead("cleo"), "");
        assertThat(last).isInstanceOfSatisfying(Ruling.Counted.class, completed -> {
            assertThat(completed.vote()).isEqualTo(new Vote("cleo", "Name of cleo", Set.of(0)));
            assertThat(completed.ballot().isComplete()).isTrue();
            assertThat(completed.ballot().votes()).hasSize(3);
        });
    }

    @Test
    void whoeverIsNotEntitledIsDenied() {
        assertDenied(EMPTY, voter("zoe"), "2 of leads and 1 of bob");
        assertDenied(EMPTY, new Voter("", "", "", Set.of(), false), "not one of them");
        assertDenied(EMPTY, new Voter("zoe", "leads", "leads", Set.of("Leads", "lead"), true), "not one of them");
    }

    @Test
    void holderOfThePermissionCountsOnlyWhereThePermissionIsAsked() {
        Voter administrator = new Voter("admin", "Administrator", "", Set.of("authenticated", "admins"), true);
        assertDenied(EMPTY, administrator, "not one of them");
        Ballot anyone = new Ballot(List.of(Requirement.ONE_APPROVER), List.of());
        assertThat(approval.approve(anyone, administrator, "")).isInstanceOf(Ruling.Counted.class);
        assertDenied(anyone, lead("ada"), "holders of Change/Approve");
    }

    @Test
    void ownChangeIsDeniedAlsoToTheEntitled() {
        assertDenied(EMPTY, lead("starter"), "You started this run");
        assertDenied(EMPTY, lead("eve"), "You are an author");
        assertDenied(EMPTY, new Voter("x", "", "EVE@example.org", Set.of("leads"), true), "You are an author");
        assertThat(approval.mayReject(EMPTY, lead("eve"))).isFalse();
    }

    @Test
    void secondVoteOfOnePersonIsDenied() {
        Ballot one = counted(EMPTY, lead("ada"));
        assertDenied(one, lead("ada"), "approved this change already");
        assertDenied(one, lead("ADA"), "approved this change already");
        assertDenied(one, lead("ada"), "1 more of leads and 1 of bob");
    }

    @Test
    void sameUserAndGroupAreWhatTheSecurityRealmSays() {
        Approval strict = new Approval(new Separation("", List.of()), String::equals, String::equalsIgnoreCase);
        assertThat(strict.denies(EMPTY, voter("BOB"))).isPresent();
        assertThat(strict.denies(EMPTY, new Voter("x", "", "", Set.of("LEADS"), false)))
                .isEmpty();
        assertThat(approval.denies(EMPTY, voter("BOB"))).isEmpty();
    }

    @Test
    void whoeverMayApproveMayRejectAlsoAfterwards() {
        assertThat(approval.mayReject(EMPTY, lead("ada"))).isTrue();
        assertThat(approval.mayReject(counted(EMPTY, lead("ada")), lead("ada"))).isTrue();
        assertThat(approval.mayReject(EMPTY, voter("zoe"))).isFalse();
        assertThat(approval.mayReject(EMPTY, new Voter("admin", "", "", Set.of("admins"), true)))
                .isFalse();
    }

    @Test
    void sameClickAlwaysGetsTheSameAnswer() {
        assertThat(approval.approve(EMPTY, lead("ada"), "")).isEqualTo(approval.approve(EMPTY, lead("ada"), ""));
        assertThat(EMPTY.votes()).isEmpty();
    }

    private static Voter voter(String id) {
        return new Voter(id, "Name of " + id, id + "@example.org", Set.of(), false);
    }

    private static Voter lead(String id) {
        return new Voter(id, "Name of " + id, id + "@example.org", Set.of("leads", "users"), false);
    }

    private Ballot counted(Ballot ballot, Voter voter) {
        Ruling ruling = approval.approve(ballot, voter, "");
        assertThat(ruling).isInstanceOf(Ruling.Counted.class);
        return ((Ruling.Counted) ruling).ballot();
    }

    private void assertDenied(Ballot ballot, Voter voter, String because) {
        assertThat(approval.approve(ballot, voter, ""))
                .isInstanceOfSatisfying(
                        Ruling.Denied.class,
                        denied -> assertThat(denied.because()).contains(because));
        assertThat(approval.denies(ballot, voter)).isPresent();
    }
}
