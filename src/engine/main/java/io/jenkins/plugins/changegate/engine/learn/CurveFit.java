package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits an intercept and curves to past changes: the weights that are most probable, with a Gaussian prior around the
 * coefficients that are shipped. The prior's precisions were set once, on the training parts of public data.
 */
final class CurveFit {

    /** Of the first slope of each curve, in log-odds per standard deviation: a deviation of 0.13. */
    private static final double SLOPE = 60;

    /** Of the difference of a slope from the one before it: a deviation of 0.32. */
    private static final double BEND = 10;

    /** Of the intercept: a deviation of 2. The shipped one says little of how often changes fail elsewhere. */
    private static final double INTERCEPT = 0.25;

    /** Of how much size matters, in shares of how much it matters in the prior. */
    private static final double SCALE = 10;

    /** Between these shares of the local changes a curve can bend. */
    private static final double[] QUANTILES = {0.10, 0.25, 0.50, 0.75, 0.90};

    /** What differs less than this does not differ. */
    private static final double NOTHING = 1e-9;

    /** What is fitted. */
    record Fitted(double intercept, List<Curve> curves) {}

    private final PriorCoefficients prior;

    CurveFit(PriorCoefficients prior) {
        this.prior = prior;
    }

    /** Returns the prior itself. */
    Fitted shipped() {
        return size(prior.typicalAdded(), prior.typicalDeleted(), 0, 1);
    }

    /** Fits how often changes fail and how much size matters: an intercept, and one factor on the prior. */
    Fitted size(List<LabelledChange> past) {
        double added = mean(past, new Term(Feature.LINES_ADDED), prior.typicalAdded());
        double deleted = mean(past, new Term(Feature.LINES_DELETED), prior.typicalDeleted());
        Fitted start = size(added, deleted, 0, 1);
        double[][] rows = past.stream()
                .map(change -> new double[] {1, sum(start, change.features())})
                .toArray(double[][]::new);
        double[] weights = fit(
                rows, past, new double[] {0, 1}, new double[][] {{INTERCEPT, 0}, {0, SCALE}}, new boolean[] {false, true
                });
        return size(added, deleted, weights[0], weights[1]);
    }

    private Fitted size(double added, double deleted, double shift, double factor) {
        double typical = prior.intercept() + prior.added() * added + prior.deleted() * deleted;
        Curve byAdded = new Curve(
                new Term(Feature.LINES_ADDED), added, 1, new double[0], new double[] {factor * prior.added()});
        Curve byDeleted = new Curve(
                new Term(Feature.LINES_DELETED), deleted, 1, new double[0], new double[] {factor * prior.deleted()});
        return new Fitted(shift + factor * typical, List.of(byAdded, byDeleted));
    }

    /** Fits a straight line for every feature. */
    Fitted linear(List<LabelledChange> past) {
        return fit(past, Term.SINGLE, false);
    }

    /** Fits a curve for every term. */
    Fitted curves(List<LabelledChange> past) {
        return fit(past, Term.ALL, true);
    }

    /** Fits lines and curves, and returns the mean of both: curves that are drawn to lines. */
    Fitted blend(List<LabelledChange> past) {
        Fitted lines = linear(past);
        Fitted curves = curves(past);
        double intercept = (lines.intercept + curves.intercept) / 2;
        List<Curve> blended = new ArrayList<>();
        for (Curve curve : curves.curves) {
            double slope = 0;
            for (Curve line : lines.curves) {
                slope += line.term().equals(curve.term()) ? line.slope() : 0;
            }
            blended.add(curve.blended(slope));
            intercept += slope * curve.anchor() / 2;
        }
        return new Fitted(intercept, blended);
    }

    private Fitted fit(List<LabelledChange> past, List<Term> terms, boolean bent) {
        List<Curve> curves = new ArrayList<>();
        terms.forEach(term -> curve(past, term, bent, curves));
        int weights = 1 + curves.stream().mapToInt(Curve::pieces).sum();
        double[][] rows = new double[past.size()][weights];
        double[] anchor = new double[weights];
        double[] mean = new double[weights];
        double[][] precision = new double[weights][weights];
        boolean[] bounded = new boolean[weights];
        precision[0][0] = INTERCEPT;
        int from = 1;
        for (Curve curve : curves) {
            curve.pieces(Features.NONE, anchor, from);
            for (int i = 0; i < rows.length; i++) {
                curve.pieces(past.get(i).features(), rows[i], from);
            }
            int to = from + curve.pieces();
            Arrays.fill(mean, from, to, slope(curve));
            Arrays.fill(bounded, from, to, curve.term().isRising());
            precision[from][from] += SLOPE;
            for (int i = from + 1; i < to; i++) {
                precision[i][i] += BEND;
                precision[i - 1][i - 1] += BEND;
                precision[i][i - 1] -= BEND;
                precision[i - 1][i] -= BEND;
            }
            from = to;
        }
        for (double[] row : rows) {
            row[0] = 1;
        }
        double typical = prior.intercept()
                + prior.added() * mean(past, new Term(Feature.LINES_ADDED), prior.typicalAdded())
                + prior.deleted() * mean(past, new Term(Feature.LINES_DELETED), prior.typicalDeleted());
        for (int i = 1; i < weights; i++) {
            typical -= mean[i] * anchor[i];
        }
        mean[0] = typical;
        double[] fitted = fit(rows, past, mean, precision, bounded);
        List<Curve> done = new ArrayList<>();
        from = 1;
        for (Curve curve : curves) {
            done.add(curve.with(Arrays.copyOfRange(fitted, from, from + curve.pieces())));
            from += curve.pieces();
        }
        return new Fitted(fitted[0], done);
    }

    private static double[] fit(
            double[][] rows, List<LabelledChange> past, double[] mean, double[][] precision, boolean[] bounded) {
        boolean[] failed = new boolean[rows.length];
        double[] importance = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            failed[i] = past.get(i).failed();
            importance[i] = 1;
        }
        return new BoundedLogistic(rows, failed, importance, mean, precision, bounded).fit();
    }

    /** Adds a curve with no slopes yet, unless the term is the same for all changes, so that nothing can be learnt. */
    private void curve(List<LabelledChange> past, Term term, boolean bent, List<Curve> curves) {
        double mean = mean(past, term, typical(term));
        double[] values = values(past, term);
        double deviation = Math.sqrt(Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / Math.max(1, values.length));
        if (deviation < NOTHING) {
            if (!term.isSize()) {
                return;
            }
            deviation = 1;
        }
        double[] knots = bent && !term.isYesOrNo() ? knots(values, mean, deviation) : new double[0];
        curves.add(new Curve(term, mean, deviation, knots, new double[knots.length + 1]));
    }

    /** Returns the quantiles that divide the changes, in standard deviations from the mean. */
    private static double[] knots(double[] sorted, double mean, double deviation) {
        int last = sorted.length - 1;
        if (last < 0) {
            return new double[0];
        }
        return Arrays.stream(QUANTILES)
                .map(quantile -> sorted[(int) Math.round(quantile * last)])
                .filter(value -> value > sorted[0] && value < sorted[last])
                .distinct()
                .map(value -> (value - mean) / deviation)
                .toArray();
    }

    private double slope(Curve curve) {
        return switch (curve.term().feature()) {
            case LINES_ADDED -> prior.added() * curve.deviation();
            case LINES_DELETED -> prior.deleted() * curve.deviation();
            default -> 0;
        };
    }

    private double typical(Term term) {
        return switch (term.feature()) {
            case LINES_ADDED -> prior.typicalAdded();
            case LINES_DELETED -> prior.typicalDeleted();
            default -> 0;
        };
    }

    private static double sum(Fitted fitted, Features features) {
        double sum = fitted.intercept;
        for (Curve curve : fitted.curves) {
            sum += curve.logOdds(features);
        }
        return sum;
    }

    private static double mean(List<LabelledChange> past, Term term, double ifUnknown) {
        return Arrays.stream(values(past, term)).average().orElse(ifUnknown);
    }

    private static double[] values(List<LabelledChange> past, Term term) {
        return past.stream()
                .mapToDouble(change -> term.of(change.features()))
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }
}
