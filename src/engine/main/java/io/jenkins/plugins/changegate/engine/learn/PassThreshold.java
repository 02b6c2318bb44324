package io.jenkins.plugins.changegate.engine.learn;

import java.util.List;
import java.util.Optional;

/**
 * A score below which changes pass, so that few failures do: the threshold of the Neyman-Pearson umbrella algorithm
 * (Tong, Feng and Li, Science Advances 4(2), 2018).
 *
 * <p>Of the sorted scores of known failures the k-th is taken, with the largest k for which a binomial variable of n
 * trials with probability alpha is at most k - 1 with a probability of at most delta. If the failures to come are like
 * the known ones, the share of them that scores below it is more than alpha with a probability of at most delta. The
 * scores have to be those that the changes got before anybody knew how they end; a model's scores of what it was
 * fitted to are too high.
 *
 * @param alpha the share of failures that may pass, between 0 and 1
 * @param delta the probability with which more may pass, between 0 and 1
 * @param failures n, how many failures it rests on
 * @param score a change passes if its score is below this, and not if it is equal
 */
public record PassThreshold(double alpha, double delta, int failures, double score) {

    public PassThreshold {
        requireProbability("alpha", alpha);
        requireProbability("delta", delta);
    }

    /** Whether a change with this score passes. */
    public boolean passes(double scored) {
        return scored < score;
    }

    /** Returns how many failures have to be known: the smallest n with (1 - alpha)^n at most delta. */
    public static int needed(double alpha, double delta) {
        requireProbability("alpha", alpha);
        requireProbability("delta", delta);
        int n = Math.max(1, (int) Math.floor(Math.log(delta) / Math.log1p(-alpha)) - 1);
        while (Math.pow(1 - alpha, n) > delta) {
            n++;
        }
        return n;
    }

    /**
     * Returns the threshold.
     *
     * @param scores of known failures, in any order; none is no number
     * @return empty if too few failures are known for such a promise
     */
    public static Optional<PassThreshold> of(List<Double> scores, double alpha, double delta) {
        int rank = rank(scores.size(), alpha, delta);
        if (rank == 0) {
            return Optional.empty();
        }
        double score = scores.stream().sorted().skip(rank - 1L).findFirst().orElseThrow();
        return Optional.of(new PassThreshold(alpha, delta, scores.size(), score));
    }

    /** Returns the largest k in 1 to n with P(Binomial(n, alpha) &le; k - 1) at most delta; 0 if there is none. */
    static int rank(int n, double alpha, double delta) {
        requireProbability("alpha", alpha);
        requireProbability("delta", delta);
        // In logarithms, because (1 - alpha)^n is too small for a double where n is large.
        double term = n * Math.log1p(-alpha);
        double odds = Math.log(alpha) - Math.log1p(-alpha);
        double below = Math.exp(term);
        int rank = 0;
        while (rank < n && below <= delta) {
            rank++;
            term += Math.log((double) (n - rank + 1) / rank) + odds;
            below += Math.exp(term);
        }
        return rank;
    }

    private static void requireProbability(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is between 0 and 1, not " + value);
        }
    }
}
