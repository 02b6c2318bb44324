package io.jenkins.plugins.changegate.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.approval.Voter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may vote for a requirement, today and when others stand in. */
class RequirementTest {

    private static final Principal TESS = user("tess");
    private static final Principal TOM = user("tom");
    private static final Principal BOB = user("bob");

    /** Tess through the organisation's group, Bob by name. */
    private static final Requirement LEADS = new Requirement(2, "leads, bob", Set.of(TESS.in("leads"), BOB), 3);

    @Test
    void memberOfAGroupOfTheOrganisationIsWhoeverIsInItNow() {
        assertServed(LEADS, "tess", "bob");
        assertServed(LEADS.asOf(Map.of("leads", Set.of(TESS, TOM))), "tess", "tom", "bob");
        assertServed(LEADS.asOf(Map.of("leads", Set.of(TOM))), "tom", "bob");
    }

    @Test
    void emptyOrMissingGroupLeavesOnlyThoseMeantByName() {
        assertServed(LEADS.asOf(Map.of("leads", Set.of())), "bob");
        assertServed(LEADS.asOf(Map.of("others", Set.of(TESS))), "bob");
        Requirement only = new Requirement(1, "leads", Set.of(TESS.in("leads")));
        assertServed(only.asOf(Map.of()));
    }

    @Test
    void groupIsNotForgottenWhenItIsEmptyForAWhile() {
        Requirement empty = LEADS.asOf(Map.of());
        assertServed(empty.asOf(Map.of("leads", Set.of(TOM))), "tom", "bob");
    }

    @Test
    void whoeverIsMeantByNameStaysWhateverTheGroupsSay() {
        Requirement named = new Requirement(1, "bob", Set.of(BOB, Principal.ANY_APPROVER));
        assertThat(named.asOf(Map.of("bob", Set.of(TOM)))).isEqualTo(named);
        Requirement both = new Requirement(1, "leads, tess", Set.of(TESS.in("leads"), TESS));
        assertServed(both.asOf(Map.of("leads", Set.of(TOM))), "tess", "tom");
    }

    @Test
    void numberAndStageStayAsTheyWere() {
        Requirement now = LEADS.asOf(Map.of("leads", Set.of(TOM)));
        assertThat(List.of(now.atLeast(), now.stage(), now.who())).containsExactly(2, 3, "leads, bob");
        Requirement more = LEADS.or("duty", Set.of(TOM));
        assertThat(List.of(more.atLeast(), more.stage())).containsExactly(2, 3);
    }

    @Test
    void othersMayMeetItAsWell() {
        Requirement more = LEADS.or("duty", Set.of(TOM));
        assertServed(more, "tess", "bob", "tom");
        assertThat(more.words()).isEqualTo("2 of leads, bob or duty");
        assertThat(LEADS.or("leads, bob", Set.of(TOM)).words()).isEqualTo("2 of leads, bob");
    }

    @Test
    void standInsThroughAGroupAreThoseInItNow() {
        Requirement more = LEADS.or("duty", Set.of(user("zoe").in("duty")));
        assertServed(more.asOf(Map.of("leads", Set.of(TESS), "duty", Set.of(TOM))), "tess", "bob", "tom");
    }

    @Test
    void stageIsTheFirstUnlessItIsLater() {
        assertThat(new Requirement(1, "a", Set.of(BOB)).stage()).isEqualTo(1);
        assertThat(new Requirement(1, "a", Set.of(BOB), 0).stage()).isEqualTo(1);
        assertThat(new Requirement(1, "a", Set.of(BOB), -7).stage()).isEqualTo(1);
        assertThat(new Requirement(1, "a", Set.of(BOB), 9).stage()).isEqualTo(9);
    }

    @Test
    void requirementOfNobodyIsNone() {
        assertThatThrownBy(() -> new Requirement(0, "a", Set.of(BOB))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Requirement(1, "a", Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertServed(Requirement requirement, String... users) {
        assertThat(List.of("tess", "tom", "bob", "zoe", "leads"))
                .filteredOn(id ->
                        new Voter(id, id, "", Set.of(), false).serves(requirement, String::equals, String::equals))
                .containsExactlyInAnyOrder(users);
    }

    private static Principal user(String id) {
        return new Principal(Principal.Kind.USER, id);
    }
}
