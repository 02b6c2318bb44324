package io.jenkins.plugins.changegate.engine.text;

import java.util.Comparator;

/**
 * Something that is wrong in a policy.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 code units, as editors count
 * @param message what is wrong and how to mend it, in one line
 */
public record Mistake(int line, int column, String message) implements Comparable<Mistake> {

    /** Longest message, in characters: it may repeat what was written. */
    private static final int LONGEST = 500;

    private static final Comparator<Mistake> BY_PLACE =
            Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column);

    public Mistake {
        String shown = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        // What was written may have lines and stranger things; one mistake is one line.
        message = shown.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Z}]+", " ")
                .strip();
    }

    /** Orders by place. */
    @Override
    public int compareTo(Mistake other) {
        return BY_PLACE.compare(this, other);
    }

    /** Returns it with its place, as {@code 3:5: There is no key …}. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
