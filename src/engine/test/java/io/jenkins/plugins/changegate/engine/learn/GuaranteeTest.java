package io.jenkins.plugins.changegate.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuaranteeTest {

    @ParameterizedTest
    @CsvSource({"0, ADVISORY", "10, ADVISORY", "11, FIRST", "21, FIRST", "22, USUAL", "44, USUAL", "45, STRONG"})
    void stateHangsOnTheNumberOfKnownFailures(int failures, GuaranteeState state) {
        assertThat(GuaranteeState.of(failures)).isEqualTo(state);
        state.alpha()
                .ifPresent(alpha ->
                        assertThat(PassThreshold.needed(alpha, Guarantee.DELTA)).isEqualTo(state.failures()));
    }

    @Test
    void promiseSaysWhatItRestsOnAndHowItWasKept() {
        Guarantee guarantee = Guarantee.of(scores(1, 400), 0.1);
        assertThat(guarantee.state()).isEqualTo(GuaranteeState.USUAL);
        assertThat(guarantee.measured()).isEqualTo(Guarantee.WINDOW);
        assertThat(guarantee.sentence())
                .startsWith(
                        "By the last 300 failures (n), with 90 % confidence (delta 0.1) at most 10 % of the failures"
                                + " pass (alpha 0.1). Of the last 300 failures " + guarantee.missed() + " (")
                .endsWith(" %) would have passed.");
    }

    @Test
    void withoutEnoughFailuresNothingIsPromised() {
        Guarantee guarantee = Guarantee.of(scores(1, 10));
        assertThat(guarantee.state()).isEqualTo(GuaranteeState.ADVISORY);
        assertThat(guarantee.threshold()).isEmpty();
        assertThat(guarantee.sentence())
                .isEqualTo("No promise can be made yet: 10 failures are known, and at least 11 are needed.");
    }

    @Test
    void onlyTheLastFailuresMakeTheThreshold() {
        List<Double> before = new ArrayList<>(scores(1, 300));
        List<Double> after = new ArrayList<>(before);
        after.addAll(0, scores(2, 500).stream().map(score -> score - 5).toList());
        assertThat(Guarantee.of(after).threshold().orElseThrow().score())
                .isEqualTo(Guarantee.of(before).threshold().orElseThrow().score());
    }

    @Test
    void brokenPromiseIsWithdrawnByOneState() {
        // Every ninth failure scores lower than all before it, so that it passes whatever the threshold is.
        List<Double> scores = new ArrayList<>(scores(3, 300));
        for (int i = 0; i < scores.size(); i += 9) {
            scores.set(i, -1.0 - i);
        }
        Guarantee guarantee = Guarantee.of(scores);
        assertThat(guarantee.alarmed()).isTrue();
        assertThat(guarantee.state()).isEqualTo(GuaranteeState.USUAL);
        assertThat(guarantee.sentence()).endsWith("A stronger promise was broken and is withdrawn.");
    }

    @Test
    void whereEveryPromiseWasBrokenThereIsNone() {
        // Each failure scores lower than all before it: nothing that was learnt from them holds.
        List<Double> falling =
                DoubleStream.iterate(0, score -> score - 1).limit(100).boxed().toList();
        Guarantee guarantee = Guarantee.of(falling);
        assertThat(guarantee.state()).isEqualTo(GuaranteeState.ADVISORY);
        assertThat(guarantee.threshold()).isEmpty();
        assertThat(guarantee.alarmed()).isTrue();
    }

    @Test
    void failuresThatAreLikeTheKnownOnesSetOffNoAlarm() {
        int alarms = 0;
        for (int seed = 0; seed < 200; seed++) {
            alarms += Guarantee.of(scores(seed, 300)).alarmed() ? 1 : 0;
        }
        assertThat(alarms).isLessThan(4);
    }

    private static List<Double> scores(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(random::nextDouble).limit(count).boxed().toList();
    }
}
