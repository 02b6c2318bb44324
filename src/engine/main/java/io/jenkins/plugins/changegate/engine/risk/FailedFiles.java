package io.jenkins.plugins.changegate.engine.risk;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * The last deployment of the same service to the same environment that failed and touched one of a change's files, as
 * far as is on record.
 *
 * @param files how many of the change's files it touched, by their paths before or after; 0 if there is no such
 *     deployment, and then all else is empty
 * @param change the number of its change as people write it
 * @param at when it ended; {@code null} if there is none
 * @param undone whether what had run before was put back right after it
 */
public record FailedFiles(int files, String change, Instant at, boolean undone) {

    /** There is no such deployment. */
    public static final FailedFiles NONE = new FailedFiles(0, "", null, false);

    /**
     * @throws IllegalArgumentException if there is no such deployment, but when it ended, or the other way round
     */
    public FailedFiles {
        Objects.requireNonNull(change, "change");
        if (files < 0 || files > 0 == (at == null)) {
            throw new IllegalArgumentException(files + " files failed at " + at);
        }
    }

    /** Returns that as a sentence for people; empty if there is none. */
    public String sentence() {
        if (files == 0) {
            return "";
        }
        String which = files == 1 ? "1 of its files was" : files + " of its files were";
        return "%s in %s, whose deployment there failed on %s%s. It has no points."
                .formatted(
                        which, change, at.atOffset(ZoneOffset.UTC).toLocalDate(), undone ? " and was rolled back" : "");
    }
}
