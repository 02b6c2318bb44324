package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.record.Decision;
import java.time.Instant;

/** Adds up the measures of a part of the period. Not thread-safe. */
final class StretchTally {

    private final Instant from;
    private final Instant to;
    private final DeliveryTally delivery = new DeliveryTally();
    private final Times waiting = new Times();
    private long decided;
    private long passed;
    private long asked;

    StretchTally(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /** Returns the second at which it ends. */
    int end() {
        return Block.seconds(to.getEpochSecond());
    }

    /** Adds a change that was decided in it. */
    void decided(Block block, int row) {
        decided++;
        if (block.decision(row) == Decision.PASSED) {
            passed++;
        }
        if (block.isAsked(row)) {
            asked++;
            if (GateTally.isAnswered(block.decision(row))) {
                waiting.add(Math.max(0, block.decided[row] - block.opened[row]));
            }
        }
    }

    /** Adds a deployment that ended in it and counts as delivery. */
    void delivered(Block block, int row) {
        delivery.add(block, row);
    }

    Stretch stretch() {
        return new Stretch(
                from,
                to,
                delivery.deployments(),
                delivery.failed(),
                delivery.lead(),
                new Share(passed, decided),
                new Share(asked, decided),
                waiting.spread());
    }
}
