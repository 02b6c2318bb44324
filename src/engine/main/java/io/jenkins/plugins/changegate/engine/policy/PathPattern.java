package io.jenkins.plugins.changegate.engine.policy;

import java.io.File;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.tools.ant.types.selectors.TokenizedPath;
import org.apache.tools.ant.types.selectors.TokenizedPattern;

/**
 * A pattern for paths, with Ant's meaning: {@code ?} and {@code *} stay within one segment, {@code **} spans any number
 * of them, also none, and a trailing {@code /} means everything below. Case matters, as it does to git. Immutable.
 */
final class PathPattern {

    private final TokenizedPattern pattern;

    /** The longest piece of it without a wildcard: whatever it matches contains that, and most paths don't. */
    private final String piece;

    PathPattern(String pattern) {
        String all = pattern.endsWith("/") ? pattern + "**" : pattern;
        this.pattern = new TokenizedPattern(all.replace('/', File.separatorChar));
        this.piece = Arrays.stream(all.split("[*?/]+"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    boolean matches(Split path) {
        return path.text.contains(piece) && pattern.matchPath(path.tokens, true);
    }

    /**
     * A path, split once for all patterns.
     *
     * @param text the path as git writes it
     * @param tokens its segments
     */
    record Split(String text, TokenizedPath tokens) {}

    static Split split(String path) {
        return new Split(path, new TokenizedPath(path.replace('/', File.separatorChar)));
    }
}
