package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns a model from past changes. What it learns from is the last {@value #WINDOW} of them: older ones say little of
 * today.
 *
 * <p>Anything but how often changes fail and how much size matters is learnt only when it would have helped: of models
 * that know size alone, lines over all features, curves, or the mean of these two, each fitted to the older four fifths of the changes, the
 * one is taken that foretells the newest fifth best, by the mean logarithm of the probabilities. Thread-safe.
 */
public final class Learner {

    /** So many changes are learnt from, at most. */
    public static final int WINDOW = 5000;

    /** From so many changes on curves are fitted; before, they follow chance more than what there is to be learnt. */
    public static final int BENDS = 500;

    /** From so many changes on it is tried whether more than size can be learnt: the newest fifth are ten then. */
    public static final int MORE_THAN_SIZE = 50;

    /** The share of the changes that a model is fitted to which then is to foretell the others. */
    private static final double OLDER = 0.8;

    /** The precision of the prior of both numbers of a calibration: what is fitted as probabilities is nearly right. */
    private static final double CALIBRATION = 50;

    private final CurveFit fit;

    /** Learns from the coefficients that are shipped on. */
    public Learner() {
        this(PriorCoefficients.shipped());
    }

    /** Learns from other coefficients on. */
    public Learner(PriorCoefficients prior) {
        fit = new CurveFit(prior);
    }

    /** Learns, and compares changes with the last of the same past. */
    public RiskModel learn(List<LabelledChange> past) {
        return learn(past, past.stream().map(LabelledChange::features).toList());
    }

    /**
     * Learns.
     *
     * @param past changes of which it is known how they ended, the oldest first; may be empty
     * @param recent what changes are compared with in reasons, the oldest first, whether or not it is known how they
     *     ended; may be empty
     */
    public RiskModel learn(List<LabelledChange> past, List<Features> recent) {
        List<LabelledChange> window = past.subList(Math.max(0, past.size() - WINDOW), past.size());
        RecentChanges compared = new RecentChanges(recent);
        if (window.size() < MORE_THAN_SIZE) {
            return model(window.isEmpty() ? RiskModel.Stage.PRIOR : RiskModel.Stage.SIZE, window, compared);
        }
        int split = (int) (OLDER * window.size());
        List<LabelledChange> older = window.subList(0, split);
        List<LabelledChange> newest = window.subList(split, window.size());
        RiskModel better = foretellingBest(older, newest, window.size());
        return model(better.stage(), window, compared).with(calibration(better, newest));
    }

    /**
     * Returns what was or would have been said of past changes before it was known how they end. A past without
     * recorded scores has to be judged so: a model's scores of what it was fitted to are too good.
     *
     * @param past the oldest first
     * @param from the index of the first change to be scored
     * @param blocks how often it is learnt anew on the way
     * @param delay how many changes before a block are not known yet when it is scored
     * @return the log-odds of the changes from {@code from} on, in order
     */
    public List<Double> foretold(List<LabelledChange> past, int from, int blocks, int delay) {
        List<Double> scores = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            int begin = from + (int) ((long) (past.size() - from) * block / blocks);
            int end = from + (int) ((long) (past.size() - from) * (block + 1) / blocks);
            if (begin < end) {
                RiskModel model = learn(past.subList(0, Math.max(0, begin - delay)), List.of());
                past.subList(begin, end).forEach(change -> scores.add(model.logOdds(change.features())));
            }
        }
        return scores;
    }

    /** Returns the model, fitted to the older changes, that foretells the newest best; the simpler one if equal. */
    private RiskModel foretellingBest(List<LabelledChange> older, List<LabelledChange> newest, int labels) {
        RecentChanges none = new RecentChanges(List.of());
        RiskModel best = model(RiskModel.Stage.SIZE, older, none);
        double least = loss(best, newest);
        for (RiskModel.Stage stage : List.of(RiskModel.Stage.LINEAR, RiskModel.Stage.BLEND, RiskModel.Stage.CURVES)) {
            if (stage != RiskModel.Stage.LINEAR && labels < BENDS) {
                break;
            }
            RiskModel more = model(stage, older, none);
            double loss = loss(more, newest);
            if (loss < least) {
                best = more;
                least = loss;
            }
        }
        return best;
    }

    private RiskModel model(RiskModel.Stage stage, List<LabelledChange> past, RecentChanges recent) {
        CurveFit.Fitted fitted =
                switch (stage) {
                    case PRIOR -> fit.shipped();
                    case SIZE -> fit.size(past);
                    case LINEAR -> fit.linear(past);
                    case BLEND -> fit.blend(past);
                    case CURVES -> fit.curves(past);
                };
        return new RiskModel(stage, past.size(), fitted.intercept(), fitted.curves(), Calibration.NONE, recent);
    }

    /** Returns the mean of -ln of the probability that was given to what came. */
    private static double loss(RiskModel model, List<LabelledChange> changes) {
        double sum = 0;
        for (LabelledChange change : changes) {
            double z = model.raw(change.features());
            sum += BoundedLogistic.softplus(z) - (change.failed() ? z : 0);
        }
        return sum / changes.size();
    }

    private static Calibration calibration(RiskModel model, List<LabelledChange> changes) {
        return Calibration.fit(
                changes.stream().map(change -> model.raw(change.features())).toList(),
                changes.stream().map(LabelledChange::failed).toList(),
                CALIBRATION);
    }
}
