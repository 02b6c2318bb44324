package io.jenkins.plugins.changegate.engine.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured of one way to score.
 *
 * @param values by name; what could not be computed is {@link Double#NaN}
 * @param curve the AUC by the number of labels that were learnt from; the same holds
 */
public record Figures(Map<String, Double> values, Map<Integer, Double> curve) {

    /** The names of the values, in their order. */
    public static final List<String> NAMES = List.of(
            "auc",
            "capture5",
            "capture10",
            "capture20",
            "capture50",
            "passed80",
            "passed90",
            "passed95",
            "brier",
            "ece15",
            "miss05",
            "miss10",
            "miss20");

    /** How many labels the points of the learning curve have. */
    public static final List<Integer> LABELS = List.of(0, 50, 200, 500, 2000);

    public Figures {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        curve = Collections.unmodifiableMap(new TreeMap<>(curve));
    }

    /** Returns the mean of each figure over those that have it. */
    static Figures mean(List<Figures> all) {
        Map<String, Double> values = new LinkedHashMap<>();
        NAMES.forEach(name -> values.put(
                name, average(all.stream().map(each -> each.values.get(name)).toList())));
        Map<Integer, Double> curve = new TreeMap<>();
        LABELS.forEach(labels -> curve.put(
                labels, average(all.stream().map(each -> each.curve.get(labels)).toList())));
        return new Figures(values, curve);
    }

    private static double average(List<Double> numbers) {
        return numbers.stream()
                .mapToDouble(Double::doubleValue)
                .filter(number -> !Double.isNaN(number))
                .average()
                .orElse(Double.NaN);
    }
}
