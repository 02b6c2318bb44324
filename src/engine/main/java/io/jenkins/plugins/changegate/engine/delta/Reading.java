package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What could be read of a change: a delta, gaps, or both.
 *
 * @param deltaOrNull the delta, or {@code null} if none could be read; then there is at least one gap
 * @param gaps what is missing; empty only if everything was read
 */
public record Reading(Delta deltaOrNull, List<Gap> gaps) implements Serializable {

    public Reading {
        gaps = List.copyOf(gaps);
        if (deltaOrNull == null && gaps.isEmpty()) {
            throw new IllegalArgumentException("A reading without a delta must say why");
        }
    }

    /** A reading with nothing but the reason why there is no delta. */
    public static Reading none(Gap.Kind kind, String because) {
        return new Reading(null, List.of(new Gap(kind, because)));
    }

    /** Returns the delta, if one could be read. */
    public Optional<Delta> delta() {
        return Optional.ofNullable(deltaOrNull);
    }

    /** Returns this reading with one more gap. */
    public Reading with(Gap gap) {
        List<Gap> all = new ArrayList<>(gaps);
        all.add(gap);
        return new Reading(deltaOrNull, all);
    }
}
