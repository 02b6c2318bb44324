package io.jenkins.plugins.changegate.engine.policy;

/**
 * Where something stands in a text.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 code units, as editors count
 */
record Place(int line, int column) {

    /** The beginning of a text. */
    static final Place FIRST = new Place(1, 1);
}
