package io.jenkins.plugins.changegate.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeFact;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
    private static final Target PRODUCTION = new Target("shop", "production", Tier.PRODUCTION);
    private static final Target QA = new Target("shop", "qa", Tier.TESTING);

    private final FactTable table = new FactTable();
    private long number;

    /** A change for which nobody was asked, deployed well. */
    private ChangeFact passed(Target target, long hour) {
        return new ChangeFact(
                ++number,
                "",
                "team/shop",
                "retail",
                target,
                ChangeType.NORMAL,
                RiskLevel.LOW,
                10,
                Verdict.Kind.PASS,
                Decision.PASSED,
                at(hour),
                at(hour),
                Optional.of(new ChangeFact.End(at(hour).plusSeconds(600), Outcome.SUCCESSFUL)),
                false,
                0,
                3_600,
                List.of(),
                List.of(),
                "v1");
    }

    private static ChangeFact ended(ChangeFact fact, Outcome outcome, boolean incident, long undoes) {
        return new ChangeFact(
                fact.number(),
                fact.controller(),
                fact.job(),
                fact.product(),
                fact.target(),
                fact.type(),
                fact.level(),
                fact.score(),
                fact.verdict(),
                fact.decision(),
                fact.opened(),
                fact.decided(),
                Optional.of(new ChangeFact.End(fact.ended().orElseThrow().at(), outcome)),
                incident,
                undoes,
                fact.commitAge(),
                fact.rules(),
                fact.waits(),
                fact.policy());
    }

    /** A change for which people were asked, and that waited some hours. */
    private ChangeFact asked(long hour, Decision decision, long hours, List<String> rules, String policy) {
        ChangeFact fact = passed(PRODUCTION, hour);
        return new ChangeFact(
                fact.number(),
                "",
                fact.job(),
                fact.product(),
                fact.target(),
                fact.type(),
                RiskLevel.HIGH,
                60,
                Verdict.Kind.ASK,
                decision,
                fact.opened(),
                at(hour + hours),
                decision.lets()
                        ? Optional.of(new ChangeFact.End(at(hour + hours + 1), Outcome.SUCCESSFUL))
                        : Optional.empty(),
                false,
                0,
                fact.commitAge(),
                rules,
                List.of(new ChangeFact.Wait("1 of owners", decision.lets() ? hours * 3_600 : -1)),
                policy);
    }

    private static Instant at(long hour) {
        return BEGIN.plus(Duration.ofHours(hour));
    }

    private Measures measure() {
        return measure("", BEGIN, at(24 * 14));
    }

    private Measures measure(String policy, Instant from, Instant to) {
        return table.measure(new Question(
                target -> true, product -> true, (controller, job) -> true, false, from, to, ZoneOffset.UTC, policy));
    }

    @Test
    void leadTimeIsSplitAtTheGate() {
        table.add(asked(0, Decision.APPROVED, 5, List.of(), "v1"));
        Delivery delivery = measure().delivery();
        assertThat(delivery.before()).isEqualTo(new Spread(1, 3_600, 3_600));
        assertThat(delivery.gate()).isEqualTo(new Spread(1, 5 * 3_600, 5 * 3_600));
        assertThat(delivery.after()).isEqualTo(new Spread(1, 3_600, 3_600));
        assertThat(delivery.lead()).isEqualTo(new Spread(1, 7 * 3_600, 7 * 3_600));
    }

    @Test
    void deliveryIsThatToProductionUnlessMoreIsAskedFor() {
        table.add(passed(PRODUCTION, 0));
        table.add(passed(QA, 1));
        assertThat(measure().delivery().deployments()).isEqualTo(1);
        assertThat(measure().gate().decided()).isEqualTo(2);
        assertThat(table.measure(new Question(
                                t -> true,
                                product -> true,
                                (c, j) -> true,
                                true,
                                BEGIN,
                                at(24 * 14),
                                ZoneOffset.UTC,
                                ""))
                        .delivery()
                        .perWeek())
                .isEqualTo(1);
    }

    @Test
    void aDeploymentFailedThatWasUnsuccessfulCausedAnIncidentOrWasTakenBack() {
        table.add(ended(passed(PRODUCTION, 0), Outcome.UNSUCCESSFUL, false, 0));
        table.add(ended(passed(PRODUCTION, 2), Outcome.SUCCESSFUL, true, 0));
        table.add(passed(PRODUCTION, 5));
        table.add(ended(passed(PRODUCTION, 9), Outcome.SUCCESSFUL_WITH_ISSUES, false, 3));
        Delivery delivery = measure().delivery();
        assertThat(delivery.failed()).isEqualTo(new Share(3, 4));
        assertThat(List.of(delivery.unsuccessful(), delivery.incidents(), delivery.undone()))
                .containsExactly(1L, 1L, 1L);
        assertThat(delivery.deployments()).isEqualTo(3);
    }

    @Test
    void recoveryIsTheNextDeploymentOfTheSameTargetThatDidNotFail() {
        table.add(ended(passed(PRODUCTION, 0), Outcome.UNSUCCESSFUL, false, 0));
        table.add(passed(QA, 1));
        table.add(ended(passed(PRODUCTION, 2), Outcome.SUCCESSFUL, true, 0));
        table.add(passed(PRODUCTION, 7));
        table.add(ended(passed(PRODUCTION, 8), Outcome.UNSUCCESSFUL, false, 0));
        Delivery delivery = measure().delivery();
        assertThat(delivery.recovery()).isEqualTo(new Spread(2, 5 * 3_600, 7 * 3_600));
        assertThat(delivery.unrecovered()).isEqualTo(1);
        table.add(passed(PRODUCTION, 9));
        assertThat(measure().delivery().unrecovered()).isZero();
    }

    @Test
    void whatIsSaidLaterTakesThePlaceOfWhatWasSaid() {
        ChangeFact fact = passed(PRODUCTION, 0);
        table.add(fact);
        assertThat(measure().delivery().failed()).isEqualTo(new Share(0, 1));
        table.add(ended(fact, Outcome.UNSUCCESSFUL, false, 0));
        assertThat(measure().delivery().failed()).isEqualTo(new Share(1, 1));
        assertThat(measure().gate().decided()).isEqualTo(1);
    }

    @Test
    void waitingIsThatOfChangesThatPeopleAnswered() {
        table.add(passed(PRODUCTION, 0));
        table.add(asked(1, Decision.APPROVED, 2, List.of(), "v1"));
        table.add(asked(1, Decision.REJECTED, 4, List.of(), "v1"));
        table.add(asked(1, Decision.EXPIRED, 72, List.of(), "v1"));
        Measures measures = measure();
        assertThat(measures.gate().waiting()).isEqualTo(new Spread(2, 2 * 3_600, 4 * 3_600));
        assertThat(measures.gate().hours()).isEqualTo(78);
        assertThat(measures.gate().hoursEach()).isEqualTo(78);
        assertThat(measures.gate().caught().given()).isEqualTo(1);
        assertThat(measures.byLevel().get(2))
                .isEqualTo(new Line.Waiting("high", new Spread(2, 2 * 3_600, 4 * 3_600), 1));
        assertThat(measures.byRequirement())
                .containsExactly(new Line.Waiting("1 of owners", new Spread(1, 2 * 3_600, 2 * 3_600), 2));
        assertThat(measures.gate().decisions()).contains(entry("passed", 1L), entry("expired", 1L));
        assertThat(measures.gate().asked()).isEqualTo(new Share(3, 4));
    }

    @Test
    void aRuleIsComparedWithAllChangesToWhichItDidNotApply() {
        for (int i = 0; i < 20; i++) {
            table.add(ended(
                    asked(i, Decision.APPROVED, 1, List.of("tables"), "v1"),
                    i < 15 ? Outcome.UNSUCCESSFUL : Outcome.SUCCESSFUL,
                    false,
                    0));
            table.add(asked(i, Decision.APPROVED, 1, List.of(), "v1"));
        }
        Line.Rule rule = measure().rules().get(0);
        assertThat(rule).isEqualTo(new Line.Rule("tables", 20, 20, new Share(15, 20), new Share(0, 20)));
        assertThat(rule.isTelling()).isTrue();
    }

    @Test
    void aPeriodBelongsToWhatWasDecidedOrEndedInIt() {
        table.add(asked(0, Decision.APPROVED, 30, List.of(), "v1"));
        assertThat(measure("", BEGIN, at(30)).isEmpty()).isTrue();
        assertThat(measure("", BEGIN, at(31)).gate().decided()).isEqualTo(1);
        assertThat(measure("", BEGIN, at(31)).delivery().deployments()).isZero();
        assertThat(measure("", at(31), at(32)).gate().decided()).isZero();
        assertThat(measure("", at(31), at(32)).delivery().deployments()).isEqualTo(1);
    }

    @Test
    void theTrendHasWeeksFromMondayAndMonthsIfThePeriodIsLong() {
        table.add(passed(PRODUCTION, 0));
        table.add(passed(PRODUCTION, 24 * 6 + 23));
        table.add(passed(PRODUCTION, 24 * 7));
        assertThat(measure().trend()).extracting(Stretch::deployments).containsExactly(2L, 1L);
        assertThat(measure("", BEGIN, at(24 * 200)).trend())
                .extracting(Stretch::from)
                .startsWith(BEGIN, Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"));
    }

    @Test
    void beforeAndSinceAVersionOfAPolicyAreCompared() {
        table.add(asked(1, Decision.APPROVED, 2, List.of(), "v1"));
        table.add(asked(5, Decision.APPROVED, 2, List.of(), "v1"));
        table.add(passed(PRODUCTION, 6));
        table.add(asked(20, Decision.APPROVED, 4, List.of(), "v2"));
        Measures measures = measure("v2", BEGIN, at(48));
        assertThat(measures.policies())
                .containsExactly(
                        new Line.Policy("v2", at(24).getEpochSecond(), 1),
                        new Line.Policy("v1", at(3).getEpochSecond(), 3));
        assertThat(measures.before().orElseThrow().asked()).isEqualTo(new Share(2, 3));
        assertThat(measures.before().orElseThrow().to()).isEqualTo(at(24));
        assertThat(measures.since().orElseThrow().waiting()).isEqualTo(new Spread(1, 4 * 3_600, 4 * 3_600));
        assertThat(measure("v9", BEGIN, at(48)).since()).isEmpty();
    }

    @Test
    void productsAreMeasuredOneByOneAndAlone() {
        ChangeFact first = passed(PRODUCTION, 0);
        table.add(first);
        table.add(partOf("", passed(PRODUCTION, 1)));
        table.add(partOf("wholesale", passed(PRODUCTION, 2)));
        table.add(partOf("wholesale", passed(PRODUCTION, 3)));
        assertThat(measure().products()).extracting(Line.Part::name).containsExactly("wholesale", "retail");
        Measures retail = table.measure(new Question(
                target -> true,
                "retail"::equals,
                (controller, job) -> true,
                false,
                BEGIN,
                at(24 * 14),
                ZoneOffset.UTC,
                ""));
        assertThat(retail.delivery().deployments()).isEqualTo(1);
        assertThat(retail.gate().decided()).isEqualTo(1);
    }

    private static ChangeFact partOf(String product, ChangeFact fact) {
        return new ChangeFact(
                fact.number(),
                fact.controller(),
                fact.job(),
                product,
                fact.target(),
                fact.type(),
                fact.level(),
                fact.score(),
                fact.verdict(),
                fact.decision(),
                fact.opened(),
                fact.decided(),
                fact.ended(),
                fact.incident(),
                fact.undoes(),
                fact.commitAge(),
                fact.rules(),
                fact.waits(),
                fact.policy());
    }

    @Test
    void ofLessThanAWeekNoRateOfWeeksIsTold() {
        table.add(passed(PRODUCTION, 0));
        assertThat(measure("", BEGIN, at(24 * 7 - 1)).delivery().isShort()).isTrue();
        assertThat(measure("", BEGIN, at(24 * 7)).delivery().isShort()).isFalse();
    }

    @Test
    void whatTheAskerMayNotSeeIsNotThere() {
        table.add(asked(1, Decision.APPROVED, 2, List.of("secret rule"), "v1"));
        Measures measures = table.measure(new Question(
                target -> true,
                product -> true,
                (controller, job) -> false,
                true,
                BEGIN,
                at(24 * 14),
                ZoneOffset.UTC,
                "v1"));
        Measures ofNothing = new FactTable()
                .measure(new Question(
                        target -> true,
                        product -> true,
                        (controller, job) -> false,
                        true,
                        BEGIN,
                        at(24 * 14),
                        ZoneOffset.UTC,
                        "v1"));
        assertThat(measures).isEqualTo(ofNothing);
        assertThat(measures.isEmpty()).isTrue();
    }

    @Test
    void manyChangesAreInManyBlocks() {
        for (int i = 0; i < 3 * Block.SIZE; i++) {
            table.add(passed(PRODUCTION, i % 200));
        }
        assertThat(measure().delivery().deployments()).isEqualTo(3L * Block.SIZE);
    }
}
