package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.record.Decision;
import java.io.Serializable;
import java.util.Locale;

/**
 * What was known of a change when the process was dead.
 *
 * @param answered whether the act was answered with success
 * @param decision what the store has; {@code null} if it is not decided there
 * @param version how many events the store has
 * @param wentOn whether the pipeline had gone on
 */
record Killed(String job, long number, Act act, boolean answered, Decision decision, int version, boolean wentOn)
        implements Serializable {

    String moment() {
        if (decision == null) {
            return "before the record";
        }
        return wentOn ? "after both" : "between record and pipeline";
    }

    @Override
    public String toString() {
        return act.name().toLowerCase(Locale.ROOT) + " of CHG-" + number + (answered ? " (answered)" : "") + " "
                + moment();
    }

    /** What would decide. */
    enum Act {
        APPROVE(Decision.APPROVED),
        REJECT(Decision.REJECTED),
        OVERRIDE(Decision.OVERRIDDEN);

        final Decision decision;

        Act(Decision decision) {
            this.decision = decision;
        }
    }
}
