package io.jenkins.plugins.changegate.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval.Ruling;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Votes that have lost their right since they were cast. */
class LapsedVotesTest {

    private static final Requirement LEADS =
            new Requirement(1, "leads", Set.of(new Principal(Principal.Kind.GROUP, "leads")));
    private static final Requirement TEAM =
            new Requirement(1, "team", Set.of(new Principal(Principal.Kind.USER, "tess", "team")));
    private static final Requirement ANY = new Requirement(1, "any", Set.of(Principal.ANY_APPROVER), 2);

    private final Approval approval = approval(new Person("Eve", "eve@example.org"));
    private final Map<String, Voter> now = new HashMap<>();
    private Ballot ballot = new Ballot(List.of(LEADS, TEAM, ANY), List.of());

    @BeforeEach
    void vote() {
        for (Voter voter : List.of(
                new Voter("dan", "Dan", "", Set.of(), false, List.of(lead("ada"))),
                voter("tess", Set.of(), false),
                voter("ann", Set.of(), true))) {
            now.put(voter.id(), voter);
            ballot = ((Ruling.Counted) approval.approve(ballot, voter, "")).ballot();
        }
        now.put("ada", lead("ada"));
        assertThat(ballot.isComplete()).isTrue();
    }

    @Test
    void nothingLapsesWhileNothingChanges() {
        assertThat(lapsed(approval, ballot)).isEmpty();
        now.put("dan", voter("dan", Set.of(), false));
        assertThat(lapsed(approval, ballot)).as("Ada is back").isEmpty();
    }

    @Test
    void whoeverIsGoneOrLostTheRightLapses() {
        now.remove("tess");
        now.put("ann", voter("ann", Set.of("leads"), false));
        assertThat(lapsed(approval, ballot)).containsExactly("tess", "ann");
    }

    @Test
    void voteInAPlaceLapsesWithTheRightOfTheAbsentOrTheAccountOfTheDeputy() {
        now.put("ada", voter("ada", Set.of(), true));
        assertThat(lapsed(approval, ballot)).containsExactly("dan");
        now.remove("ada");
        assertThat(lapsed(approval, ballot)).containsExactly("dan");
        now.put("ada", lead("ada"));
        now.remove("dan");
        assertThat(lapsed(approval, ballot)).containsExactly("dan");
    }

    @Test
    void voteOfSomebodyWhoTurnsOutToBeAnAuthorLapses() {
        assertThat(lapsed(approval(new Person("", "tess@example.org")), ballot)).containsExactly("tess");
        assertThat(lapsed(approval(new Person("ada", "")), ballot)).containsExactly("dan");
        assertThat(lapsed(approval(new Person("Dan", "")), ballot)).containsExactly("dan");
    }

    @Test
    void voteThroughAGroupOfTheOrganisationLapsesWithTheMembership() {
        assertThat(lapsed(approval, asOf(Map.of("team", Set.of(user("tess"), user("tom"))))))
                .isEmpty();
        assertThat(lapsed(approval, asOf(Map.of("team", Set.of(user("tom")))))).containsExactly("tess");
        assertThat(lapsed(approval, asOf(Map.of()))).containsExactly("tess");
    }

    private Ballot asOf(Map<String, Set<Principal>> groups) {
        return ballot.on(ballot.requirements().stream()
                .map(requirement -> requirement.asOf(groups))
                .toList());
    }

    private List<String> lapsed(Approval by, Ballot votes) {
        return by.lapsed(votes, id -> Optional.ofNullable(now.get(id))).stream()
                .map(Vote::voter)
                .toList();
    }

    private static Approval approval(Person author) {
        return new Approval(new Separation("", List.of(author)), String::equals, String::equals);
    }

    private static Principal user(String id) {
        return new Principal(Principal.Kind.USER, id);
    }

    private static Voter lead(String id) {
        return voter(id, Set.of("leads"), false);
    }

    private static Voter voter(String id, Set<String> groups, boolean approver) {
        return new Voter(id, "Name of " + id, "", groups, approver);
    }
}
