package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a change by policies: evaluates every rule of every layer, adds up the risk, and says what follows. Pure and
 * immutable; may be used from several threads.
 *
 * <p>Several layers: points add up, the level is the highest that any rule demands, requirements unite, refusal wins.
 * A layer that may only tighten never makes the outcome more lenient; what it tries is void and said. The order of
 * rules and of policies of one layer has no effect on the outcome.
 */
public final class Judge {

    private final List<Policy> policies;
    private final List<Gap> gaps;

    /**
     * @param policies all that apply, whatever their layer
     * @param gaps policies that should apply but could not be read
     */
    public Judge(List<Policy> policies, List<Gap> gaps) {
        this.policies = List.copyOf(policies);
        this.gaps = List.copyOf(gaps);
    }

    /** Returns what the policies need to know of the change's text. */
    public ContentQuestions questions() {
        return policies.stream().map(Policy::questions).reduce(ContentQuestions.NONE, ContentQuestions::and);
    }

    /** Returns SHA-256 over the texts of all policies and the places of those that could not be read. */
    public String version() {
        List<String> parts = new ArrayList<>();
        policies.forEach(policy -> parts.add(policy.layer() + " " + policy.version()));
        gaps.forEach(gap -> parts.add(gap.kind() + " " + gap.because()));
        parts.sort(null);
        return Hashes.sha256(parts);
    }

    /**
     * @param service what is deployed
     * @param environment where to
     * @param reading what could be read of the change
     * @param content the answers to {@link #questions()}
     */
    public Judgement judge(String service, String environment, Reading reading, ContentFacts content) {
        Target target = new Target(service, environment, tier(environment));
        Findings findings = new Findings();
        reading.delta().ifPresent(delta -> evaluate(new ChangeFacts(delta, target, content), findings));
        RiskAssessment assessment = reading.delta()
                .map(delta -> assess(delta, findings, target.tier()))
                .orElseGet(RiskAssessment::unknown);
        List<Gap> missing = new ArrayList<>(reading.gaps());
        missing.addAll(gaps);
        missing.addAll(findings.gaps);
        return new Judgement(target, assessment, verdict(target, assessment, missing, findings), version());
    }

    /** What the rules said. */
    private static final class Findings {
        /** By layer and name, so that the same rule in two versions of a policy counts once, at its higher points. */
        private final Map<List<Object>, Contribution> points = new LinkedHashMap<>();

        private final List<Contribution> refusals = new ArrayList<>();
        private final List<Contribution> safe = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private RiskLevel floor = RiskLevel.LOW;
    }

    private void evaluate(ChangeFacts facts, Findings findings) {
        for (Policy policy : policies) {
            for (Rule rule : policy.rules()) {
                try {
                    facts.takeEvidence();
                    if (rule.condition().holds(facts)) {
                        apply(policy, rule, facts.takeEvidence(), findings);
                    }
                } catch (Condition.UnknownFactException e) {
                    findings.gaps.add(new Gap(
                            Gap.Kind.FACT_UNKNOWN,
                            "The rule '" + rule.name() + "' of "
                                    + policy.layer().words() + " could not be decided: " + e.getMessage() + "."));
                }
            }
        }
    }

    private static void apply(Policy policy, Rule rule, List<String> evidence, Findings findings) {
        if (rule.loosens() && !policy.layer().mayLoosen()) {
            String notice =
                    "The rule '" + rule.name() + "' of " + policy.layer().words()
                            + " would make the gate more lenient, which only a higher layer may: it has no effect.";
            if (!findings.notices.contains(notice)) {
                findings.notices.add(notice);
            }
        }
        boolean mayLoosen = policy.layer().mayLoosen();
        int risk = mayLoosen ? rule.risk() : Math.max(0, rule.risk());
        Contribution contribution = new Contribution(rule.name(), risk, rule.because(), evidence);
        if (risk != 0 || rule.floor() != RiskLevel.LOW) {
            findings.points.merge(
                    List.of(policy.layer(), rule.name()), contribution, (a, b) -> a.points() >= b.points() ? a : b);
        }
        if (rule.refuse()) {
            findings.refusals.add(contribution);
        }
        if (rule.safe() && mayLoosen) {
            findings.safe.add(contribution);
        }
        findings.floor = findings.floor.higher(rule.floor());
    }

    private static RiskAssessment assess(Delta delta, Findings findings, Tier tier) {
        List<Contribution> parts = new ArrayList<>(SizePrior.contributions(delta.totals()));
        int size = parts.stream().mapToInt(Contribution::points).sum();
        if (!findings.safe.isEmpty()) {
            Contribution proof = findings.safe.get(0);
            parts.add(new Contribution(proof.source(), -size, proof.because(), proof.evidence()));
        }
        parts.addAll(findings.points.values());
        return RiskAssessment.of(parts, findings.floor, tier);
    }

    private Verdict verdict(Target target, RiskAssessment assessment, List<Gap> missing, Findings findings) {
        List<String> reasons = new ArrayList<>();
        if (!findings.refusals.isEmpty()) {
            findings.refusals.forEach(rule -> reasons.add(sentence(rule)));
            reasons.addAll(findings.notices);
            return new Verdict(Verdict.Kind.REFUSE, List.of(), distinct(reasons));
        }
        Ceiling ceiling = ceiling(target);
        boolean permitted = ceiling.permits(assessment.level());
        missing.forEach(gap -> reasons.add(gap.because()));
        String level = "Risk is " + assessment.level().words() + " (" + assessment.score() + " of 100); ";
        String rule = ceiling == Ceiling.NONE
                ? "nothing passes by itself to " + target.environment() + "."
                : "up to " + ceiling.words() + " passes by itself to " + target.environment() + ".";
        // A score that only says "not known" is no reason of its own.
        if (missing.isEmpty() || !permitted) {
            reasons.add(level + rule);
        }
        reasons.addAll(findings.notices);
        return permitted && missing.isEmpty()
                ? new Verdict(Verdict.Kind.PASS, List.of(), distinct(reasons))
                : new Verdict(Verdict.Kind.ASK, requirements(target, assessment.level()), distinct(reasons));
    }

    private static String sentence(Contribution rule) {
        return rule.evidence().isEmpty()
                ? rule.because() + " (rule " + rule.source() + ")"
                : rule.because() + " (rule " + rule.source() + ": " + String.join(", ", rule.evidence()) + ")";
    }

    private static List<String> distinct(List<String> reasons) {
        return List.copyOf(new LinkedHashSet<>(reasons));
    }

    private Tier tier(String environment) {
        Tier tier = policies.stream()
                .filter(policy -> policy.layer().mayLoosen())
                .map(policy -> policy.environment(environment).tier())
                .flatMap(Optional::stream)
                .reduce(Tier::stricter)
                .orElseGet(() -> Tier.ofName(environment));
        return policies.stream()
                .map(policy -> policy.environment(environment).tier())
                .flatMap(Optional::stream)
                .reduce(tier, Tier::stricter);
    }

    private Ceiling ceiling(Target target) {
        Ceiling above = ceilings(target, true).stream()
                .reduce(Ceiling::stricter)
                .orElseGet(() -> Ceiling.of(target.tier().usualPassUpTo()));
        return ceilings(target, false).stream().reduce(above, Ceiling::stricter);
    }

    private List<Ceiling> ceilings(Target target, boolean mayLoosen) {
        return policies.stream()
                .filter(policy -> policy.layer().mayLoosen() == mayLoosen)
                .map(policy -> policy.environment(target.environment()).passUpTo())
                .flatMap(Optional::stream)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Requirement> requirements(Target target, RiskLevel level) {
        Set<Requirement> all = new LinkedHashSet<>();
        boolean above = false;
        for (Policy policy : policies) {
            List<Requirement> written = policy.environment(target.environment()).approvals(level);
            above |= policy.layer().mayLoosen() && !written.isEmpty();
            all.addAll(written);
        }
        if (!above) {
            all.add(Requirement.ONE_APPROVER);
        }
        return List.copyOf(all);
    }
}
