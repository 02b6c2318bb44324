package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Learns from a project's train part once, and measures on its test part. */
final class Measurement {

    private final Ranking ranking;
    private final Project project;
    private final double[] scores;
    private final double[] probabilities;

    Measurement(Ranking ranking, Project project) {
        this.ranking = ranking;
        this.project = project;
        Ranking.Scorer scorer = ranking.learn(project.train());
        scores = scores(scorer);
        probabilities = project.test().stream()
                .mapToDouble(change -> scorer.probability().applyAsDouble(change.features()))
                .toArray();
    }

    /** Returns a score for each change of the test part, in order; {@link Double#NaN} where there is none. */
    double[] scores() {
        return scores.clone();
    }

    Figures figures() {
        Metrics ranked = metrics(scores);
        Metrics probable = metrics(probabilities);
        RollingMiss miss = new RollingMiss(ranking, project, scores);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("auc", ranked.auc());
        values.put("capture5", ranked.capture(0.05));
        values.put("capture10", ranked.capture(0.10));
        values.put("capture20", ranked.capture(0.20));
        values.put("capture50", ranked.capture(0.50));
        values.put("passed80", ranked.passed(0.80));
        values.put("passed90", ranked.passed(0.90));
        values.put("passed95", ranked.passed(0.95));
        values.put("brier", probable.brier());
        values.put("ece15", probable.calibrationError());
        values.put("miss05", miss.share(0.05));
        values.put("miss10", miss.share(0.10));
        values.put("miss20", miss.share(0.20));
        return new Figures(values, curve());
    }

    private Map<Integer, Double> curve() {
        List<LabelledChange> train = project.train();
        Map<Integer, Double> curve = new TreeMap<>();
        for (int labels : Figures.LABELS) {
            boolean enough = labels <= train.size();
            curve.put(
                    labels,
                    enough
                            ? metrics(scores(ranking.learn(train.subList(train.size() - labels, train.size()))))
                                    .auc()
                            : Double.NaN);
        }
        return curve;
    }

    private double[] scores(Ranking.Scorer scorer) {
        return project.test().stream()
                .mapToDouble(change -> scorer.rank().applyAsDouble(change.features()))
                .toArray();
    }

    /** Leaves out what has no score. */
    private Metrics metrics(double[] numbers) {
        int[] known = IntStream.range(0, numbers.length)
                .filter(i -> !Double.isNaN(numbers[i]))
                .toArray();
        boolean[] bad = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            bad[i] = project.test().get(known[i]).failed();
        }
        return new Metrics(IntStream.of(known).mapToDouble(i -> numbers[i]).toArray(), bad);
    }
}
