package io.jenkins.plugins.changegate.engine.policy;

import java.io.File;
import org.apache.tools.ant.types.selectors.TokenizedPath;
import org.apache.tools.ant.types.selectors.TokenizedPattern;

/**
 * A pattern for paths, with Ant's meaning: {@code ?} and {@code *} stay within one segment, {@code **} spans any number
 * of them, also none, and a trailing {@code /} means everything below. Case matters, as it does to git. Immutable.
 */
final class PathPattern {

    private final TokenizedPattern pattern;

    PathPattern(String pattern) {
        String all = pattern.endsWith("/") ? pattern + "**" : pattern;
        this.pattern = new TokenizedPattern(all.replace('/', File.separatorChar));
    }

    boolean matches(TokenizedPath path) {
        return pattern.matchPath(path, true);
    }

    /** Splits a path once, for all patterns. */
    static TokenizedPath split(String path) {
        return new TokenizedPath(path.replace('/', File.separatorChar));
    }
}
