package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.Arrays;

/**
 * What a term adds to the log-odds: straight pieces over the term's distance from its local mean, in standard
 * deviations. Immutable.
 */
final class Curve {

    /** Terms further from the mean than this many standard deviations count as if they were this far. */
    private static final double CLIP = 4;

    private final Term term;
    private final double mean;
    private final double deviation;
    private final double[] knots;
    private final double[] slopes;

    /**
     * @param mean of the term
     * @param deviation the term's standard deviation, above 0
     * @param knots where one piece ends and the next begins, rising, in standard deviations from the mean
     * @param slopes of the pieces, one more than knots; in log-odds per standard deviation
     */
    Curve(Term term, double mean, double deviation, double[] knots, double[] slopes) {
        this.term = term;
        this.mean = mean;
        this.deviation = deviation;
        this.knots = knots.clone();
        this.slopes = slopes.clone();
    }

    Term term() {
        return term;
    }

    double deviation() {
        return deviation;
    }

    int pieces() {
        return slopes.length;
    }

    /** Returns the same curve with other slopes. */
    Curve with(double[] others) {
        return new Curve(term, mean, deviation, knots, others);
    }

    /** Returns the slope of the first piece, and so that of a line. */
    double slope() {
        return slopes[0];
    }

    /** Returns where it adds nothing, in standard deviations from the mean. */
    double anchor() {
        return knots.length == 0 ? 0 : knots[0];
    }

    /** Returns the mean of this curve and a line over the same term, apart from what the line adds at the anchor. */
    Curve blended(double line) {
        double[] means = new double[slopes.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (slopes[i] + line) / 2;
        }
        return with(means);
    }

    /** Returns how far a change is from the mean, in standard deviations; 0 if the term is missing. */
    private double distance(Features features) {
        double value = term.of(features);
        if (Double.isNaN(value)) {
            return 0;
        }
        double distance = (value - mean) / deviation;
        // What may only rise is not cut off: the largest change still scores more than the second largest.
        return term.isSize() ? distance : Math.max(-CLIP, Math.min(CLIP, distance));
    }

    /** Writes what each slope is multiplied by: how far the change goes along each piece, from the first knot on. */
    void pieces(Features features, double[] into, int from) {
        double distance = distance(features);
        if (knots.length == 0) {
            into[from] = distance;
            return;
        }
        into[from] = Math.min(distance, knots[0]) - knots[0];
        for (int i = 0; i < knots.length; i++) {
            double end = i + 1 < knots.length ? knots[i + 1] : Double.POSITIVE_INFINITY;
            into[from + i + 1] = Math.max(0, Math.min(distance, end) - knots[i]);
        }
    }

    /** Returns what it adds to the log-odds of a change. */
    double logOdds(Features features) {
        double[] along = new double[slopes.length];
        pieces(features, along, 0);
        double sum = 0;
        for (int i = 0; i < slopes.length; i++) {
            sum += slopes[i] * along[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return term.words() + " " + Arrays.toString(slopes);
    }
}
