package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a change by policies: evaluates every rule of every layer, adds up the risk, and says what follows. Pure and
 * immutable; may be used from several threads.
 *
 * <p>Several layers: points add up, the level is the highest that any rule demands, requirements unite, refusal wins.
 * A layer that may only tighten never makes the outcome more lenient than those above it have it and delegate; what it
 * tries beyond that is void and said. The order of rules and of policies has no effect.
 */
public final class Judge {

    private final List<Policy> policies;
    private final List<Stratum> strata;
    private final List<Gap> gaps;

    /**
     * @param policies all that apply, whatever their layer
     * @param gaps policies that should apply but could not be read
     */
    public Judge(List<Policy> policies, List<Gap> gaps) {
        this.policies = policies.stream().sorted(Stratum.POLICIES).toList();
        this.strata = Stratum.of(policies);
        this.gaps = List.copyOf(gaps);
    }

    /** Returns what the policies need to know of the change's text. */
    public ContentQuestions questions() {
        return policies.stream().map(Policy::questions).reduce(ContentQuestions.NONE, ContentQuestions::and);
    }

    /** Returns what the policies want of the changes that pass by themselves to an environment. */
    public Set<Promise> promises(String environment) {
        return policies.stream()
                .flatMap(policy -> policy.environment(environment).promise().stream())
                .collect(Collectors.toSet());
    }

    /** Returns the names of the signals that the policies ask about, sorted. */
    public Set<String> signals() {
        Set<String> names = new TreeSet<>();
        policies.forEach(policy ->
                policy.rules().forEach(rule -> names.addAll(rule.condition().signals())));
        return names;
    }

    /** Returns the texts of all policies and of their calendars, each once. */
    public List<String> texts() {
        return policies.stream()
                .flatMap(policy -> Stream.concat(
                        Stream.of(policy.text()),
                        policy.calendarTexts().values().stream().map(CalendarText::text)))
                .distinct()
                .toList();
    }

    /**
     * Returns SHA-256 over the texts of all policies and their calendars and the places of policies that could not be
     * read.
     */
    public String version() {
        List<String> parts = new ArrayList<>();
        policies.forEach(policy -> parts.add(policy.layer().words() + " " + policy.version()));
        policies.forEach(policy -> policy.calendarTexts()
                .forEach((place, text) -> parts.add("calendar " + place.written() + " " + text.version())));
        gaps.forEach(gap -> parts.add(gap.kind() + " " + gap.because()));
        parts.sort(null);
        return Hashes.sha256(parts);
    }

    /** Judges a change of which nothing else is known, not even when it is. */
    public Judgement judge(String service, String environment, Reading reading, ContentFacts content) {
        return judge(service, environment, reading, content, Circumstances.at(Instant.EPOCH));
    }

    /**
     * @param service what is deployed
     * @param environment where to
     * @param reading what could be read of the change
     * @param content the answers to {@link #questions()}
     * @param circumstances what else is known of the change
     */
    public Judgement judge(
            String service, String environment, Reading reading, ContentFacts content, Circumstances circumstances) {
        Target target = new Target(service, environment, Tiers.of(policies, environment));
        RuleFindings findings = new RuleFindings(policies, target, reading.delta(), content, circumstances);
        List<Gap> missing = new ArrayList<>(reading.gaps());
        missing.addAll(gaps);
        List<Gap> unread = unread(mode -> mode == Mode.ENFORCE, target, circumstances);
        Outcome enforced = outcome(
                target,
                reading,
                missing,
                unread,
                findings,
                circumstances,
                match -> match.mode() == Mode.ENFORCE,
                policy -> policy.mode(environment) == Mode.ENFORCE);
        Optional<Judgement.Observed> observed = Optional.empty();
        List<Gap> unreadByAny = unread(mode -> true, target, circumstances);
        List<String> watched = findings.all().stream()
                .filter(match -> match.mode() == Mode.OBSERVE)
                .map(match -> match.rule().name())
                .distinct()
                .sorted()
                .toList();
        Optional<Hold> hold = hold(mode -> mode == Mode.ENFORCE, target, enforced.assessment.level(), circumstances);
        Optional<Hold> all = hold(mode -> true, target, enforced.assessment.level(), circumstances);
        if (!watched.isEmpty()
                || !hold.equals(all)
                || !unread.equals(unreadByAny)
                || policies.stream().anyMatch(policy -> policy.mode(environment) == Mode.OBSERVE)) {
            Outcome every = outcome(
                    target, reading, missing, unreadByAny, findings, circumstances, match -> true, policy -> true);
            observed = Optional.of(new Judgement.Observed(every.assessment, every.verdict, watched, all));
        }
        Set<String> labels = new TreeSet<>();
        findings.all().forEach(match -> labels.addAll(match.rule().labels()));
        return new Judgement(
                target,
                enforced.assessment,
                enforced.verdict,
                version(),
                terms(environment, circumstances),
                circumstances.type() == ChangeType.EMERGENCY
                        ? ChangeType.EMERGENCY
                        : enforced.models.first().map(Models.Found::type).orElse(ChangeType.NORMAL),
                enforced.models.first().map(found -> found.model().name()).orElse(""),
                List.copyOf(labels),
                policies.stream().map(Judgement.Applied::of).toList(),
                hold,
                observed,
                recorded(circumstances),
                enforced.promotable,
                circumstances.basis());
    }

    /** What was found out and what was not, by name. What no rule asks about is evidence for people. */
    private static List<RecordedSignal> recorded(Circumstances circumstances) {
        Map<String, RecordedSignal> recorded = new TreeMap<>();
        circumstances.unknownSignals().forEach((name, why) -> recorded.put(name, RecordedSignal.unknown(name, why)));
        circumstances.signals().forEach((name, signal) -> recorded.put(name, RecordedSignal.known(name, signal)));
        return List.copyOf(recorded.values());
    }

    /** An emergency does not wait. */
    private Optional<Hold> hold(Predicate<Mode> counts, Target target, RiskLevel level, Circumstances circumstances) {
        return circumstances.type() == ChangeType.EMERGENCY
                ? Optional.empty()
                : Schedule.of(policies, target, counts).hold(level, circumstances.now());
    }

    /**
     * Returns what is not known of when a change may be deployed, because a calendar cannot be read. An emergency does
     * not wait, and need not know.
     */
    public List<Gap> unreadCalendars(Target target, Circumstances circumstances) {
        return unread(mode -> mode == Mode.ENFORCE, target, circumstances);
    }

    private List<Gap> unread(Predicate<Mode> counts, Target target, Circumstances circumstances) {
        return circumstances.type() == ChangeType.EMERGENCY
                ? List.of()
                : Schedule.unread(policies, target, counts).stream()
                        .map(UnreadCalendar::gap)
                        .distinct()
                        .toList();
    }

    /** What follows. */
    private record Outcome(
            RiskAssessment assessment, Verdict verdict, Models models, List<PromotableModel> promotable) {}

    /**
     * @param unread calendars that cannot be read, of entries that count
     * @param inForce whether a rule that applies has effect
     * @param enforced whether what a policy demands for the environment has effect
     */
    private Outcome outcome(
            Target target,
            Reading reading,
            List<Gap> missing,
            List<Gap> unread,
            RuleFindings findings,
            Circumstances circumstances,
            Predicate<Match> inForce,
            Predicate<Policy> enforced) {
        Optional<Delta> delta = reading.delta();
        Scoring scoring = new Scoring(strata, circumstances.job(), target.environment());
        List<Match> weighing = findings.weighing().stream().filter(inForce).toList();
        RiskAssessment assessment = scoring.assess(delta, circumstances.basis(), weighing, target.tier());
        Function<List<Policy>, RiskAssessment> without =
                some -> new Scoring(Stratum.of(some), circumstances.job(), target.environment())
                        .assess(
                                delta,
                                circumstances.basis(),
                                weighing.stream()
                                        .filter(match -> some.contains(match.policy()))
                                        .toList(),
                                Tiers.of(some, target.environment()));
        Set<RiskLevel> levels = new TreeSet<>(Set.of(assessment.level()));
        // Above the level of all is only what lower layers took away by right.
        fewer().stream()
                .map(some -> without.apply(some).level())
                .filter(level -> level.compareTo(assessment.level()) < 0)
                .forEach(levels::add);
        List<Match> matches = new ArrayList<>(weighing);
        findings.afterwards(assessment, policy -> without.apply(upTo(policy))).stream()
                .filter(inForce)
                .forEach(matches::add);
        Demands demands = new Demands(strata, target, circumstances, matches, enforced);
        List<Gap> unknown = new ArrayList<>(missing);
        unknown.addAll(findings.gaps());
        // These know their own mode: they count though a higher layer only observes.
        boolean assessed = unread.isEmpty() && (unknown.isEmpty() || !demands.stopsAtGaps());
        unknown.addAll(unread);
        List<String> stops = Stops.of(
                policies.stream().filter(enforced).toList(),
                target.environment(),
                assessment.score(),
                circumstances.basis());
        Function<Demands, Verdict> verdict =
                by -> verdict(target, assessment, levels, unknown, assessed, stops, matches, by, scoring.voids());
        List<PromotableModel> promotable = demands.promotable().stream()
                .map(each -> each.withPassing(
                        verdict.apply(new Demands(strata, target, each.given(circumstances), matches, enforced))
                                        .kind()
                                == Verdict.Kind.PASS))
                .toList();
        return new Outcome(assessment, verdict.apply(demands), demands.models(), promotable);
    }

    /**
     * @param levels the levels that all policies and that fewer of the lower ones give the change: a layer that raises
     *     the level must not thereby get rid of what is asked for without it
     * @param assessed whether nothing is missing that stops a change
     * @param stops why it is stopped though its level passes
     */
    private Verdict verdict(
            Target target,
            RiskAssessment assessment,
            Set<RiskLevel> levels,
            List<Gap> missing,
            boolean assessed,
            List<String> stops,
            List<Match> matches,
            Demands demands,
            Set<String> voids) {
        List<String> reasons = new ArrayList<>(matches.stream()
                .filter(match -> match.rule().refuse())
                .map(Match::sentence)
                .toList());
        if (!reasons.isEmpty()) {
            reasons.addAll(voids);
            return new Verdict(Verdict.Kind.REFUSE, List.of(), distinct(reasons));
        }
        Ceiling ceiling = demands.ceiling();
        boolean permitted = ceiling.permits(assessment.level());
        boolean emergency = demands.isEmergency();
        missing.forEach(gap -> reasons.add(gap.because()));
        if (emergency) {
            reasons.add("It is an emergency, and is reviewed afterwards.");
        }
        matches.stream()
                .filter(match -> !match.rule().requirements().isEmpty())
                .forEach(match -> reasons.add(match.sentence()));
        List<Requirement> byRules = demands.byRules();
        boolean passable = permitted && assessed && byRules.isEmpty() && !emergency;
        if (passable) {
            reasons.addAll(stops);
        }
        // A score that only says "not known" is no reason of its own.
        if (missing.isEmpty() || !permitted) {
            reasons.add(levelReason(target, assessment, ceiling));
        }
        reasons.addAll(demands.earned(assessment.level()));
        demands.models().first().ifPresent(found -> reasons.add(found.sentence(target)));
        reasons.addAll(voids);
        reasons.addAll(demands.voids());
        if (passable && stops.isEmpty()) {
            return new Verdict(Verdict.Kind.PASS, List.of(), distinct(reasons), beyond(ceiling, demands));
        }
        reasons.addAll(demands.voidEscalations());
        List<Requirement> requirements = levels.stream()
                .filter(asked -> !assessed || emergency || !stops.isEmpty() || !ceiling.permits(asked))
                .map(demands::approvals)
                .reduce(byRules, Demands::unite);
        return new Verdict(Verdict.Kind.ASK, requirements, distinct(reasons));
    }

    private static Optional<Verdict.Beyond> beyond(Ceiling ceiling, Demands demands) {
        return Arrays.stream(RiskLevel.values())
                .filter(level -> !ceiling.permits(level))
                .findFirst()
                .map(level -> new Verdict.Beyond(level, demands.approvals(level)));
    }

    private static String levelReason(Target target, RiskAssessment assessment, Ceiling ceiling) {
        String level = "Risk is " + assessment.level().words() + " (" + assessment.score() + " of 100); ";
        return level
                + (ceiling == Ceiling.NONE
                        ? "nothing passes by itself to " + target.environment() + "."
                        : "up to " + ceiling.words() + " passes by itself to " + target.environment() + ".");
    }

    private static List<String> distinct(List<String> reasons) {
        return List.copyOf(new LinkedHashSet<>(reasons));
    }

    /** Returns the policies without the lower layers', and with each single one of theirs besides those above it. */
    private List<List<Policy>> fewer() {
        Set<List<Policy>> fewer = new LinkedHashSet<>();
        List<Policy> above = new ArrayList<>();
        for (Stratum stratum : strata) {
            if (!stratum.isTop()) {
                for (Policy policy : stratum.policies()) {
                    List<Policy> some = new ArrayList<>(above);
                    some.add(policy);
                    fewer.add(some);
                }
            }
            above.addAll(stratum.policies());
            fewer.add(List.copyOf(above));
        }
        return List.copyOf(fewer);
    }

    /** Returns the policies of the layers above a policy, and that policy; all of the highest if it is one of those. */
    private List<Policy> upTo(Policy policy) {
        return policies.stream()
                .filter(other -> other.layer().compareTo(policy.layer()) < 0
                        || other.layer().mayLoosen()
                        || other.equals(policy))
                .toList();
    }

    private Terms terms(String environment, Circumstances circumstances) {
        Terms terms = Terms.NONE;
        Demands demands = new Demands(
                strata, new Target("", environment, Tier.PRODUCTION), circumstances, List.of(), policy -> true);
        for (Policy policy : policies) {
            Terms own = policy.environment(environment).terms().with(policy.identities());
            terms = terms.and(demands.mayEscalate(policy) ? own : own.withoutEscalation());
        }
        return terms;
    }
}
