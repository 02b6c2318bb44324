package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change's number, and the state that follows from its history. */
class ChangeRecordTest {

    @Test
    void numberIsWrittenWithSixDigitsAndReadAgain() {
        assertThat(ChangeRecord.id(1)).isEqualTo("CHG-000001");
        for (long number : new long[] {1, 999_999, 1_000_000, 123_456_789_012L}) {
            assertThat(ChangeRecord.number(ChangeRecord.id(number))).contains(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CHG-",
                "CHG-1",
                "chg-000001",
                "CHG-00000x",
                "CHG-000001 ",
                "CHG-99999999999999999999",
                "../1"
            })
    void whatIsNoNumberIsNone(String id) {
        assertThat(ChangeRecord.number(id)).isEmpty();
    }

    @Test
    void recordBeginsWithItsOpening() {
        assertThatThrownBy(() -> new ChangeRecord(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChangeRecord(1, List.of(Events.approved("ada"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyThreeDecisionsLetADeploymentFollow() {
        Set<Decision> letting = EnumSet.noneOf(Decision.class);
        for (Decision decision : Decision.values()) {
            ChangeRecord record = new ChangeRecord(1, List.of(Events.opened("s", "e"), Events.decided(decision)));
            assertThat(record.isDeploying()).isEqualTo(decision.lets());
            assertThat(record.decided()).isPresent();
            if (decision.lets()) {
                letting.add(decision);
            }
        }
        assertThat(letting).containsExactlyInAnyOrder(Decision.PASSED, Decision.APPROVED, Decision.OVERRIDDEN);
    }

    @Test
    void endedRecordIsNotDeploying() {
        ChangeRecord record = new ChangeRecord(
                1,
                List.of(
                        Events.opened("s", "e"),
                        Events.decided(Decision.PASSED),
                        Events.ended(Outcome.SUCCESSFUL_WITH_ISSUES)));
        assertThat(record.isDeploying()).isFalse();
        assertThat(record.ended().orElseThrow().outcome().isDeployed()).isTrue();
        assertThat(Outcome.UNSUCCESSFUL.isDeployed()).isFalse();
    }

    @Test
    void firstDecisionCounts() {
        ChangeRecord record = new ChangeRecord(
                1,
                List.of(Events.opened("s", "e"), Events.decided(Decision.REJECTED), Events.decided(Decision.APPROVED)));
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.REJECTED);
        assertThat(record.isDeploying()).isFalse();
    }

    @Test
    void ballotFollowsWhatHappened() {
        ChangeEvent.Approved ada = Events.approved("ada");
        ChangeEvent.Approved bob = Events.approved("bob");
        ChangeEvent.Withdrawn withdrawn = new ChangeEvent.Withdrawn(Events.AT, "ada", "She took it back.");
        assertThat(voters(record())).isEmpty();
        assertThat(voters(record(ada, bob))).containsExactly("ada", "bob");
        assertThat(voters(record(ada, bob, withdrawn))).containsExactly("bob");
        assertThat(voters(record(ada, withdrawn, bob, ada))).containsExactly("bob", "ada");
        assertThat(voters(record(withdrawn, ada))).containsExactly("ada");
        assertThat(voters(record(ada, new ChangeEvent.Reminded(Events.AT)))).containsExactly("ada");
    }

    @Test
    void standInsMayVoteForEveryRequirementOnceItIsEscalated() {
        Terms.Escalation escalation = Events.TERMS.escalation().orElseThrow();
        Voter zoe = new Voter("zoe", "Zoe", "", Set.of(), false);
        Approval approval = new Approval(new Separation("", List.of()), String::equals, String::equals);
        ChangeRecord before = record(Events.approved("ada"));
        ChangeRecord after = record(
                Events.approved("ada"), new ChangeEvent.Escalated(Events.AT, escalation), Events.approved("bob"));
        assertThat(approval.denies(before.ballot(), zoe)).isPresent();
        assertThat(approval.denies(after.ballot(), zoe)).isEmpty();
        assertThat(voters(after)).containsExactly("ada", "bob");
        assertThat(after.ballot().requirements())
                .isNotEmpty()
                .allMatch(requirement -> requirement.from().containsAll(escalation.to()))
                .allMatch(requirement -> requirement.words().endsWith(" or on-call"));
        assertThat(after.ballot().requirements().get(0).from())
                .containsAll(before.ballot().requirements().get(0).from());
        assertThat(after.opened().judgement().verdict().requirements())
                .as("what was asked for stays on record")
                .isEqualTo(before.ballot().requirements());
    }

    @Test
    void withoutItsDeltaEverythingElseIsThere() {
        ChangeRecord full = record(Events.approved("ada"), Events.decided(Decision.APPROVED));
        ChangeRecord slim = full.withoutDelta();
        assertThat(full.opened().delta()).isNotNull();
        assertThat(slim.opened().delta()).isNull();
        assertThat(slim).usingRecursiveComparison().ignoringFields("history").isEqualTo(full);
        assertThat(slim.version()).isEqualTo(full.version());
        assertThat(slim.history().subList(1, 3)).isEqualTo(full.history().subList(1, 3));
        assertThat(slim.opened())
                .usingRecursiveComparison()
                .ignoringFields("delta")
                .isEqualTo(full.opened());
        assertThat(slim.withoutDelta()).isEqualTo(slim);
    }

    @Test
    void reviewIsDueAfterAnOverrideOrAFailureAndElseNot() {
        for (Decision decision : Decision.values()) {
            assertThat(record(Events.decided(decision)).review().isPresent())
                    .as(decision.key())
                    .isEqualTo(decision == Decision.OVERRIDDEN);
            for (Outcome outcome : Outcome.values()) {
                assertThat(record(Events.decided(decision), Events.ended(outcome))
                                .review()
                                .isPresent())
                        .as(decision.key() + " " + outcome.key())
                        .isEqualTo(decision == Decision.OVERRIDDEN || outcome == Outcome.UNSUCCESSFUL);
            }
        }
        assertThat(record().review()).isEmpty();
        assertThat(record(Events.decided(Decision.OVERRIDDEN), Events.ended(Outcome.UNSUCCESSFUL))
                        .review())
                .hasValueSatisfying(because -> assertThat(because).contains("without the approvals"));
    }

    @Test
    void aReviewIsDueUntilOneIsHeldAfterItsLastCause() {
        ChangeEvent let = Events.decided(Decision.PASSED);
        ChangeEvent well = Events.ended(Outcome.SUCCESSFUL);
        ChangeEvent failed = Events.corrected(Outcome.UNSUCCESSFUL);
        assertThat(record(let, well, failed).review()).contains("Its deployment was unsuccessful.");
        assertThat(record(let, well, failed, Events.reviewed()).review()).isEmpty();
        assertThat(record(let, well, failed, Events.reviewed(), Events.incident("INC7"))
                        .review())
                .contains("It caused INC7.");
        assertThat(record(let, well, failed, Events.corrected(Outcome.SUCCESSFUL))
                        .review())
                .as("there is no failure any more")
                .isEmpty();
        assertThat(record(Events.decided(Decision.OVERRIDDEN), Events.reviewed(), Events.ended(Outcome.UNSUCCESSFUL))
                        .review())
                .contains("Its deployment was unsuccessful.");
        assertThat(record(Events.decided(Decision.OVERRIDDEN), well, Events.corrected(Outcome.SUCCESSFUL))
                        .review())
                .isPresent();
    }

    @Test
    void aLinkCountsOnceWithTheAddressThatWasGivenLast() {
        Link plain = new Link(Link.Kind.INCIDENT, "INC1", "");
        Link first = new Link(Link.Kind.INCIDENT, "INC1", "https://one.example/1");
        Link second = new Link(Link.Kind.INCIDENT, "INC1", "https://two.example/1");
        Link other = new Link(Link.Kind.WORK_ITEM, "INC1", "");
        List<ChangeEvent> linked = Stream.of(plain, first, other, second, plain)
                .<ChangeEvent>map(link -> new ChangeEvent.Linked(Events.AT, link, ""))
                .toList();
        assertThat(record(linked.toArray(ChangeEvent[]::new)).links()).containsExactly(second, other);
    }

    private static ChangeRecord record(ChangeEvent... events) {
        List<ChangeEvent> history = new ArrayList<>(List.of(Events.opened("s", "e")));
        history.addAll(List.of(events));
        return new ChangeRecord(1, history);
    }

    private static List<String> voters(ChangeRecord record) {
        return record.ballot().votes().stream().map(Vote::voter).toList();
    }

    @Test
    void whatWasSaidOfTheDeploymentLastCounts() {
        ChangeRecord deployed = new ChangeRecord(
                1,
                List.of(
                        Events.opened("s", "e"),
                        Events.decided(Decision.PASSED),
                        Events.ended(Outcome.SUCCESSFUL),
                        new ChangeEvent.Corrected(Events.AT, Outcome.SUCCESSFUL_WITH_ISSUES, "ada", "Slow."),
                        new ChangeEvent.Corrected(Events.AT, Outcome.UNSUCCESSFUL, "tom", "Lost orders.")));
        assertThat(deployed.ended().orElseThrow().outcome()).isEqualTo(Outcome.SUCCESSFUL);
        assertThat(deployed.outcome()).contains(Outcome.UNSUCCESSFUL);
        assertThat(deployed.isFailed()).isTrue();
        assertThat(ChangeState.of(deployed))
                .as("a word about it takes nothing away from where it runs")
                .isEqualTo(ChangeState.DEPLOYED);
    }

    @Test
    void anIncidentMakesItAFailureAndAWorkItemDoesNot() {
        Link story = new Link(Link.Kind.WORK_ITEM, "SHOP-42", "");
        Link incident = new Link(Link.Kind.INCIDENT, "INC0010023", "https://incidents.example/INC0010023");
        List<ChangeEvent> history = new ArrayList<>(List.of(
                Events.opened("s", "e"),
                Events.decided(Decision.PASSED),
                Events.ended(Outcome.SUCCESSFUL),
                new ChangeEvent.Linked(Events.AT, story, "")));
        assertThat(new ChangeRecord(1, history).isFailed()).isFalse();
        history.add(new ChangeEvent.Linked(Events.AT, incident, "ada"));
        history.add(new ChangeEvent.Linked(Events.AT, incident, "tom"));
        ChangeRecord failed = new ChangeRecord(1, history);
        assertThat(failed.isFailed()).isTrue();
        assertThat(failed.outcome()).contains(Outcome.SUCCESSFUL);
        assertThat(failed.links()).containsExactly(story, incident);
    }

    @Test
    void whatWasLinkedWronglyIsTakenBackAndCanBeLinkedAgain() {
        List<ChangeEvent> history = new ArrayList<>(List.of(
                Events.opened("s", "e"),
                Events.decided(Decision.PASSED),
                Events.ended(Outcome.SUCCESSFUL),
                Events.incident("INC1"),
                Events.incident("INC2"),
                Events.noIncident("INC1")));
        ChangeRecord other = new ChangeRecord(1, history);
        assertThat(other.links()).extracting(Link::key).containsExactly("INC2");
        assertThat(other.isFailed()).isTrue();
        assertThat(other.review()).contains("It caused INC2.");
        history.add(Events.noIncident("INC2"));
        ChangeRecord none = new ChangeRecord(1, history);
        assertThat(none.links()).isEmpty();
        assertThat(none.isFailed()).isFalse();
        assertThat(none.review()).isEmpty();
        history.add(new ChangeEvent.Linked(Events.AT, new Link(Link.Kind.WORK_ITEM, "INC3", ""), "ada"));
        history.add(Events.noIncident("INC3"));
        assertThat(new ChangeRecord(1, history).links()).as("of another kind").hasSize(1);
        history.add(Events.incident("INC1"));
        assertThat(new ChangeRecord(1, history).isFailed()).isTrue();
    }
}
