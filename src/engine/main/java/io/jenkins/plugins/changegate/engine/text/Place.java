package io.jenkins.plugins.changegate.engine.text;

/**
 * Where something stands in a text.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 code units, as editors count
 */
public record Place(int line, int column) {

    /** The beginning of a text. */
    public static final Place FIRST = new Place(1, 1);
}
