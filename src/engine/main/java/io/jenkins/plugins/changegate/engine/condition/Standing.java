package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.Objects;

/**
 * That somebody made the changes of a model standard changes in one place, and whether they still are.
 *
 * @param by the id of the user who did
 * @param at when
 * @param successes after how many successful deployments in a row, from 1
 * @param upTo up to which level the policy offered it then
 * @param lost since when they are normal again, as the end of a sentence: {@code since CHG-000042 was unsuccessful};
 *     empty while they are standard
 */
public record Standing(String by, Instant at, int successes, RiskLevel upTo, String lost) {

    public Standing {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(upTo, "upTo");
        Objects.requireNonNull(lost, "lost");
    }

    /** Whether they are standard changes. */
    public boolean isStandard() {
        return lost.isEmpty();
    }
}
