package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much is read at most. Beyond it the reading has a {@link Gap.Kind#TOO_LARGE} gap.
 *
 * @param files files listed
 * @param commits commits listed
 * @param people people listed
 * @param message bytes of one commit message, or of one line of a text diff, that are looked at
 * @param text bytes of a text diff, or of one policy file, that are looked at
 * @param time how long one git process may take before it is ended
 */
public record Limits(int files, int commits, int people, int message, long text, Duration time)
        implements Serializable {

    /**
     * Defaults: a thousand times a usual change, and a few megabytes on the wire. Measured deltas of real projects:
     * 567 files for three months of Jenkins core.
     */
    public static final Limits DEFAULT =
            new Limits(20_000, 2_000, 5_000, 64 * 1024, 64L * 1024 * 1024, Duration.ofMinutes(5));
}
