package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a part of the score is about: the logarithm of a feature, or of a feature per another one. Logarithms, because
 * twice as much tells about as much wherever it begins.
 *
 * @param feature what counts
 * @param per by what it is divided; empty if by nothing
 */
public record Term(Feature feature, Optional<Feature> per) {

    /** Every feature by itself. */
    static final List<Term> SINGLE =
            List.of(Feature.values()).stream().map(Term::new).toList();

    /** The features, and those shares of them that said more than the features alone. */
    static final List<Term> ALL = all();

    public Term {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(per, "per");
    }

    Term(Feature feature) {
        this(feature, Optional.empty());
    }

    Term(Feature feature, Feature per) {
        this(feature, Optional.of(per));
    }

    private static List<Term> all() {
        List<Term> all = new ArrayList<>(SINGLE);
        all.add(new Term(Feature.EARLIER_CHANGES, Feature.EARLIER_AUTHORS));
        all.add(new Term(Feature.AUTHOR_RECENT_CHANGES, Feature.AUTHOR_CHANGES));
        all.add(new Term(Feature.AUTHOR_SUBSYSTEM_CHANGES, Feature.AUTHOR_CHANGES));
        return List.copyOf(all);
    }

    /**
     * Returns ln(1 + x), or ln((1 + x) / (1 + y)) of x per y; {@link Double#NaN} if a feature of it is missing.
     */
    double of(Features features) {
        double above = logarithm(features, feature);
        return per.isEmpty() ? above : above - logarithm(features, per.get());
    }

    private static double logarithm(Features features, Feature feature) {
        Double value = features.values().get(feature);
        return value == null ? Double.NaN : Math.log1p(value);
    }

    /**
     * Whether a change never scores less when this is more: more lines are never safer, and no word of a message makes a
     * change safe.
     */
    boolean isRising() {
        return isSize() || feature == Feature.FIX;
    }

    /** Whether the prior that is shipped knows of it. */
    boolean isSize() {
        return feature == Feature.LINES_ADDED || feature == Feature.LINES_DELETED;
    }

    /** Whether it is only ever 0 or 1. */
    boolean isYesOrNo() {
        return feature == Feature.FIX;
    }

    /** Whether it counts what a change could have fewer of, if it were made in smaller steps. */
    boolean isCount() {
        return per.isEmpty()
                && switch (feature) {
                    case LINES_ADDED, LINES_DELETED, FILES, DIRECTORIES, SUBSYSTEMS -> true;
                    default -> false;
                };
    }

    /** Returns what it is about, in words. */
    public String words() {
        return per.map(other -> feature.words() + " per " + other.words()).orElse(feature.words());
    }
}
