package io.jenkins.plugins.changegate.engine.text;

import java.util.Arrays;

/** The lines of a text: they end with a line feed, a carriage return, or both. Immutable. */
public final class Lines {

    private final String text;
    private final int[] starts;

    /** Where each code point begins; empty if every character is one. */
    private final int[] codePoints;

    public Lines(String text) {
        this.text = text;
        int[] found = new int[text.length() + 1];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                found[count++] = i + 1;
            }
        }
        this.starts = Arrays.copyOf(found, count);
        this.codePoints = text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? codePoints(text) : new int[0];
    }

    /** Returns the lines of a text without its byte order mark: editors don't show one, and count without it. */
    public static Lines of(String text) {
        return new Lines(text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /** Returns the whole text. */
    public String text() {
        return text;
    }

    /**
     * Returns how many characters stand before a place; at most all.
     *
     * @param line from 1
     * @param column from 0, in code points
     */
    public int offset(int line, int column) {
        if (line > starts.length) {
            return text.length();
        }
        int start = starts[Math.max(0, line - 1)];
        if (codePoints.length == 0) {
            return Math.min(start + column, text.length());
        }
        int at = Arrays.binarySearch(codePoints, start) + column;
        return at < codePoints.length ? codePoints[at] : text.length();
    }

    private static int[] codePoints(String text) {
        int[] begins = new int[text.codePointCount(0, text.length())];
        int at = 0;
        for (int i = 0; i < begins.length; i++) {
            begins[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        return begins;
    }

    /** Returns how many characters stand before a place. */
    public int offset(Place place) {
        return Math.min(text.length(), starts[Math.min(place.line(), starts.length) - 1] + place.column() - 1);
    }

    /** Returns the place that so many characters stand before. */
    public Place place(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Place(line + 1, offset - starts[line] + 1);
    }
}
