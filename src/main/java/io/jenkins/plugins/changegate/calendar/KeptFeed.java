package io.jenkins.plugins.changegate.calendar;

import java.time.Instant;
import java.util.Objects;

/**
 * What is kept of a calendar at an address. Immutable.
 *
 * @param address where it is
 * @param text as it was last read; {@code null} if it never was
 * @param read when it was last read, or said to be unchanged; {@code null} if it never was
 * @param tag the answer's {@code ETag}; empty without one
 * @param modified the answer's {@code Last-Modified}; empty without one
 * @param problem why the last attempt failed, for people; empty if it did not
 * @param since when a problem was first noticed; {@code null} without one
 */
record KeptFeed(String address, String text, Instant read, String tag, String modified, String problem, Instant since) {

    KeptFeed {
        Objects.requireNonNull(address, "address");
        tag = Objects.requireNonNullElse(tag, "");
        modified = Objects.requireNonNullElse(modified, "");
        problem = Objects.requireNonNullElse(problem, "");
    }

    /** Returns nothing that was ever read. */
    static KeptFeed never(String address) {
        return new KeptFeed(address, null, null, "", "", "", null);
    }

    KeptFeed with(String now, Instant at, String newTag, String newModified) {
        return new KeptFeed(address, now, at, newTag, newModified, "", null);
    }

    KeptFeed unchanged(Instant at) {
        return new KeptFeed(address, text, at, tag, modified, "", null);
    }

    KeptFeed failed(String why, Instant at) {
        return new KeptFeed(address, text, read, tag, modified, why, problem.isEmpty() ? at : since);
    }
}
