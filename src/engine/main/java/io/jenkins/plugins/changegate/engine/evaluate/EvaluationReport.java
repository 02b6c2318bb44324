package io.jenkins.plugins.changegate.engine.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured on a folder of data sets. What could not be computed is {@link Double#NaN}.
 *
 * @param projects by their names, in the order of these
 * @param mean over the projects for which a figure could be computed
 * @param published what others published, by method
 * @param notes what was passed over when the data was read, in sentences
 */
public record EvaluationReport(
        Map<String, Result> projects, Result mean, Map<String, Comparison> published, List<String> notes) {

    /**
     * What was measured on the same changes.
     *
     * @param model the product's model
     * @param linesAdded the number of lines added alone
     */
    public record Result(Figures model, Figures linesAdded) {}

    /**
     * The model beside a published method, on the changes for which that has scores.
     *
     * @param auc the method's mean AUC over the projects
     * @param difference the model's mean AUC less the method's
     * @param lower of the 95 % interval of the difference, by a paired bootstrap
     * @param upper of the same
     */
    public record Comparison(double auc, double difference, double lower, double upper) {}

    public EvaluationReport {
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        published = Collections.unmodifiableMap(new LinkedHashMap<>(published));
        notes = List.copyOf(notes);
    }
}
