package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.Guarantee;
import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.learn.PassThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which share of the bad changes would have passed, if at any time the threshold had been taken anew from the last 300
 * bad ones that were known then. The scores of the changes learnt from are those that they had before that.
 */
final class RollingMiss {

    /** The share of all changes by which knowing how a change ended lags behind. */
    static final double DELAY = 0.02;

    /** A bad change: when it was, counted in changes, and how it scored. */
    private record Bad(int at, double score) {}

    private final List<Bad> bads = new ArrayList<>();
    private final double[] scores;
    private final List<LabelledChange> test;
    private final int begin;
    private final int delay;

    /**
     * @param scores of the changes in the test part, by what was learnt from the train part
     */
    RollingMiss(Ranking ranking, Project project, double[] scores) {
        this.scores = scores.clone();
        test = project.test();
        begin = project.train().size();
        delay = (int) (DELAY * (begin + test.size()));
        int from = begin / 2;
        List<Double> foretold = ranking.foretold(project.train(), from, delay);
        for (int i = from; i < begin; i++) {
            add(i, project.train().get(i), foretold.get(i - from));
        }
        for (int i = 0; i < test.size(); i++) {
            add(begin + i, test.get(i), scores[i]);
        }
    }

    private void add(int at, LabelledChange change, double score) {
        if (change.failed() && !Double.isNaN(score)) {
            bads.add(new Bad(at, score));
        }
    }

    /**
     * Returns the share, from 0 to 1; {@link Double#NaN} if there was never a threshold, or no bad change.
     *
     * @param alpha the share that may pass
     */
    double share(double alpha) {
        int known = 0;
        int missed = 0;
        int all = 0;
        boolean promised = false;
        Optional<PassThreshold> threshold = Optional.empty();
        for (int i = 0; i < test.size(); i++) {
            int before = known;
            while (known < bads.size() && bads.get(known).at < begin + i - delay) {
                known++;
            }
            if (known != before) {
                List<Double> last = bads.subList(Math.max(0, known - Guarantee.WINDOW), known).stream()
                        .map(Bad::score)
                        .toList();
                threshold = PassThreshold.of(last, alpha, Guarantee.DELTA);
                promised |= threshold.isPresent();
            }
            if (test.get(i).failed() && !Double.isNaN(scores[i])) {
                all++;
                missed += threshold.isPresent() && threshold.get().passes(scores[i]) ? 1 : 0;
            }
        }
        return promised && all > 0 ? (double) missed / all : Double.NaN;
    }
}
