package io.jenkins.plugins.changegate.engine.condition;

import java.util.Objects;

/**
 * A fact from outside of the change.
 *
 * @param value a number, a text or a truth value: a {@link Long}, {@link Double}, {@link String} or {@link Boolean}
 * @param source where it is from, for people
 * @param claimed whether the pipeline says so, which whoever writes the pipeline can make it say
 */
public record Signal(Object value, String source, boolean claimed) {

    /** Longest text, in characters. */
    public static final int LONGEST = 1000;

    /**
     * @throws IllegalArgumentException if the value is no such thing, a number that is not finite, or too long a text
     */
    public Signal {
        Objects.requireNonNull(source, "source");
        if (!(value instanceof Long
                || value instanceof Double
                || value instanceof String
                || value instanceof Boolean)) {
            throw new IllegalArgumentException("A signal is a number, a text or a truth value, not " + value);
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException("A signal is a finite number, not " + value);
        }
        if (value instanceof String text && text.length() > LONGEST) {
            throw new IllegalArgumentException("A signal's text has at most " + LONGEST + " characters");
        }
    }
}
