package io.jenkins.plugins.changegate.engine.learn;

/**
 * A logistic regression with a Gaussian prior, some of whose weights may not be negative: the weights that are most
 * probable. The objective is strictly convex, so there is exactly one answer.
 *
 * <p>Newton's method, with steps found by coordinate descent, which keeps to bounds without more ado (Friedman, Hastie
 * and Tibshirani, "Regularization paths for generalized linear models", 2010), and halved until they lead downhill.
 */
final class BoundedLogistic {

    private static final int STEPS = 50;
    private static final int SWEEPS = 500;
    private static final int HALVINGS = 30;

    /** A step that improves the objective by a smaller share than this is the last one. */
    private static final double ENOUGH = 1e-9;

    private final double[][] rows;
    private final boolean[] labels;
    private final double[] importance;
    private final double[] mean;
    private final double[][] precision;
    private final boolean[] bounded;

    /**
     * @param rows what the weights are multiplied by, for each change; it is not changed, and not copied
     * @param labels what came
     * @param importance how much each change counts
     * @param mean of the prior, not negative where bounded
     * @param precision of the prior: the inverse of its covariance, symmetric and positive definite
     * @param bounded which weights may not be negative
     */
    BoundedLogistic(
            double[][] rows,
            boolean[] labels,
            double[] importance,
            double[] mean,
            double[][] precision,
            boolean[] bounded) {
        this.rows = rows;
        this.labels = labels;
        this.importance = importance;
        this.mean = mean;
        this.precision = precision;
        this.bounded = bounded;
    }

    /** Returns the most probable weights. */
    double[] fit() {
        double[] weights = mean.clone();
        double loss = loss(weights);
        for (int step = 0; step < STEPS; step++) {
            double[][] curvature = copy(precision);
            double[] direction = descend(weights, gradient(weights, curvature), curvature);
            double share = 1;
            double[] next = plus(weights, direction, share);
            double better = loss(next);
            for (int i = 0; i < HALVINGS && better > loss; i++) {
                share /= 2;
                next = plus(weights, direction, share);
                better = loss(next);
            }
            if (!(better < loss)) {
                return weights;
            }
            double gain = loss - better;
            weights = next;
            loss = better;
            if (gain < ENOUGH * Math.abs(loss)) {
                return weights;
            }
        }
        return weights;
    }

    /** Returns log(1 + e^x) without overflow. */
    static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    private double loss(double[] weights) {
        double loss = 0;
        for (int i = 0; i < rows.length; i++) {
            double z = product(rows[i], weights);
            loss += importance[i] * (softplus(z) - (labels[i] ? z : 0));
        }
        double[] pull = pull(weights);
        for (int j = 0; j < weights.length; j++) {
            loss += pull[j] * (weights[j] - mean[j]) / 2;
        }
        return loss;
    }

    /** Returns the gradient, and adds the curvature of the likelihood to what is given. */
    private double[] gradient(double[] weights, double[][] curvature) {
        double[] gradient = pull(weights);
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            double p = probability(product(row, weights));
            double error = importance[i] * (p - (labels[i] ? 1 : 0));
            double variance = importance[i] * p * (1 - p);
            for (int j = 0; j < row.length; j++) {
                if (row[j] == 0) {
                    continue;
                }
                gradient[j] += error * row[j];
                double product = variance * row[j];
                double[] line = curvature[j];
                for (int k = 0; k <= j; k++) {
                    line[k] += product * row[k];
                }
            }
        }
        for (int j = 0; j < curvature.length; j++) {
            for (int k = 0; k < j; k++) {
                curvature[k][j] = curvature[j][k];
            }
        }
        return gradient;
    }

    /** Returns the step to the minimum of the quadratic that has this gradient and curvature, within the bounds. */
    private double[] descend(double[] weights, double[] gradient, double[][] curvature) {
        double[] step = new double[weights.length];
        double[] slope = gradient.clone();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double largest = 0;
            for (int j = 0; j < step.length; j++) {
                double move = -slope[j] / curvature[j][j];
                if (bounded[j]) {
                    move = Math.max(move, -weights[j] - step[j]);
                }
                if (move == 0) {
                    continue;
                }
                step[j] += move;
                double[] line = curvature[j];
                for (int k = 0; k < slope.length; k++) {
                    slope[k] += move * line[k];
                }
                largest = Math.max(largest, move * move * line[j]);
            }
            if (largest < ENOUGH) {
                break;
            }
        }
        return step;
    }

    private double[] pull(double[] weights) {
        double[] pull = new double[weights.length];
        for (int j = 0; j < weights.length; j++) {
            for (int k = 0; k < weights.length; k++) {
                pull[j] += precision[j][k] * (weights[k] - mean[k]);
            }
        }
        return pull;
    }

    private double[] plus(double[] weights, double[] step, double share) {
        double[] sum = new double[weights.length];
        for (int j = 0; j < sum.length; j++) {
            sum[j] = weights[j] + share * step[j];
            if (bounded[j]) {
                // What rounding leaves below 0 would be a curve that falls.
                sum[j] = Math.max(0, sum[j]);
            }
        }
        return sum;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }
}
