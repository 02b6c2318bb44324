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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        Target target = new Target(service, environment, tier(policies, environment));
        Findings findings = new Findings();
        reading.delta().ifPresent(delta -> evaluate(delta, target, content, findings));
        RiskAssessment assessment = assess(policies, target, reading, findings);
        List<Gap> missing = new ArrayList<>(reading.gaps());
        missing.addAll(gaps);
        missing.addAll(findings.gaps);
        Set<RiskLevel> levels = new TreeSet<>(Set.of(assessment.level()));
        without(policies)
                .forEach(some -> levels.add(assess(some, target.in(tier(some, environment)), reading, findings)
                        .level()));
        Verdict verdict = verdict(target, assessment, levels, missing, findings);
        return new Judgement(target, assessment, verdict, version(), terms(environment));
    }

    /** A rule that applies. */
    private record Match(Policy policy, Rule rule, List<String> evidence) {

        boolean mayLoosen() {
            return policy.layer().mayLoosen();
        }

        /** Returns what it adds to the score, as far as its layer lets it. */
        Contribution contribution() {
            int points = mayLoosen() ? rule.risk() : Math.max(0, rule.risk());
            return new Contribution(rule.name(), points, rule.because(), evidence);
        }
    }

    /** What the rules said. */
    private static final class Findings {
        private final List<Match> matches = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();

        /** Returns why the change is refused; empty if it is not. */
        List<String> refusals() {
            return matches.stream()
                    .filter(match -> match.rule.refuse())
                    .map(match -> sentence(match.contribution()))
                    .toList();
        }

        /** Returns what was tried without the right to. */
        List<String> notices() {
            return matches.stream()
                    .filter(match -> match.rule.loosens() && !match.mayLoosen())
                    .map(match -> "The rule '" + match.rule.name() + "' of "
                            + match.policy.layer().words()
                            + " would make the gate more lenient, which only a higher layer may: it has no effect.")
                    .toList();
        }
    }

    /**
     * Evaluates each policy's rules in the tier that the layers above and that policy itself give the environment: what
     * one policy of a repository says of the tier must not switch off the rules of another, or of a layer above.
     */
    private void evaluate(Delta delta, Target target, ContentFacts content, Findings findings) {
        Map<Tier, ChangeFacts> byTier = new EnumMap<>(Tier.class);
        for (Policy policy : policies) {
            List<Policy> known = new ArrayList<>(above(policies));
            known.add(policy);
            ChangeFacts facts = byTier.computeIfAbsent(
                    tier(known, target.environment()), tier -> new ChangeFacts(delta, target.in(tier), content));
            for (Rule rule : policy.rules()) {
                try {
                    facts.takeEvidence();
                    if (rule.condition().holds(facts)) {
                        findings.matches.add(new Match(policy, rule, facts.takeEvidence()));
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

    /** Assesses the risk as if there were only these policies. */
    private static RiskAssessment assess(List<Policy> some, Target target, Reading reading, Findings findings) {
        if (reading.delta().isEmpty()) {
            return RiskAssessment.unknown();
        }
        List<Contribution> parts =
                new ArrayList<>(SizePrior.contributions(reading.delta().get().totals()));
        int size = parts.stream().mapToInt(Contribution::points).sum();
        List<Match> matches = findings.matches.stream()
                .filter(match -> some.contains(match.policy))
                .toList();
        matches.stream()
                .filter(match -> match.rule.safe() && match.mayLoosen())
                .map(Match::contribution)
                .min(Comparator.comparing(Contribution::source))
                .ifPresent(
                        proof -> parts.add(new Contribution(proof.source(), -size, proof.because(), proof.evidence())));
        // By layer and name, so that the same rule in two versions of a policy counts once, at its higher points.
        Map<List<Object>, Contribution> points = new LinkedHashMap<>();
        RiskLevel floor = RiskLevel.LOW;
        for (Match match : matches) {
            Contribution part = match.contribution();
            floor = floor.higher(match.rule.floor());
            if (part.points() != 0 || match.rule.floor() != RiskLevel.LOW) {
                points.merge(
                        List.of(match.policy.layer(), match.rule.name()),
                        part,
                        (a, b) -> a.points() >= b.points() ? a : b);
            }
        }
        parts.addAll(points.values());
        return RiskAssessment.of(parts, floor, target.tier());
    }

    /**
     * @param levels the levels that all policies and that fewer of the repository's give the change: a repository that
     *     raises the level must not thereby get rid of what is asked for without it
     */
    private Verdict verdict(
            Target target, RiskAssessment assessment, Set<RiskLevel> levels, List<Gap> missing, Findings findings) {
        List<String> reasons = new ArrayList<>(findings.refusals());
        if (!reasons.isEmpty()) {
            reasons.addAll(findings.notices());
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
        reasons.addAll(findings.notices());
        if (permitted && missing.isEmpty()) {
            return new Verdict(Verdict.Kind.PASS, List.of(), distinct(reasons));
        }
        reasons.addAll(voidEscalations(target));
        List<Requirement> requirements = levels.stream()
                .filter(asked -> !missing.isEmpty() || !ceiling.permits(asked))
                .map(asked -> requirements(target, asked))
                .reduce(List.of(), Judge::unite);
        return new Verdict(Verdict.Kind.ASK, requirements, distinct(reasons));
    }

    /** Returns which stand-ins were named without the right to. */
    private List<String> voidEscalations(Target target) {
        return policies.stream()
                .filter(policy -> !policy.layer().mayLoosen())
                .filter(policy -> policy.environment(target.environment())
                        .terms()
                        .escalation()
                        .isPresent())
                .map(policy -> "The escalation of " + policy.layer().words() + " for " + target.environment()
                        + " would let further people vote, which only a higher layer may: it has no effect.")
                .toList();
    }

    /**
     * Returns the requirements of two lists. What both ask for is asked for once, but what one of them asks for twice
     * stays asked for twice.
     */
    private static List<Requirement> unite(List<Requirement> some, List<Requirement> others) {
        List<Requirement> all = new ArrayList<>(some);
        List<Requirement> known = new ArrayList<>(some);
        others.stream().filter(other -> !known.remove(other)).forEach(all::add);
        return List.copyOf(all);
    }

    private static String sentence(Contribution rule) {
        return rule.evidence().isEmpty()
                ? rule.because() + " (rule " + rule.source() + ")"
                : rule.because() + " (rule " + rule.source() + ": " + String.join(", ", rule.evidence()) + ")";
    }

    private static List<String> distinct(List<String> reasons) {
        return List.copyOf(new LinkedHashSet<>(reasons));
    }

    /** Returns those of the layers that may loosen. */
    private static List<Policy> above(List<Policy> all) {
        return all.stream().filter(policy -> policy.layer().mayLoosen()).toList();
    }

    /** Returns the policies without the repository's, and with each single one of the repository's. */
    private static List<List<Policy>> without(List<Policy> all) {
        List<List<Policy>> fewer = new ArrayList<>(List.of(above(all)));
        for (Policy policy : all) {
            if (!policy.layer().mayLoosen()) {
                List<Policy> some = new ArrayList<>(above(all));
                some.add(policy);
                fewer.add(some);
            }
        }
        return fewer;
    }

    private static Tier tier(List<Policy> some, String environment) {
        Tier tier = above(some).stream()
                .map(policy -> policy.environment(environment).tier())
                .flatMap(Optional::stream)
                .reduce(Tier::stricter)
                .orElseGet(() -> Tier.ofName(environment));
        return some.stream()
                .map(policy -> policy.environment(environment).tier())
                .flatMap(Optional::stream)
                .reduce(tier, Tier::stricter);
    }

    /** Only a layer that may loosen can name stand-ins: they are more people than were asked for. */
    private Terms terms(String environment) {
        Terms terms = Terms.NONE;
        for (Policy policy : policies) {
            Terms own = policy.environment(environment).terms().with(policy.identities());
            terms = terms.and(policy.layer().mayLoosen() ? own : own.withoutEscalation());
        }
        return terms;
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
                .toList();
    }

    private List<Requirement> requirements(Target target, RiskLevel level) {
        List<Requirement> all = List.of();
        boolean above = false;
        for (Policy policy : policies) {
            List<Requirement> written = policy.environment(target.environment()).approvals(level);
            above |= policy.layer().mayLoosen() && !written.isEmpty();
            all = unite(all, written);
        }
        return above ? all : unite(all, List.of(Requirement.ONE_APPROVER));
    }
}
