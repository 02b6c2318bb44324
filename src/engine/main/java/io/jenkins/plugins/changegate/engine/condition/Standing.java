package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * That somebody promoted something in one place: made the changes of a model standard changes, or let those of a service
 * pass one level further; and whether that still stands.
 *
 * @param by the id of the user who did
 * @param at when
 * @param successes after how many successful deployments in a row, from 1
 * @param upTo up to which level the policy offered it then
 * @param lost since when it stands no more, as the end of a sentence: {@code since CHG-000042 was unsuccessful}; empty
 *     while it does
 * @param change the number of the change whose record has it; 0 if not known
 */
public record Standing(String by, Instant at, int successes, RiskLevel upTo, String lost, long change) {

    public Standing {
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(upTo, "upTo");
        Objects.requireNonNull(lost, "lost");
    }

    /** It is not known which change's record has it, as before that was kept. */
    public Standing(String by, Instant at, int successes, RiskLevel upTo, String lost) {
        this(by, at, successes, upTo, lost, 0);
    }

    /** Returns where it is on record, as the end of a sentence; empty if not known. */
    public String where() {
        return change == 0 ? "" : String.format(Locale.ROOT, " (CHG-%06d)", change);
    }

    /** Whether it stands: the changes of the model are standard changes, or the further level passes. */
    public boolean isStandard() {
        return lost.isEmpty();
    }
}
