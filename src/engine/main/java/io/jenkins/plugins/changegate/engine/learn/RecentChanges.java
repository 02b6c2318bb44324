package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The last changes, whether or not it is known how they ended: what a change is compared with when it is said what is
 * special about it. Immutable.
 */
final class RecentChanges {

    /** So many are compared with, at most. */
    static final int WINDOW = 500;

    private final List<Features> changes;
    private final Map<Term, double[]> sorted = new HashMap<>();

    /**
     * @param changes the oldest first; only the newest are used
     */
    RecentChanges(List<Features> changes) {
        this.changes = List.copyOf(changes.subList(Math.max(0, changes.size() - WINDOW), changes.size()));
        for (Term term : Term.ALL) {
            sorted.put(term, sorted(term::of));
        }
    }

    private double[] sorted(ToDoubleFunction<Features> value) {
        return changes.stream()
                .mapToDouble(value)
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
    }

    /** Returns the median of a number over the changes; empty if there are none. */
    OptionalDouble median(ToDoubleFunction<Features> value) {
        double[] values = sorted(value);
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = values.length / 2;
        return OptionalDouble.of(values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2);
    }

    /** Returns the share of the changes, in percent, for which a term is less; empty if it cannot be told. */
    OptionalDouble percentBelow(Term term, double value) {
        return percentBelow(sorted.get(term), value);
    }

    static OptionalDouble percentBelow(double[] sorted, double value) {
        if (sorted.length == 0 || Double.isNaN(value)) {
            return OptionalDouble.empty();
        }
        int at = Arrays.binarySearch(sorted, value);
        int below = at < 0 ? -at - 1 : at;
        while (below > 0 && sorted[below - 1] == value) {
            below--;
        }
        return OptionalDouble.of(100.0 * below / sorted.length);
    }

    /** Returns a number of each change, sorted. */
    double[] each(ToDoubleFunction<Features> value) {
        return sorted(value);
    }
}
