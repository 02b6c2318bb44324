package io.jenkins.plugins.changegate.engine.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What policy says of a change.
 *
 * @param kind pass, ask or refuse
 * @param requirements what has to be met before the change may go on; empty unless asked
 * @param reasons why, each one sentence for people; the first is the decisive one
 * @param beyond who would have been asked had it been riskier; empty unless it passes, and if every level passes. Records
 *     written before there was this have none
 */
public record Verdict(Kind kind, List<Requirement> requirements, List<String> reasons, Optional<Beyond> beyond) {

    /** Kinds of verdicts, from the most lenient; the order is used. */
    public enum Kind {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("ask")
        ASK,
        @JsonProperty("refuse")
        REFUSE
    }

    /**
     * What a change that passes by itself would have needed otherwise: an auditor asks who could have stopped it.
     *
     * @param from the lowest level that does not pass by itself
     * @param requirements what has to be met from that level on; never empty
     */
    public record Beyond(RiskLevel from, List<Requirement> requirements) {
        public Beyond {
            Objects.requireNonNull(from, "from");
            requirements = List.copyOf(requirements);
        }
    }

    /** A verdict of which nothing else is said. */
    public Verdict(Kind kind, List<Requirement> requirements, List<String> reasons) {
        this(kind, requirements, reasons, Optional.empty());
    }

    public Verdict {
        Objects.requireNonNull(kind, "kind");
        beyond = beyond == null ? Optional.empty() : beyond;
        requirements = List.copyOf(requirements);
        reasons = List.copyOf(reasons);
        if ((kind == Kind.ASK) == requirements.isEmpty()) {
            throw new IllegalArgumentException("Requirements belong to a verdict that asks, and only to it");
        }
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("A verdict has a reason");
        }
    }
}
