package io.jenkins.plugins.changegate.engine.risk;

import java.util.List;
import java.util.Objects;

/**
 * A part of a score, with its reason.
 *
 * @param source what gave it: {@code size}, {@code scale}, or the name of a rule
 * @param points how much it adds to the score; negative if it takes something away
 * @param because the reason, one sentence that a person understands
 * @param evidence where it can be seen: files, or {@code file:line}; at most a handful
 * @param layer whose rule it is, in words; empty if no rule gave it, or if it was recorded before layers were
 */
public record Contribution(String source, int points, String because, List<String> evidence, String layer) {

    public Contribution {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(because, "because");
        evidence = List.copyOf(evidence);
        layer = Objects.requireNonNullElse(layer, "");
    }

    /** A contribution that no rule gave. */
    public Contribution(String source, int points, String because, List<String> evidence) {
        this(source, points, because, evidence, "");
    }

    /** A contribution with nothing to point at. */
    public Contribution(String source, int points, String because) {
        this(source, points, because, List.of());
    }
}
