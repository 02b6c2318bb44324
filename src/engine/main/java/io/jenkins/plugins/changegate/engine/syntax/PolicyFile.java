package io.jenkins.plugins.changegate.engine.syntax;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Map;

/**
 * The shape of a policy's YAML, as Jackson binds it, before it is checked. What is not written, or has a wrong shape and
 * is left out, is null; but sections and lists in which nothing needs to be written are empty then.
 */
record PolicyFile(
        Text service,
        Text product,
        Mode mode,
        Map<String, List<Text>> groups,
        Map<String, List<Text>> identities,
        Map<String, ModelEntry> models,
        List<RuleEntry> rules,
        Map<String, EnvironmentEntry> environments,
        List<DelegationEntry> delegates,
        Text retention,
        PlansEntry plans,
        @JsonProperty("work-items") WorkItemsEntry workItems) {

    /** Nothing is written. */
    static final PolicyFile EMPTY =
            new PolicyFile(null, null, null, null, null, null, null, null, null, null, null, null);

    PolicyFile {
        groups = groups == null ? Map.of() : groups;
        identities = identities == null ? Map.of() : identities;
        models = models == null ? Map.of() : models;
        rules = rules == null ? List.of() : rules;
        environments = environments == null ? Map.of() : environments;
        delegates = delegates == null ? List.of() : delegates;
    }

    /** How changes are to be done. */
    record PlansEntry(
            Text implementation,
            Text test,
            @JsonProperty("back-out") Text backOut) {}

    /** How work items are found in commit messages. */
    record WorkItemsEntry(Text pattern, Text url) {}

    /** One entry of {@code rules}. */
    record RuleEntry(
            Text name,
            Text when,
            Mode mode,
            Integer risk,
            RiskLevel level,
            Boolean refuse,
            Boolean safe,
            List<RequirementEntry> require,
            Text model,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> label,

            Text because) {}

    /** One entry of {@code models}. */
    record ModelEntry(
            ChangeType type,
            @JsonProperty("pass-up-to") Ceiling passUpTo,
            PromotionEntry promotion,
            Map<RiskLevel, List<RequirementEntry>> approvals,
            @JsonProperty("approved-by") Text approvedBy,
            Text retired,
            Text because) {

        ModelEntry {
            approvals = approvals == null ? Map.of() : approvals;
        }
    }

    /** When changes of a model may be made standard changes, or a service be let pass one level further. */
    record PromotionEntry(
            Integer after,
            Text over,
            @JsonProperty("pass-up-to") RiskLevel passUpTo) {}

    /** One entry of {@code delegates}. */
    record DelegationEntry(
            Text to,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> environments,

            @JsonProperty("pass-up-to") Ceiling passUpTo,
            Integer risk,
            Boolean safe,
            Boolean models,
            Boolean escalate,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<RiskLevel> approvals) {

        DelegationEntry {
            approvals = approvals == null ? List.of() : approvals;
        }
    }

    /** One entry of {@code environments}. */
    record EnvironmentEntry(
            Tier tier,
            Mode mode,
            @JsonProperty("pass-up-to") Ceiling passUpTo,
            PromotionEntry promotion,
            Map<RiskLevel, List<RequirementEntry>> approvals,
            List<RequirementEntry> emergency,
            List<ScheduleLine> freezes,
            List<ScheduleLine> windows,
            @JsonProperty("expire-after") Text expireAfter,
            @JsonProperty("remind-after") Text remindAfter,
            EscalationEntry escalate,
            @JsonProperty("unknown-authors") UnknownAuthors unknownAuthors,
            GuaranteeEntry guarantee,
            Integer audit) {

        EnvironmentEntry {
            approvals = approvals == null ? Map.of() : approvals;
            freezes = freezes == null ? List.of() : freezes;
            windows = windows == null ? List.of() : windows;
        }
    }

    /** What is wanted of the changes that pass by themselves. */
    record GuaranteeEntry(@JsonProperty("miss-rate") Integer missRate, Integer confidence) {}

    /** One entry of {@code freezes} or {@code windows}. */
    record ScheduleLine(
            Text name,
            Text calendar,
            Text from,
            Text to,
            @JsonProperty("for") Text length,
            Text every,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> days,

            Text timezone,
            @JsonProperty("pass-up-to") Ceiling passUpTo,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> services,

            Mode mode,
            Text because) {}

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
            List<Text> to) {}

    /** One requirement: at least so many of these, and one of each of those among them. */
    record RequirementEntry(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> from,

            @JsonProperty("at-least") Integer atLeast,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Text> including,

            Integer stage) {}
}
