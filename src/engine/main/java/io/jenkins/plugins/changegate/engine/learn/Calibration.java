package io.jenkins.plugins.changegate.engine.learn;

import java.util.List;

/**
 * Turns log-odds into log-odds that are right on average, by a line (Platt, "Probabilistic outputs for support vector
 * machines", 1999). The slope is positive, so that the order of changes stays as it is.
 *
 * @param intercept what is added
 * @param slope what is multiplied by, above 0
 */
public record Calibration(double intercept, double slope) {

    /** Changes nothing. */
    public static final Calibration NONE = new Calibration(0, 1);

    public Calibration {
        if (!Double.isFinite(intercept) || !Double.isFinite(slope) || slope <= 0) {
            throw new IllegalArgumentException("No calibration: " + intercept + " + " + slope + " x");
        }
    }

    /** No calibration turns the order round, or makes all changes equal. */
    private static final double LEAST_SLOPE = 0.05;

    /**
     * Fits a line to what came: the most probable one, with a Gaussian prior around the line that changes nothing.
     *
     * @param logOdds of changes that the scoring model was not fitted to
     * @param failed what came of them, in the same order
     * @param precision of the prior of both numbers, above 0: the inverse of their variance
     */
    public static Calibration fit(List<Double> logOdds, List<Boolean> failed, double precision) {
        double[][] rows = logOdds.stream().map(z -> new double[] {1, z}).toArray(double[][]::new);
        boolean[] labels = new boolean[rows.length];
        double[] importance = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = failed.get(i);
            importance[i] = 1;
        }
        double[] line = new BoundedLogistic(
                        rows,
                        labels,
                        importance,
                        new double[] {0, 1},
                        new double[][] {{precision, 0}, {0, precision}},
                        new boolean[] {false, true})
                .fit();
        return new Calibration(line[0], Math.max(LEAST_SLOPE, line[1]));
    }

    /** Returns log-odds, calibrated. */
    public double apply(double logOdds) {
        return intercept + slope * logOdds;
    }
}
