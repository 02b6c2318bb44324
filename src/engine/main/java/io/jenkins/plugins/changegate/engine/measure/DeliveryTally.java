package io.jenkins.plugins.changegate.engine.measure;

/** Adds up the delivery of deployments, each once. Not thread-safe. */
final class DeliveryTally {

    private final Times lead = new Times();
    private final Times before = new Times();
    private final Times gate = new Times();
    private final Times after = new Times();
    private final Times recovery = new Times();
    private long deployments;
    private long ended;
    private long failed;
    private long unsuccessful;
    private long incidents;
    private long undone;
    private long unrecovered;

    /** Adds a deployment that has ended. */
    void add(Block block, int row) {
        ended++;
        if (block.isDeployed(row)) {
            deployments++;
            if (block.age[row] != Block.NONE) {
                int atGate = Math.max(0, block.decided[row] - block.opened[row]);
                int afterwards = Math.max(0, block.ended[row] - block.decided[row]);
                before.add(block.age[row]);
                gate.add(atGate);
                after.add(afterwards);
                lead.add((int) Math.min(Integer.MAX_VALUE, (long) block.age[row] + atGate + afterwards));
            }
        } else {
            unsuccessful++;
        }
        if (block.incident[row]) {
            incidents++;
        }
        if (block.undone[row]) {
            undone++;
        }
        if (block.isFailed(row)) {
            failed++;
            if (block.recovery[row] == Block.NONE) {
                unrecovered++;
            } else {
                recovery.add(block.recovery[row]);
            }
        }
    }

    long deployments() {
        return deployments;
    }

    long ended() {
        return ended;
    }

    Share failed() {
        return new Share(failed, ended);
    }

    Spread lead() {
        return lead.spread();
    }

    /** Returns what it is of a period of so many days. */
    Delivery delivery(double days) {
        return new Delivery(
                deployments,
                days,
                lead.spread(),
                before.spread(),
                gate.spread(),
                after.spread(),
                failed(),
                unsuccessful,
                incidents,
                undone,
                recovery.spread(),
                unrecovered);
    }
}
