package io.jenkins.plugins.changegate.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

    private static final double[] SCORES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
    private static final boolean[] BAD = {false, false, true, false, false, false, true, false, true, true};

    private final Metrics metrics = new Metrics(SCORES, BAD);

    @Test
    void aucIsTheShareOfPairsInTheRightOrder() {
        // Of 4 times 6 pairs, the bad ones at 0.3, 0.7, 0.9 and 1.0 win 2, 5, 6 and 6.
        assertThat(metrics.auc()).isCloseTo(19 / 24.0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.25", "0.2, 0.5", "0.15, 0.375", "0.4, 0.75", "0.8, 1", "0, 0", "1, 1"})
    void captureIsTheShareOfTheBadAmongTheRiskiest(double share, double captured) {
        assertThat(metrics.capture(share)).isCloseTo(captured, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.2", "0.75, 0.6", "0.5, 0.8", "0, 1"})
    void passedIsTheShareBelowTheBadOnesThatAreStopped(double recall, double passed) {
        assertThat(metrics.passed(recall)).isCloseTo(passed, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void tiesCountAsTheMeanOverAllOrders(long seed) {
        Random random = new Random(seed);
        int count = 12;
        double[] scores = new double[count];
        boolean[] bad = new boolean[count];
        for (int i = 0; i < count; i++) {
            scores[i] = random.nextInt(3);
            bad[i] = i % 3 == 0;
        }
        double auc = 0;
        double capture = 0;
        int orders = 20_000;
        for (int i = 0; i < orders; i++) {
            Metrics untied = new Metrics(untied(scores, random), bad);
            auc += untied.auc() / orders;
            capture += untied.capture(0.25) / orders;
        }
        assertThat(new Metrics(scores, bad).auc()).isCloseTo(auc, within(0.01));
        assertThat(new Metrics(scores, bad).capture(0.25)).isCloseTo(capture, within(0.01));
    }

    private static double[] untied(double[] scores, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        double[] untied = scores.clone();
        for (int i = 0; i < untied.length; i++) {
            untied[i] += order.get(i) * 1e-6;
        }
        return untied;
    }

    @Test
    void equalScoresTellNothing() {
        Metrics same = new Metrics(new double[10], BAD);
        assertThat(same.auc()).isEqualTo(0.5);
        assertThat(same.capture(0.2)).isCloseTo(0.2, within(1e-12));
        assertThat(same.passed(0.8)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void brierIsTheMeanSquaredDistance() {
        assertThat(new Metrics(new double[] {0.2, 0.9}, new boolean[] {false, true}).brier())
                .isCloseTo((0.04 + 0.01) / 2, within(1e-12));
    }

    @Test
    void calibrationErrorComparesMeansWithinEachRange() {
        // 0.50 and 0.51 are in one of the 15 ranges, where half is bad; 1 is in the last one.
        assertThat(new Metrics(new double[] {0.5, 0.51, 1}, new boolean[] {true, false, true}).calibrationError())
                .isCloseTo(0.01 / 3, within(1e-12));
        assertThat(new Metrics(new double[] {0.1, 0.9}, new boolean[] {true, false}).calibrationError())
                .isCloseTo(0.9, within(1e-12));
    }

    @Test
    void whatCannotBeComputedIsNoNumber() {
        Metrics none = new Metrics(new double[0], new boolean[0]);
        Metrics sound = new Metrics(SCORES, new boolean[SCORES.length]);
        assertThat(List.of(none.auc(), none.brier(), none.calibrationError(), none.capture(0.5), none.passed(0.5)))
                .containsOnly(Double.NaN);
        assertThat(List.of(sound.auc(), sound.capture(0.5), sound.passed(0.5))).containsOnly(Double.NaN);
        assertThat(sound.brier()).isPositive();
    }
}
