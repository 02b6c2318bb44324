package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import java.time.Duration;
import java.util.Optional;

/** Checks how long the contents of change records are kept. */
final class RetentionChecker {

    /** What is learnt from, reviewed and compared is younger. */
    private static final Duration SHORTEST = Duration.ofDays(30);

    private RetentionChecker() {}

    /**
     * Says what is wrong.
     *
     * @param written {@code null} if nothing is written
     */
    static void check(PolicySource source, Layer layer, Text written) {
        if (written == null) {
            return;
        }
        if (layer.kind() != Layer.Kind.ORGANISATION) {
            source.mistake(written, "How long records are kept is up to the organisation's policy");
        }
        Optional<Duration> time = Durations.parse(written.value());
        if (time.isEmpty()) {
            source.mistake(written, "'" + written.value() + "' is no time; write '400 days'");
        } else if (time.get().compareTo(SHORTEST) < 0) {
            source.mistake(
                    written,
                    "'" + written.value() + "' is too short a time to keep records; at least: "
                            + Durations.words(SHORTEST));
        }
    }
}
