package io.jenkins.plugins.changegate.engine.learn;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * How long one waits before one believes how a change ended. A failure shows at some time after the deployment, so
 * that among the newest changes too many look sound. They are left out, failed or not: the failures alone would make
 * changes of today look worse than they are.
 *
 * @param length from the deployment on, at least nothing
 */
public record LabelDelay(Duration length) {

    /** What is usual where nobody knows better. */
    public static final LabelDelay USUAL = new LabelDelay(Duration.ofDays(30));

    public LabelDelay {
        if (length.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative: " + length);
        }
    }

    /**
     * A deployment of which it was noted how it ended.
     *
     * @param at when it was deployed
     * @param change what was deployed
     */
    public record Deployed(Instant at, LabelledChange change) {
        public Deployed {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(change, "change");
        }
    }

    /** Returns the changes that can be learnt from at some time, the oldest first. */
    public List<LabelledChange> settled(List<Deployed> deployments, Instant now) {
        Instant last = now.minus(length);
        return deployments.stream()
                .filter(each -> !each.at().isAfter(last))
                .sorted(Comparator.comparing(Deployed::at))
                .map(Deployed::change)
                .toList();
    }
}
