package io.jenkins.plugins.changegate.config;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The organisation's policy as it could last be read, and what is wrong since. Immutable.
 *
 * @param origin where it was read; empty for Jenkins' own configuration
 * @param commit the full object name of the commit; empty where there is none
 * @param read when it was first read so; {@code null} if it never was
 * @param text as it was read; {@code null} if it never was
 * @param files by path: the calendars that were read with it
 * @param problem why it is not what is written now; {@code null} if it is
 */
record KeptPolicy(String origin, String commit, Instant read, String text, Map<String, String> files, Problem problem) {

    KeptPolicy {
        origin = Objects.requireNonNullElse(origin, "");
        commit = Objects.requireNonNullElse(commit, "");
        // What was kept before there were calendars has none.
        files = files == null ? Map.of() : Map.copyOf(files);
    }

    /**
     * Why what is written cannot be used.
     *
     * @param message for people
     * @param since when it was first noticed that something is wrong
     * @param dismissed whether somebody has seen it and does not want to be told again
     */
    record Problem(String message, Instant since, boolean dismissed) {
        Problem {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(since, "since");
        }
    }

    /** Returns nothing that was ever read. */
    static KeptPolicy never(String origin) {
        return new KeptPolicy(origin, "", null, null, Map.of(), null);
    }

    /**
     * Returns the same, with a problem. One that is known already stays as it is; another one goes back to when the
     * first was noticed.
     */
    KeptPolicy with(String message, Instant now) {
        if (problem != null && problem.message().equals(message)) {
            return this;
        }
        Instant since = problem == null ? now : problem.since();
        return new KeptPolicy(origin, commit, read, text, files, new Problem(message, since, false));
    }

    /** Returns the same; nobody is told of its problem any more. */
    KeptPolicy dismissed() {
        return problem == null
                ? this
                : new KeptPolicy(
                        origin, commit, read, text, files, new Problem(problem.message(), problem.since(), true));
    }
}
