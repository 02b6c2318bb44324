package io.jenkins.plugins.changegate.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The counts of a replay, with values made by hand. */
class ReplayReportTest {

    private static final RuleName A = new RuleName(Layer.BUILT_IN, "a");
    private static final RuleName B = new RuleName(Layer.ORGANISATION, "b");
    private static final RuleName C = new RuleName(Layer.REPOSITORY, "c");

    private static final List<Replayed> CHANGES = List.of(
            replayed("1", Result.PASS, 10, Map.of(A, Set.of(Part.MATCHED)), Outcome.UNSUCCESSFUL),
            replayed("2", Result.PASS, 5, Map.of(), Outcome.SUCCESSFUL),
            replayed("3", Result.ASK, 30, Map.of(A, tightened(), B, tightened()), Outcome.UNSUCCESSFUL),
            replayed("4", Result.ASK, 40, Map.of(B, sole()), Outcome.SUCCESSFUL_WITH_ISSUES),
            replayed("5", Result.ASK, 50, Map.of(), null),
            replayed("6", Result.REFUSE, 60, Map.of(B, sole()), null),
            replayed("7", Result.NOT_DECIDABLE, 20, Map.of(C, Set.of(Part.UNDECIDED)), Outcome.UNSUCCESSFUL),
            replayed("8", Result.ASK, 20, Map.of(C, Set.of(Part.UNDECIDED), A, tightened()), null));

    @Test
    void resultsAndLevelsAddUpToTheChanges() {
        ReplayReport report = ReplayReport.of(CHANGES);
        assertThat(report.changes()).isEqualTo(8);
        assertThat(report.results())
                .isEqualTo(Map.of(Result.PASS, 2, Result.ASK, 4, Result.REFUSE, 1, Result.NOT_DECIDABLE, 1));
        assertThat(report.share(Result.PASS)).isEqualTo(0.25);
        assertThat(report.levels())
                .isEqualTo(Map.of(RiskLevel.LOW, 3, RiskLevel.MODERATE, 2, RiskLevel.HIGH, 2, RiskLevel.VERY_HIGH, 0));
        assertThat(report.withoutLevel()).isEqualTo(1);
    }

    @Test
    void rulesAreCountedByPartTheOneThatAsksMostOftenFirst() {
        assertThat(ReplayReport.of(CHANGES).rules())
                .containsExactly(
                        new RuleTally(B, 3, 3, 2, 0, 1, 0),
                        new RuleTally(A, 3, 2, 0, 0, 1, 1),
                        new RuleTally(C, 0, 0, 0, 2, 0, 0));
    }

    @Test
    void changeThatIsAskedForByItsSizeAloneIsCountedAsSuch() {
        assertThat(ReplayReport.of(CHANGES).noRule()).isEqualTo(1);
    }

    @Test
    void failuresAreCaughtLetGoOrNotDecidableWithTheirRules() {
        Outcomes outcomes = ReplayReport.of(CHANGES).outcomes();
        assertThat(outcomes.known()).isEqualTo(5);
        assertThat(outcomes.soundStopped()).isEqualTo(1);
        assertThat(outcomes.failures())
                .containsExactly(
                        new Outcomes.Failure("1", Result.PASS, List.of(A)),
                        new Outcomes.Failure("3", Result.ASK, List.of(A, B)),
                        new Outcomes.Failure("7", Result.NOT_DECIDABLE, List.of(C)));
        assertThat(outcomes.failures(Result.ASK)).isEqualTo(1);
    }

    @Test
    void gapsAreCountedByKindAndDecisionsByResult() {
        Judgement judgement = CHANGES.get(0).judgement();
        Set<Gap.Kind> gaps = Set.of(Gap.Kind.TOO_LARGE, Gap.Kind.HISTORY_CUT);
        List<Replayed> changes = List.of(
                with(judgement, Result.ASK, gaps, Decision.PASSED),
                with(judgement, Result.ASK, Set.of(Gap.Kind.TOO_LARGE), Decision.PASSED),
                with(judgement, Result.PASS, Set.of(), Decision.PASSED),
                with(judgement, Result.PASS, Set.of(), Decision.REJECTED));
        ReplayReport report = ReplayReport.of(changes);
        assertThat(report.gaps()).isEqualTo(Map.of(Gap.Kind.TOO_LARGE, 2, Gap.Kind.HISTORY_CUT, 1));
        assertThat(report.noRule()).isZero();
        assertThat(report.decisions())
                .isEqualTo(Map.of(
                        Decision.PASSED, Map.of(Result.ASK, 2, Result.PASS, 1),
                        Decision.REJECTED, Map.of(Result.PASS, 1)));
    }

    @Test
    void nothingIsNothing() {
        ReplayReport report = ReplayReport.of(List.of());
        assertThat(report.share(Result.PASS)).isZero();
        assertThat(report.rules()).isEmpty();
        assertThat(Differences.between(List.of(), List.of()).differences()).isEmpty();
    }

    @Test
    void differencesAreCountedByWhatBecomesOfAChangeTheMostFrequentFirst() {
        List<Replayed> other = List.of(
                replayed("1", Result.ASK, 10, Map.of(), null),
                replayed("2", Result.PASS, 10, Map.of(), null),
                replayed("3", Result.PASS, 10, Map.of(), null),
                replayed("4", Result.PASS, 10, Map.of(), null),
                replayed("5", Result.ASK, 10, Map.of(), null),
                replayed("6", Result.REFUSE, 10, Map.of(), null),
                replayed("7", Result.NOT_DECIDABLE, 10, Map.of(), null),
                replayed("8", Result.ASK, 10, Map.of(), null));
        Differences differences = Differences.between(CHANGES, other);
        assertThat(differences.same()).isEqualTo(5);
        assertThat(differences.differences())
                .containsExactly(
                        new Differences.Difference(Result.ASK, Result.PASS, 2, List.of("3", "4")),
                        new Differences.Difference(Result.PASS, Result.ASK, 1, List.of("1")));
        assertThatThrownBy(() -> Differences.between(CHANGES, other.subList(1, 8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void differenceNamesAHandfulOfExamples() {
        List<Replayed> from = IntStream.range(0, 9)
                .mapToObj(i -> replayed("" + i, Result.PASS, 1, Map.of(), null))
                .toList();
        List<Replayed> to = from.stream()
                .map(each -> replayed(each.id(), Result.REFUSE, 1, Map.of(), null))
                .toList();
        Differences.Difference only =
                Differences.between(from, to).differences().get(0);
        assertThat(only.count()).isEqualTo(9);
        assertThat(only.examples()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void riskiestComeFirst() {
        assertThat(Replayed.riskiest(CHANGES, 3)).extracting(Replayed::id).containsExactly("6", "5", "4");
    }

    private static Set<Part> tightened() {
        return Set.of(Part.MATCHED, Part.TIGHTENED);
    }

    private static Set<Part> sole() {
        return Set.of(Part.MATCHED, Part.TIGHTENED, Part.SOLE);
    }

    private static Replayed replayed(
            String id, Result result, int score, Map<RuleName, Set<Part>> rules, Outcome outcome) {
        RiskAssessment assessment =
                RiskAssessment.of(List.of(new Contribution("size", score, "Size.")), RiskLevel.LOW, Tier.PRODUCTION);
        Judgement judgement = new Judgement(
                new Target("shop", "production", Tier.PRODUCTION),
                assessment,
                new Verdict(Verdict.Kind.PASS, List.of(), List.of("Because.")),
                "version",
                Terms.NONE);
        return new Replayed(
                id,
                "Title",
                Instant.EPOCH,
                result,
                result == Result.NOT_DECIDABLE ? Optional.empty() : Optional.of(assessment.level()),
                judgement,
                rules,
                Set.of(),
                Optional.empty(),
                Optional.ofNullable(outcome));
    }

    private static Replayed with(Judgement judgement, Result result, Set<Gap.Kind> gaps, Decision decision) {
        return new Replayed(
                "x",
                "",
                Instant.EPOCH,
                result,
                Optional.empty(),
                judgement,
                Map.of(),
                gaps,
                Optional.of(decision),
                Optional.empty());
    }
}
