package io.jenkins.plugins.changegate.engine.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassThresholdTest {

    @ParameterizedTest
    @CsvSource({
        "0.20, 0.05, 14", "0.20, 0.10, 11", "0.20, 0.20, 8", "0.10, 0.05, 29", "0.10, 0.10, 22", "0.10, 0.20, 16",
        "0.05, 0.05, 59", "0.05, 0.10, 45", "0.05, 0.20, 32", "0.02, 0.10, 114", "0.01, 0.05, 299", "0.01, 0.10, 230"
    })
    void oneFailureFewerThanNeededAllowsNoPromise(double alpha, double delta, int needed) {
        assertThat(PassThreshold.needed(alpha, delta)).isEqualTo(needed);
        assertThat(PassThreshold.of(scores(needed), alpha, delta)).isPresent();
        assertThat(PassThreshold.of(scores(needed - 1), alpha, delta)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1, 0.2, 0.5})
    void rankIsTheLargestThatTheBinomialDistributionAllows(double alpha) {
        for (int n = 1; n <= 300; n += 7) {
            int rank = PassThreshold.rank(n, alpha, 0.1);
            assertThat(rank == 0 || atMost(rank - 1, n, alpha) <= 0.1).isTrue();
            assertThat(atMost(rank, n, alpha)).isGreaterThan(0.1);
        }
    }

    @Test
    void moreThanAlphaPassInNoMoreThanDeltaOfTheCases() {
        SplittableRandom random = new SplittableRandom(271828);
        int cases = 4000;
        int broken = 0;
        for (int i = 0; i < cases; i++) {
            List<Double> known =
                    DoubleStream.generate(random::nextDouble).limit(100).boxed().toList();
            // Of failures with scores spread evenly from 0 to 1, so many pass as the threshold says.
            broken += PassThreshold.of(known, 0.1, 0.1).orElseThrow().score() > 0.1 ? 1 : 0;
        }
        assertThat((double) broken / cases).isBetween(0.03, 0.1);
    }

    @Test
    void changeThatScoresAsMuchAsTheThresholdDoesNotPass() {
        PassThreshold threshold = PassThreshold.of(scores(22), 0.1, 0.1).orElseThrow();
        assertThat(threshold.score()).isZero();
        assertThat(threshold.passes(0)).isFalse();
        assertThat(threshold.passes(-0.001)).isTrue();
    }

    @Test
    void thousandsOfFailuresAreNoTroubleForTheArithmetic() {
        assertThat(PassThreshold.rank(100_000, 0.1, 0.1)).isBetween(9_800, 10_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void whatIsNoProbabilityIsRejected(double wrong) {
        assertThatThrownBy(() -> PassThreshold.needed(wrong, 0.1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> PassThreshold.of(scores(5), 0.1, wrong)).hasMessageContaining("delta");
    }

    private static List<Double> scores(int count) {
        return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
    }

    /** P(Binomial(n, p) <= k), term by term in exact arithmetic. */
    private static double atMost(int k, int n, double p) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal choose = BigDecimal.ONE;
        BigDecimal yes = BigDecimal.valueOf(p);
        BigDecimal no = BigDecimal.ONE.subtract(yes);
        for (int i = 0; i <= k; i++) {
            sum = sum.add(choose.multiply(yes.pow(i)).multiply(no.pow(n - i)));
            choose = choose.multiply(BigDecimal.valueOf(n - (long) i)).divide(BigDecimal.valueOf(i + 1L));
        }
        return sum.doubleValue();
    }
}
