package io.jenkins.plugins.changegate.engine.policy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The shape of a policy's YAML, as Jackson binds it, before it is checked; absent parts are empty, not null. */
record PolicyFile(
        String service,
        String product,
        Map<String, List<Text>> groups,
        List<RuleEntry> rules,
        Map<String, EnvironmentEntry> environments) {

    PolicyFile {
        groups = groups == null ? Map.of() : groups;
        rules = rules == null ? List.of() : rules;
        environments = environments == null ? Map.of() : environments;
    }

    /** One entry of {@code rules}. */
    record RuleEntry(
            Text name, Text when, Integer risk, RiskLevel level, Boolean refuse, Boolean safe, String because) {}

    /** One entry of {@code environments}. */
    record EnvironmentEntry(
            Tier tier, @JsonProperty("pass-up-to") Ceiling passUpTo, Map<RiskLevel, List<RequirementEntry>> approvals) {

        EnvironmentEntry {
            approvals = approvals == null ? Map.of() : approvals;
        }
    }

    /** One requirement: at least so many of these. */
    record RequirementEntry(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> from,

            @JsonProperty("at-least") Integer atLeast) {

        RequirementEntry {
            from = from == null ? List.of() : from;
            atLeast = Objects.requireNonNullElse(atLeast, 1);
        }
    }
}
