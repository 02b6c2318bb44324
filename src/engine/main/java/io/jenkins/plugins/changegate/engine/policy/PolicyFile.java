package io.jenkins.plugins.changegate.engine.policy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The shape of a policy's YAML, as Jackson binds it, before it is checked; absent lists and maps are empty, not null. */
record PolicyFile(
        String service,
        String product,
        Map<String, List<Text>> groups,
        Map<String, List<Text>> identities,
        List<RuleEntry> rules,
        Map<String, EnvironmentEntry> environments) {

    /** Nothing is written. */
    static final PolicyFile EMPTY = new PolicyFile(null, null, null, null, null, null);

    PolicyFile {
        groups = groups == null ? Map.of() : groups;
        identities = identities == null ? Map.of() : identities;
        rules = rules == null ? List.of() : rules;
        environments = environments == null ? Map.of() : environments;
    }

    /** One entry of {@code rules}. */
    record RuleEntry(
            Text name, Text when, Integer risk, RiskLevel level, Boolean refuse, Boolean safe, String because) {}

    /** One entry of {@code environments}. */
    record EnvironmentEntry(
            Tier tier,
            @JsonProperty("pass-up-to") Ceiling passUpTo,
            Map<RiskLevel, List<RequirementEntry>> approvals,
            @JsonProperty("expire-after") Text expireAfter,
            @JsonProperty("remind-after") Text remindAfter,
            EscalationEntry escalate,
            @JsonProperty("unknown-authors") UnknownAuthors unknownAuthors) {

        EnvironmentEntry {
            approvals = approvals == null ? Map.of() : approvals;
        }
    }

    /** What follows when it is not known which user an author of a change is. */
    enum UnknownAuthors {
        /** It is shown. */
        @JsonProperty("show")
        SHOW,
        /** Nobody can approve. */
        @JsonProperty("block")
        BLOCK
    }

    /** Who may vote as well, and when. */
    record EscalationEntry(
            Text after,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> to) {

        EscalationEntry {
            to = to == null ? List.of() : to;
        }
    }

    /** One requirement: at least so many of these, and one of each of those among them. */
    record RequirementEntry(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> from,

            @JsonProperty("at-least") Integer atLeast,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> including,

            Integer stage) {

        RequirementEntry {
            from = from == null ? List.of() : from;
            atLeast = Objects.requireNonNullElse(atLeast, 1);
            including = including == null ? List.of() : including;
            stage = Objects.requireNonNullElse(stage, Requirement.FIRST_STAGE);
        }
    }
}
