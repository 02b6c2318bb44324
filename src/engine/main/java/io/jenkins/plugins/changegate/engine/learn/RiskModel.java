package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Scores changes: log-odds that a change fails, as a sum over terms. More lines, added or deleted, never score less
 * while everything else stays as it is. Immutable, thread-safe.
 */
public final class RiskModel {

    /** How much a model has learnt; the order is used. */
    public enum Stage {
        /** Nothing: the prior that is shipped. */
        PRIOR,
        /** How often changes fail here, and how much size matters. */
        SIZE,
        /** What else matters, and how much. */
        LINEAR,
        /** Half of what {@link #LINEAR} knows, and half of what {@link #CURVES} knows. */
        BLEND,
        /** And where it begins and ends to matter. */
        CURVES
    }

    private final Stage stage;
    private final int labels;
    private final double intercept;
    private final List<Curve> curves;
    private final Calibration calibration;
    private final RecentChanges recent;
    private final double[] medians;
    private final double median;
    private final double[] recentScores;

    RiskModel(
            Stage stage,
            int labels,
            double intercept,
            List<Curve> curves,
            Calibration calibration,
            RecentChanges recent) {
        this.stage = stage;
        this.labels = labels;
        this.intercept = intercept;
        this.curves = List.copyOf(curves);
        this.calibration = calibration;
        this.recent = recent;
        medians = new double[curves.size()];
        double sum = intercept;
        for (int i = 0; i < medians.length; i++) {
            Curve curve = curves.get(i);
            medians[i] = recent.median(curve::logOdds).orElse(curve.logOdds(Features.NONE));
            sum += medians[i];
        }
        median = calibration.apply(sum);
        recentScores = recent.each(this::logOdds);
    }

    /** Returns how much it has learnt. */
    public Stage stage() {
        return stage;
    }

    /** Returns from how many changes it was learnt. */
    public int labels() {
        return labels;
    }

    /** Returns how its scores are made right on average. */
    public Calibration calibration() {
        return calibration;
    }

    /** Returns the log-odds that a change fails; the same as those of {@link #score}. */
    public double logOdds(Features features) {
        double sum = median;
        for (int i = 0; i < medians.length; i++) {
            sum += contribution(i, features);
        }
        return sum;
    }

    /** Returns the probability that a change fails, between 0 and 1. */
    public double probability(Features features) {
        return BoundedLogistic.probability(logOdds(features));
    }

    /** Scores a change and says why. */
    public ScoredChange score(Features features) {
        List<LearntContribution> contributions = new ArrayList<>();
        for (int i = 0; i < medians.length; i++) {
            Term term = curves.get(i).term();
            double value = term.of(features);
            contributions.add(new LearntContribution(
                    term,
                    Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(shown(term, value)),
                    contribution(i, features),
                    recent.percentBelow(term, value)));
        }
        return new ScoredChange(median, contributions, RecentChanges.percentBelow(recentScores, logOdds(features)));
    }

    private double contribution(int i, Features features) {
        return calibration.slope() * (curves.get(i).logOdds(features) - medians[i]);
    }

    private static double shown(Term term, double value) {
        // Back from the logarithm, without what rounding leaves of a whole number.
        double number = term.per().isEmpty() ? Math.expm1(value) : Math.exp(value);
        double whole = Math.rint(number);
        return Math.abs(number - whole) < 1e-9 * Math.max(1, whole) ? whole : number;
    }

    /** Returns the log-odds before calibration. */
    double raw(Features features) {
        double sum = intercept;
        for (Curve curve : curves) {
            sum += curve.logOdds(features);
        }
        return sum;
    }

    /** Returns the same model, calibrated in another way. */
    RiskModel with(Calibration other) {
        return new RiskModel(stage, labels, intercept, curves, other, recent);
    }
}
