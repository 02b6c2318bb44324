package io.jenkins.plugins.changegate.engine.content;

import java.util.List;

/**
 * A dependency as a manifest declares it.
 *
 * @param name what it is called there
 * @param version what is written in the place of its version; empty if nothing is
 * @param lines the lines, from 1, that say so; the first is where it is shown
 */
record Declared(String name, String version, List<Integer> lines) {

    Declared {
        lines = List.copyOf(lines);
    }

    Declared(String name, String version, int line) {
        this(name, version, List.of(line));
    }

    /** Lines that are understood and declare nothing: the project's own version. */
    static Declared nothing(int line) {
        return new Declared("", "", line);
    }

    boolean isNothing() {
        return name.isEmpty();
    }
}
