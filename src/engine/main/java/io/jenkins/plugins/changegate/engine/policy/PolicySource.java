package io.jenkins.plugins.changegate.engine.policy;

import tools.jackson.core.TokenStreamLocation;

/**
 * The text that is being checked, for naming the places of mistakes in it.
 *
 * @param name what it was read from, for people
 * @param text the YAML
 * @param places where what stands in it
 */
record PolicySource(String name, String text, Places places) {

    /**
     * Returns a value that must be written.
     *
     * @param path where it would stand, as in {@code /rules/0/name}
     * @throws PolicyException if it is null
     */
    <T> T written(T value, String path) throws PolicyException {
        if (value == null) {
            throw mistake(path, "Nothing is written here");
        }
        return value;
    }

    /** Returns the mistake that is made in a piece of text. */
    PolicyException mistake(Text place, String message) {
        return new PolicyException(name, place.line(), place.column(), message, null);
    }

    /** Returns the mistake that is made at a path, or at the nearest one around it. */
    PolicyException mistake(String path, String message) {
        return mistake(places.find(path), message);
    }

    /** Returns the mistake that is made at a place. */
    PolicyException mistake(TokenStreamLocation place, String message) {
        return new PolicyException(name, place.getLineNr(), place.getColumnNr(), message, null);
    }
}
