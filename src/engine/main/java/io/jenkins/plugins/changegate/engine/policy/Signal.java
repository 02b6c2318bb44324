package io.jenkins.plugins.changegate.engine.policy;

import java.util.Objects;

/**
 * A fact from outside of the change.
 *
 * @param value a number, a text or a truth value: a {@link Long}, {@link Double}, {@link String} or {@link Boolean}
 * @param source where it is from, for people
 * @param claimed whether the pipeline says so, which whoever writes the pipeline can make it say
 */
public record Signal(Object value, String source, boolean claimed) {

    public Signal {
        Objects.requireNonNull(source, "source");
        if (!(value instanceof Long
                || value instanceof Double
                || value instanceof String
                || value instanceof Boolean)) {
            throw new IllegalArgumentException("A signal is a number, a text or a truth value, not " + value);
        }
    }
}
