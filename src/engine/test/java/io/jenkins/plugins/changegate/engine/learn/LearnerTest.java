package io.jenkins.plugins.changegate.engine.learn;

import static io.jenkins.plugins.changegate.engine.learn.PastChanges.logarithm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {

    private final Learner learner = new Learner();

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "20, 5", "1000, 500", "0, 30000"})
    void withoutAPastTheScoreIsThatOfSize(int added, int deleted) {
        RiskModel model = learner.learn(List.of());
        double probability =
                model.probability(Features.NONE.with(Feature.LINES_ADDED, added).with(Feature.LINES_DELETED, deleted));
        assertThat(model.stage()).isEqualTo(RiskModel.Stage.PRIOR);
        assertThat(Math.round(100 * probability)).isEqualTo(SizePrior.score(added, deleted));
    }

    @Test
    void aFewChangesTellHowOftenTheyFailHere() {
        List<LabelledChange> sound = PastChanges.of(1, 40, features -> -20);
        RiskModel model = learner.learn(sound);
        Features change = sound.get(0).features();
        assertThat(model.stage()).isEqualTo(RiskModel.Stage.SIZE);
        assertThat(model.probability(change))
                .isBetween(0.0001, learner.learn(List.of()).probability(change) / 3);
    }

    @Test
    void whatSizeCannotTellIsLearntFromOutcomes() {
        List<LabelledChange> past = PastChanges.of(
                2, 400, features -> -1 + logarithm(features, Feature.EARLIER_AUTHORS) - 2 * fix(features));
        RiskModel model = learner.learn(past);
        assertThat(model.stage()).isEqualTo(RiskModel.Stage.LINEAR);
        assertThat(model.score(past.get(0).features()).contributions()).hasSize(Feature.values().length);
        Features base = full();
        assertThat(model.logOdds(base.with(Feature.EARLIER_AUTHORS, 200)))
                .isGreaterThan(model.logOdds(base.with(Feature.EARLIER_AUTHORS, 1)) + 0.5);
    }

    @Test
    void whatMattersOnlyBeyondSomePointIsLearntAsACurve() {
        List<LabelledChange> past =
                PastChanges.of(3, 3000, features -> -2 + 3 * Math.max(0, logarithm(features, Feature.AGE) - 3));
        RiskModel model = learner.learn(past);
        assertThat(model.stage()).isIn(RiskModel.Stage.CURVES, RiskModel.Stage.BLEND);
        Features base = full();
        double low = model.logOdds(base.with(Feature.AGE, 5)) - model.logOdds(base.with(Feature.AGE, 0));
        double high = model.logOdds(base.with(Feature.AGE, 400)) - model.logOdds(base.with(Feature.AGE, 20));
        assertThat(high).isGreaterThan(2 * Math.abs(low) + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200, 450, 800, 4000})
    void whatNoLongerHoldsForTheNewestChangesIsNotLearnt(int labels) {
        List<LabelledChange> past =
                new ArrayList<>(PastChanges.of(11, labels * 4 / 5, features -> -2 + 4 * fix(features)));
        past.addAll(PastChanges.of(12, labels - past.size(), features -> 2 - 4 * fix(features)));
        assertThat(learner.learn(past).stage()).isEqualTo(RiskModel.Stage.SIZE);
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        List<LabelledChange> window = PastChanges.of(4, Learner.WINDOW, features -> -1 + fix(features));
        List<LabelledChange> more = new ArrayList<>(PastChanges.of(5, 100, features -> 5));
        more.addAll(window);
        Features change = full();
        assertThat(learner.learn(more).logOdds(change))
                .isEqualTo(learner.learn(window).logOdds(change));
    }

    @Test
    void samePastGivesTheSameModel() {
        List<LabelledChange> past = PastChanges.of(6, 700, features -> -1 + fix(features));
        assertThat(new Learner().learn(past).logOdds(full()))
                .isEqualTo(learner.learn(past).logOdds(full()));
    }

    @Test
    void changeOfWhichNothingIsKnownScoresLikeTheMean() {
        List<LabelledChange> past = PastChanges.of(7, 1000, features -> -1 + fix(features));
        double share = past.stream().filter(LabelledChange::failed).count() / 1000.0;
        assertThat(learner.learn(past).probability(Features.NONE)).isCloseTo(share, within(0.15));
        assertThat(learner.learn(List.of()).probability(Features.NONE)).isBetween(0.15, 0.4);
    }

    @Test
    void pastWithoutAnyFeatureStillTellsHowOftenChangesFail() {
        List<LabelledChange> past = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            past.add(new LabelledChange(Features.NONE, i % 4 == 0));
        }
        assertThat(learner.learn(past).probability(Features.NONE)).isCloseTo(0.25, within(0.02));
    }

    @Test
    void probabilitiesAreRightOnAverage() {
        List<LabelledChange> past = PastChanges.of(
                8, 6000, features -> -3 + 0.5 * logarithm(features, Feature.LINES_ADDED) + fix(features));
        RiskModel model = learner.learn(past.subList(0, 4000));
        List<LabelledChange> later = past.subList(4000, 6000);
        double expected = later.stream()
                .mapToDouble(change -> model.probability(change.features()))
                .sum();
        assertThat(expected)
                .isCloseTo(later.stream().filter(LabelledChange::failed).count(), within(70.0));
    }

    @Test
    void theForetoldPastKnowsNothingOfWhatCameAfter() {
        List<LabelledChange> past = PastChanges.of(9, 600, features -> -1 + fix(features));
        List<LabelledChange> other = new ArrayList<>(past.subList(0, 480));
        past.subList(480, 600).forEach(change -> other.add(new LabelledChange(change.features(), !change.failed())));
        List<Double> scores = learner.foretold(past, 300, 5, 12);
        assertThat(scores).hasSize(300);
        // The last of five blocks begins at 540, and knows what came before 528.
        assertThat(learner.foretold(other, 300, 5, 12).subList(0, 180)).isEqualTo(scores.subList(0, 180));
        assertThat(learner.foretold(other, 300, 5, 60)).isEqualTo(learner.foretold(past, 300, 5, 60));
    }

    private static double fix(Features features) {
        return features.value(Feature.FIX).orElse(0);
    }

    private static Features full() {
        SplittableRandom random = new SplittableRandom(10);
        Features features = Features.NONE;
        for (Feature feature : Feature.values()) {
            features = features.with(feature, feature == Feature.FIX ? 0 : random.nextInt(1, 20));
        }
        return features;
    }
}
