package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the gate thinks of a change: how risky it is, and what follows from that.
 *
 * @param target where it goes; the tier is the one that was judged by
 * @param assessment the risk, with every contribution
 * @param verdict what policy says
 * @param policyVersion SHA-256 over all layers that were judged by
 * @param terms on which it waits, if it has to
 * @param type how the change is handled
 * @param model the change model that it is of; empty if it is of none
 * @param labels what it is called in the records, sorted
 * @param policies by which it was judged, the highest layer first
 * @param hold why it might not be deployed at that moment; empty if it might. Judged anew when the gate lets go
 * @param observed what would have happened if everything that is only observed were enforced; empty if nothing is
 * @param signals the facts from outside that rules asked about, sorted by name
 * @param promotable the change models that it is of whose changes may be made standard changes
 * @param basis what the score rests on before any rule; empty if only size was asked
 */
public record Judgement(
        Target target,
        RiskAssessment assessment,
        Verdict verdict,
        String policyVersion,
        Terms terms,
        ChangeType type,
        String model,
        List<String> labels,
        List<Applied> policies,
        Optional<Hold> hold,
        Optional<Observed> observed,
        List<RecordedSignal> signals,
        List<PromotableModel> promotable,
        Optional<Basis> basis) {

    public Judgement {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(policyVersion, "policyVersion");
        terms = Objects.requireNonNullElse(terms, Terms.NONE);
        // Records written before there were these have none.
        type = Objects.requireNonNullElse(type, ChangeType.NORMAL);
        model = Objects.requireNonNullElse(model, "");
        labels = labels == null ? List.of() : List.copyOf(labels);
        policies = policies == null ? List.of() : List.copyOf(policies);
        hold = hold == null ? Optional.empty() : hold;
        observed = observed == null ? Optional.empty() : observed;
        signals = signals == null ? List.of() : List.copyOf(signals);
        promotable = promotable == null ? List.of() : List.copyOf(promotable);
        basis = basis == null ? Optional.empty() : basis;
    }

    /** A judgement of a change of no model that may be promoted, which only its size scores, apart from rules. */
    public Judgement(
            Target target,
            RiskAssessment assessment,
            Verdict verdict,
            String policyVersion,
            Terms terms,
            ChangeType type,
            String model,
            List<String> labels,
            List<Applied> policies,
            Optional<Hold> hold,
            Optional<Observed> observed,
            List<RecordedSignal> signals) {
        this(
                target,
                assessment,
                verdict,
                policyVersion,
                terms,
                type,
                model,
                labels,
                policies,
                hold,
                observed,
                signals,
                List.of(),
                Optional.empty());
    }

    /** A judgement of a normal change, with nothing else to say of it. */
    public Judgement(Target target, RiskAssessment assessment, Verdict verdict, String policyVersion, Terms terms) {
        this(
                target,
                assessment,
                verdict,
                policyVersion,
                terms,
                ChangeType.NORMAL,
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /**
     * A policy by which a change was judged.
     *
     * @param layer whose it is
     * @param source what it was read from, for people
     * @param version SHA-256 of its text, by which the text is kept
     * @param calendars what it took times from, sorted by places
     */
    public record Applied(Layer layer, String source, String version, List<AppliedCalendar> calendars) {

        public Applied {
            // Records written before there were these have none.
            calendars = calendars == null ? List.of() : List.copyOf(calendars);
        }

        static Applied of(Policy policy) {
            List<AppliedCalendar> calendars = new ArrayList<>();
            policy.calendarTexts()
                    .forEach((place, text) -> calendars.add(new AppliedCalendar(place.written(), text.version())));
            return new Applied(policy.layer(), policy.source(), policy.version(), calendars);
        }
    }

    /**
     * A calendar by which a change was judged.
     *
     * @param place as the policy writes it
     * @param version SHA-256 of its text, by which the text is kept
     */
    public record AppliedCalendar(String place, String version) {}

    /**
     * What would have happened.
     *
     * @param assessment the risk with the rules that are only observed
     * @param verdict what policy would have said
     * @param rules the names of the rules that apply and are only observed, sorted
     * @param hold why it would not have been deployed at that moment, with the freezes and windows only observed
     */
    public record Observed(RiskAssessment assessment, Verdict verdict, List<String> rules, Optional<Hold> hold) {
        public Observed {
            rules = List.copyOf(rules);
            hold = hold == null ? Optional.empty() : hold;
        }
    }

    /** Returns what only observing kept from happening, one sentence for people; empty if nothing. */
    public Optional<String> withheld() {
        if (observed.isEmpty()) {
            return Optional.empty();
        }
        Observed all = observed.get();
        String rules = all.rules().isEmpty() ? "" : " (rules only observed: " + String.join(", ", all.rules()) + ")";
        if (all.verdict().kind() != verdict.kind()) {
            String what =
                    switch (all.verdict().kind()) {
                        case PASS -> "passed";
                        case ASK -> "been asked for";
                        case REFUSE -> "been refused";
                    };
            return Optional.of("Only observed: enforced, it would have " + what + ": "
                    + all.verdict().reasons().get(0) + rules);
        }
        if (hold.isEmpty() && all.hold().isPresent()) {
            return Optional.of("Only observed: enforced, it would have had to wait: "
                    + all.hold().get().because() + rules);
        }
        return all.rules().isEmpty()
                ? Optional.empty()
                : Optional.of("Only observed: enforced, its risk would have been "
                        + all.assessment().level().words() + " ("
                        + all.assessment().score() + " of 100)" + rules);
    }

    /**
     * Returns what a decision binds to: SHA-256 over service, environment, base, head and policy version. A decision
     * is good for exactly this change under exactly this policy.
     *
     * @param base the commit that runs there now; empty if not known
     * @param head the commit about to be deployed; empty if not known
     */
    public String binding(String base, String head) {
        return Hashes.sha256(List.of(target.service(), target.environment(), base, head, policyVersion));
    }
}
