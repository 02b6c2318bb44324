package io.jenkins.plugins.changegate.engine.content;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** How a dependency changes in a manifest; semantic versioning's words. */
public enum Bump {
    /** A dependency that was not there before. */
    NEW,
    /** A dependency that is gone. */
    REMOVED,
    MAJOR,
    MINOR,
    PATCH,
    /** A version lower than before. */
    DOWNGRADE,
    /** A version changed in a way that its numbers promise nothing about: a qualifier, a pre-release, another range. */
    UNKNOWN;

    /** The word for whatever is not new, removed or a step up: it was there before the words that tell more. */
    private static final String OTHER = "other";

    /** Returns its name as it is written in a condition. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the words that a condition may name bumps by. */
    public static List<String> words() {
        return Stream.concat(Arrays.stream(values()).map(Bump::key), Stream.of(OTHER))
                .toList();
    }

    /** Returns the bumps that a condition's word names; none if it is no such word. */
    public static Set<Bump> named(String word) {
        if (word.equals(OTHER)) {
            return EnumSet.of(DOWNGRADE, UNKNOWN);
        }
        EnumSet<Bump> named = EnumSet.noneOf(Bump.class);
        Arrays.stream(values()).filter(bump -> bump.key().equals(word)).forEach(named::add);
        return named;
    }

    /**
     * Returns the kind of a change from one version, or range of versions, to another. A step that the numbers do not
     * explain is unknown, and never a small one.
     */
    public static Bump between(String from, String to) {
        return Versions.step(from, to);
    }
}
