package io.jenkins.plugins.changegate.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The regression, calibrations, deployments, and when a label is believed. */
class LearnPartsTest {

    private static final Features SMALL =
            Features.NONE.with(Feature.LINES_ADDED, 3).with(Feature.LINES_DELETED, 1);

    private final RiskModel prior = new Learner().learn(List.of());

    @Test
    void regressionFindsTheOddsOfCounts() {
        // 30 of 40 fail where x is 1, and 10 of 60 where it is 0: log(3) and log(1/5), with next to no prior.
        double[][] rows = new double[100][];
        boolean[] failed = new boolean[100];
        for (int i = 0; i < 100; i++) {
            rows[i] = new double[] {1, i < 40 ? 1 : 0};
            failed[i] = i < 30 || i >= 90;
        }
        double[] weights = regression(rows, failed, false).fit();
        assertThat(weights[0]).isCloseTo(Math.log(1 / 5.0), within(1e-4));
        assertThat(weights[1]).isCloseTo(Math.log(3) - Math.log(1 / 5.0), within(1e-4));
    }

    @Test
    void boundedWeightIsZeroWhereItWouldBeNegative() {
        double[][] rows = new double[100][];
        boolean[] failed = new boolean[100];
        for (int i = 0; i < 100; i++) {
            rows[i] = new double[] {1, i < 40 ? -1 : 0};
            failed[i] = i < 30 || i >= 90;
        }
        double[] weights = regression(rows, failed, true).fit();
        assertThat(weights[1]).isZero();
        assertThat(weights[0]).isCloseTo(Math.log(40 / 60.0), within(1e-4));
    }

    private static BoundedLogistic regression(double[][] rows, boolean[] failed, boolean bounded) {
        double[] importance = new double[rows.length];
        java.util.Arrays.fill(importance, 1);
        return new BoundedLogistic(
                rows, failed, importance, new double[2], new double[][] {{1e-6, 0}, {0, 1e-6}}, new boolean[] {
                    false, bounded
                });
    }

    @Test
    void blendIsTheMeanOfLinesAndCurves() {
        List<LabelledChange> past =
                PastChanges.of(61, 800, features -> features.values().size() / 5.0 - 3);
        CurveFit fit = new CurveFit(PriorCoefficients.shipped());
        CurveFit.Fitted lines = fit.linear(past);
        CurveFit.Fitted curves = fit.curves(past);
        CurveFit.Fitted blend = fit.blend(past);
        for (LabelledChange change : past.subList(0, 100)) {
            double mean = (sum(lines, change.features()) + sum(curves, change.features())) / 2;
            assertThat(sum(blend, change.features())).isCloseTo(mean, within(1e-9));
        }
    }

    private static double sum(CurveFit.Fitted fitted, Features features) {
        return fitted.intercept()
                + fitted.curves().stream()
                        .mapToDouble(curve -> curve.logOdds(features))
                        .sum();
    }

    @Test
    void calibrationMovesWhatIsWrongOnAverageAndKeepsTheOrder() {
        List<Double> tooHigh =
                IntStream.range(0, 2000).mapToObj(i -> i % 2 == 0 ? 1.0 : 2.0).toList();
        List<Boolean> failed =
                IntStream.range(0, 2000).mapToObj(i -> i % 10 == 0).toList();
        Calibration calibration = Calibration.fit(tooHigh, failed, 1);
        assertThat(calibration.apply(2)).isBetween(-6.0, -0.5).isGreaterThan(calibration.apply(1));
        assertThat(Calibration.fit(List.of(), List.of(), 1)).isEqualTo(Calibration.NONE);
        assertThatThrownBy(() -> new Calibration(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deploymentOfOneCommitScoresLikeThatCommit() {
        ScoredDeployment one = ScoredDeployment.of(prior, SMALL, List.of(SMALL), Calibration.NONE);
        assertThat(one.logOdds()).isCloseTo(prior.logOdds(SMALL), within(1e-9));
        assertThat(ScoredDeployment.of(prior, SMALL, List.of(), Calibration.NONE)
                        .beyondNet())
                .isZero();
    }

    @Test
    void everyFurtherCommitRaisesTheScore() {
        double before = prior.logOdds(SMALL);
        for (int commits = 2; commits < 40; commits *= 2) {
            ScoredDeployment many =
                    ScoredDeployment.of(prior, SMALL, Collections.nCopies(commits, SMALL), Calibration.NONE);
            double probability = 1 - Math.pow(1 - prior.probability(SMALL), commits);
            assertThat(many.commits()).isCloseTo(Math.log(probability / (1 - probability)), within(1e-6));
            assertThat(many.logOdds()).isGreaterThan(before);
            assertThat(many.net().logOdds() + many.beyondNet()).isCloseTo(many.logOdds(), within(1e-12));
            before = many.logOdds();
        }
    }

    @Test
    void thousandsOfCommitsGiveAFiniteScore() {
        ScoredDeployment many =
                ScoredDeployment.of(prior, SMALL, Collections.nCopies(100_000, SMALL), Calibration.NONE);
        assertThat(many.logOdds()).isFinite();
        assertThat(many.probability()).isBetween(0.9, 1.0);
    }

    @Test
    void newestChangesAreLeftOutHoweverTheyEnded() {
        Instant now = Instant.parse("2026-11-23T12:00:00Z");
        LabelDelay delay = new LabelDelay(Duration.ofDays(30));
        LabelledChange good = new LabelledChange(SMALL, false);
        LabelledChange bad = new LabelledChange(SMALL, true);
        assertThat(delay.settled(
                        List.of(
                                new LabelDelay.Deployed(now.minus(Duration.ofDays(30)), good),
                                new LabelDelay.Deployed(now.minus(Duration.ofDays(29)), good),
                                new LabelDelay.Deployed(now.minus(Duration.ofDays(1)), bad),
                                new LabelDelay.Deployed(now.minus(Duration.ofDays(90)), bad)),
                        now))
                .containsExactly(bad, good);
    }

    @Test
    void shippedCoefficientsAreThoseOfTheDocumentation() {
        PriorCoefficients shipped = PriorCoefficients.shipped();
        assertThat(shipped).isEqualTo(new PriorCoefficients(-2.29, 0.504, 0.048, 2.58, 1.90));
    }

    @Test
    void coefficientsAreFoundAgainInChangesMadeByThem() {
        PriorCoefficients made = new PriorCoefficients(-2, 0.7, 0.2, 0, 0);
        List<List<LabelledChange>> projects = List.of(
                PastChanges.of(51, 20_000, features -> logOdds(made, features)),
                PastChanges.of(52, 5_000, features -> logOdds(made, features)));
        PriorCoefficients fitted = PriorFit.fit(projects);
        assertThat(fitted.intercept()).isCloseTo(-2, within(0.1));
        assertThat(fitted.added()).isCloseTo(0.7, within(0.05));
        assertThat(fitted.deleted()).isCloseTo(0.2, within(0.05));
        assertThatThrownBy(() -> PriorFit.fit(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static double logOdds(PriorCoefficients made, Features features) {
        return made.logOdds(
                features.value(Feature.LINES_ADDED).orElse(0),
                features.value(Feature.LINES_DELETED).orElse(0));
    }
}
