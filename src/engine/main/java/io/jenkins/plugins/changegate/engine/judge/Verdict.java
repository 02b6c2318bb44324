package io.jenkins.plugins.changegate.engine.judge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import java.util.List;
import java.util.Objects;

/**
 * What policy says of a change.
 *
 * @param kind pass, ask or refuse
 * @param requirements what has to be met before the change may go on; empty unless asked
 * @param reasons why, each one sentence for people; the first is the decisive one
 */
public record Verdict(Kind kind, List<Requirement> requirements, List<String> reasons) {

    /** Kinds of verdicts, from the most lenient; the order is used. */
    public enum Kind {
        @JsonProperty("pass")
        PASS,
        @JsonProperty("ask")
        ASK,
        @JsonProperty("refuse")
        REFUSE
    }

    public Verdict {
        Objects.requireNonNull(kind, "kind");
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
