package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.Calibration;
import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.List;

/**
 * The number of lines added, which is all that LApredict looks at (Zeng et al., ISSTA 2021). Probabilities come from a
 * logistic regression over that number.
 */
final class LinesAddedRanking implements Ranking {

    /** Next to nothing: the regression is to be what the number alone gives. */
    private static final double PRECISION = 1e-6;

    @Override
    public Scorer learn(List<LabelledChange> past) {
        List<LabelledChange> known = past.stream()
                .filter(change -> change.features().has(Feature.LINES_ADDED))
                .toList();
        double mean = known.stream()
                .mapToDouble(change -> lines(change.features()))
                .average()
                .orElse(0);
        double variance = known.stream()
                .mapToDouble(change -> Math.pow(lines(change.features()) - mean, 2))
                .average()
                .orElse(0);
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        Calibration line = Calibration.fit(
                known.stream()
                        .map(change -> (lines(change.features()) - mean) / deviation)
                        .toList(),
                known.stream().map(LabelledChange::failed).toList(),
                PRECISION);
        return new Scorer(
                LinesAddedRanking::lines,
                features -> 1 / (1 + Math.exp(-line.apply((lines(features) - mean) / deviation))));
    }

    @Override
    public List<Double> foretold(List<LabelledChange> past, int from, int delay) {
        return past.subList(from, past.size()).stream()
                .map(change -> lines(change.features()))
                .toList();
    }

    private static double lines(Features features) {
        return features.value(Feature.LINES_ADDED).orElse(Double.NaN);
    }
}
