package io.jenkins.plugins.changegate.engine.learn;

import static io.jenkins.plugins.changegate.engine.learn.PastChanges.logarithm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every model, whatever it was learnt from. */
class RiskModelPropertyTest {

    /** So many labels that every stage is among the models. */
    private static final int[] LABELS = {0, 30, 300, 1500};

    /** A past in which more lines are safer, which no model may believe. */
    private static List<LabelledChange> perverse(long seed, int labels) {
        return PastChanges.of(
                seed,
                labels,
                features -> 1
                        - logarithm(features, Feature.LINES_ADDED)
                        - logarithm(features, Feature.LINES_DELETED)
                        + 3 * Math.sin(3 * logarithm(features, Feature.LINES_ADDED))
                        + logarithm(features, Feature.FILES));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void moreLinesNeverScoreLess(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int labels : LABELS) {
            RiskModel model = new Learner().learn(perverse(seed, labels));
            for (int i = 0; i < 400; i++) {
                Features features = PastChanges.features(random);
                for (Feature lines : List.of(Feature.LINES_ADDED, Feature.LINES_DELETED)) {
                    double few = Math.floor(Math.expm1(random.nextDouble() * 12));
                    double more = few + 1 + random.nextInt(random.nextBoolean() ? 3 : 100_000);
                    assertThat(model.logOdds(features.with(lines, more)))
                            .as("%s of %s with %s labels", lines, features, labels)
                            .isGreaterThanOrEqualTo(model.logOdds(features.with(lines, few)));
                }
            }
        }
    }

    /** From a past in which fixes are safer. */
    @Test
    void noWordOfAMessageScoresLess() {
        SplittableRandom random = new SplittableRandom(14);
        for (int labels : LABELS) {
            RiskModel model = new Learner()
                    .learn(PastChanges.of(
                            14,
                            labels,
                            features -> 1 - 4 * features.value(Feature.FIX).orElse(0)));
            for (int i = 0; i < 100; i++) {
                Features features = PastChanges.features(random);
                assertThat(model.logOdds(features.with(Feature.FIX, 1)))
                        .isGreaterThanOrEqualTo(model.logOdds(features.with(Feature.FIX, 0)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void contributionsAddUpToExactlyTheScore(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int labels : LABELS) {
            RiskModel model = new Learner().learn(perverse(seed, labels));
            for (int i = 0; i < 200; i++) {
                Features features = PastChanges.features(random);
                ScoredChange scored = model.score(features);
                double sum = scored.median();
                for (LearntContribution contribution : scored.contributions()) {
                    sum += contribution.logOdds();
                }
                assertThat(sum).isEqualTo(scored.logOdds()).isEqualTo(model.logOdds(features));
                assertThat(scored.probability())
                        .isEqualTo(model.probability(features))
                        .isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void scoreIsTheSumOfTheCurvesCalibrated() {
        RiskModel model = new Learner().learn(perverse(24, 1500));
        assertThat(model.calibration()).isNotEqualTo(Calibration.NONE);
        SplittableRandom random = new SplittableRandom(24);
        for (int i = 0; i < 100; i++) {
            Features features = PastChanges.features(random);
            assertThat(model.logOdds(features)).isCloseTo(model.calibration().apply(model.raw(features)), within(1e-9));
        }
    }

    @Test
    void medianChangeHasNoReasons() {
        List<LabelledChange> same = PastChanges.of(31, 1, features -> 0);
        Features features = same.get(0).features();
        ScoredChange scored = new Learner().learn(same).score(features);
        assertThat(scored.contributions())
                .allSatisfy(each -> assertThat(each.logOdds()).isZero());
        assertThat(scored.reasons(3)).isEmpty();
    }

    @Test
    void reasonsSayTheNumberWhatItIsMoreThanAndWhatItDoesToTheOdds() {
        List<Features> recent = PastChanges.of(32, 100, features -> 0).stream()
                .map(change -> change.features().without(Feature.LINES_ADDED))
                .toList();
        List<Features> counted = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> recent.get(i).with(Feature.LINES_ADDED, i))
                .toList();
        RiskModel model = new Learner().learn(List.of(), counted);
        ScoredChange scored =
                model.score(counted.get(0).with(Feature.LINES_ADDED, 93).without(Feature.LINES_DELETED));
        assertThat(scored.contributions().get(0).sentence())
                .isEqualTo("93 lines added: more than for 93 % of the recent changes; odds x1.37.");
        assertThat(scored.contributions().get(1).sentence())
                .startsWith("Not known: lines deleted; the mean is assumed; odds x");
        assertThat(scored.reasons(1).get(0).term().feature()).isEqualTo(Feature.LINES_ADDED);
    }

    @Test
    void missingFeatureIsFlaggedAndCountsAsTheMean() {
        RiskModel model = new Learner().learn(perverse(41, 1500));
        Features features = PastChanges.features(new SplittableRandom(41)).without(Feature.AGE);
        assertThat(model.score(features).contributions())
                .filteredOn(each -> each.term().feature() == Feature.AGE)
                .allSatisfy(each -> {
                    assertThat(each.value()).isEmpty();
                    assertThat(each.percentBelow()).isEmpty();
                })
                .isNotEmpty();
        assertThat(model.logOdds(features)).isNotEqualTo(model.logOdds(features.with(Feature.AGE, 0)));
    }
}
