package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the coefficients that are shipped: a logistic regression over the logarithms of the lines added and deleted,
 * in which every project counts the same, however many changes it has.
 */
public final class PriorFit {

    /** Of the prior around 0, so that there is an answer also where one of the numbers tells nothing. */
    private static final double PRECISION = 10;

    /** Of the intercept it is next to nothing: how often changes are bad is no matter of belief. */
    private static final double FREE = 1e-6;

    private static final Term ADDED = new Term(Feature.LINES_ADDED);
    private static final Term DELETED = new Term(Feature.LINES_DELETED);

    private PriorFit() {}

    /**
     * Fits. Changes whose lines are not known are left out.
     *
     * @throws IllegalArgumentException if there is nothing to fit to
     */
    public static PriorCoefficients fit(List<List<LabelledChange>> projects) {
        List<List<LabelledChange>> known = projects.stream()
                .map(project -> project.stream()
                        .filter(change -> isKnown(change.features()))
                        .toList())
                .filter(project -> !project.isEmpty())
                .toList();
        if (known.isEmpty()) {
            throw new IllegalArgumentException("No change has lines added and deleted");
        }
        int all = known.stream().mapToInt(List::size).sum();
        List<double[]> rows = new ArrayList<>();
        boolean[] failed = new boolean[all];
        double[] importance = new double[all];
        double[] typical = new double[2];
        for (List<LabelledChange> project : known) {
            for (LabelledChange change : project) {
                double added = ADDED.of(change.features());
                double deleted = DELETED.of(change.features());
                failed[rows.size()] = change.failed();
                importance[rows.size()] = (double) all / known.size() / project.size();
                rows.add(new double[] {1, added, deleted});
                typical[0] += added / project.size() / known.size();
                typical[1] += deleted / project.size() / known.size();
            }
        }
        double[] weights = new BoundedLogistic(
                        rows.toArray(double[][]::new),
                        failed,
                        importance,
                        new double[3],
                        new double[][] {{FREE, 0, 0}, {0, PRECISION, 0}, {0, 0, PRECISION}},
                        new boolean[] {false, true, true})
                .fit();
        return new PriorCoefficients(weights[0], weights[1], weights[2], typical[0], typical[1]);
    }

    private static boolean isKnown(Features features) {
        return features.has(Feature.LINES_ADDED) && features.has(Feature.LINES_DELETED);
    }
}
