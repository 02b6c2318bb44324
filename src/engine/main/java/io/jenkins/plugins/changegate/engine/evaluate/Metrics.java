package io.jenkins.plugins.changegate.engine.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well scores tell the bad changes from the others. What cannot be computed, because there are no bad changes for
 * instance, is {@link Double#NaN}.
 *
 * <p>Changes with equal scores are taken as if their order were random, and what is returned is the mean over all such
 * orders: no ranking gains or loses by ties. Immutable.
 */
final class Metrics {

    private static final int BINS = 15;

    /** Indices by score, the lowest first. */
    private final int[] order;

    private final double[] scores;
    private final boolean[] bad;
    private final int bads;

    /**
     * @param scores one for each change; none is no number
     * @param bad whether the change turned out bad, in the same order
     */
    Metrics(double[] scores, boolean[] bad) {
        this.scores = scores.clone();
        this.bad = bad.clone();
        bads = (int) IntStream.range(0, bad.length).filter(i -> bad[i]).count();
        order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Returns the probability that a bad change scores more than another one, where equal scores count half: the area
     * under the ROC curve, from 0 to 1.
     */
    double auc() {
        double others = bad.length - (double) bads;
        double pairs = 0;
        double othersBelow = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = endOfTie(from);
            int badHere = bads(from, to);
            int othersHere = to - from - badHere;
            pairs += badHere * (othersBelow + othersHere / 2.0);
            othersBelow += othersHere;
        }
        return bads == 0 || others == 0 ? Double.NaN : pairs / (bads * others);
    }

    /**
     * Returns the share of the bad changes among the riskiest ones.
     *
     * @param share how many of all changes are taken, from 0 to 1; a fraction of a change counts as that fraction
     */
    double capture(double share) {
        double left = (1 - share) * order.length;
        double found = bads;
        for (int from = 0, to; from < order.length && left > 0; from = to) {
            to = endOfTie(from);
            double taken = Math.min(left, to - from);
            found -= bads(from, to) * taken / (to - from);
            left -= to - from;
        }
        return bads == 0 ? Double.NaN : found / bads;
    }

    /**
     * Returns the share of all changes that can pass while enough of the bad ones are stopped.
     *
     * @param recall the share of the bad changes to stop, from 0 to 1
     */
    double passed(double recall) {
        double left = (1 - recall) * bads;
        double passed = 0;
        for (int from = 0, to; from < order.length; from = to) {
            to = endOfTie(from);
            int badHere = bads(from, to);
            if (badHere > left) {
                passed += (to - from) * left / badHere;
                break;
            }
            left -= badHere;
            passed += to - from;
        }
        return bads == 0 ? Double.NaN : passed / order.length;
    }

    /**
     * Returns the mean squared distance of probabilities from what came, from 0, which is best, to 1 (Brier 1950).
     */
    double brier() {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double distance = scores[i] - (bad[i] ? 1 : 0);
            sum += distance * distance;
        }
        return scores.length == 0 ? Double.NaN : sum / scores.length;
    }

    /**
     * Returns the expected calibration error: how far the mean probability is from the share of bad changes, in the
     * mean over the changes, within 15 equally wide ranges of probabilities; from 0, which is best, to 1.
     */
    double calibrationError() {
        double[] sums = new double[BINS];
        for (int i = 0; i < scores.length; i++) {
            int bin = Math.min(BINS - 1, (int) (scores[i] * BINS));
            sums[bin] += scores[i] - (bad[i] ? 1 : 0);
        }
        return scores.length == 0
                ? Double.NaN
                : Arrays.stream(sums).map(Math::abs).sum() / scores.length;
    }

    private int endOfTie(int from) {
        int to = from + 1;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
            to++;
        }
        return to;
    }

    private int bads(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bad[order[i]] ? 1 : 0;
        }
        return count;
    }
}
