package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.content.ContentQuestions;
import io.jenkins.plugins.changegate.engine.content.ContentScan;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Judge;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges past changes by a set of policies, and tells what part each rule had. Immutable; may be used from several
 * threads.
 *
 * <p>A rule that needs what is no longer at hand is not guessed. The change then counts as asked for or refused only if
 * it is so whichever way each such rule goes, and never as passed; else as {@link Result#NOT_DECIDABLE}.
 */
public final class Replay {

    /** What is known of a text that is not at hand: nothing. */
    private static final ContentFacts NOT_AT_HAND =
            new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, false);

    /** Most rules of which every combination is tried, 2 to the power of this; with more nothing is decided. */
    private static final int MOST_UNDECIDED = 8;

    private final List<Policy> above;

    /**
     * @param above the policies of the layers above the repository's; each change brings the repository's own
     */
    public Replay(List<Policy> above) {
        this.above = List.copyOf(above);
    }

    /** Returns what these policies need to know of a change's text, and those that the change brings besides. */
    public ContentQuestions questions(List<Policy> own) {
        return Stream.concat(above.stream(), own.stream())
                .map(Policy::questions)
                .reduce(ContentQuestions.NONE, ContentQuestions::and);
    }

    /** Judges a change as if it reached the gate under these policies. */
    public Replayed replay(PastChange change) {
        List<Policy> policies = new ArrayList<>(above);
        policies.addAll(change.own());
        List<Watched> rules = watch(policies, change.environment());
        Judgement judgement = judge(
                change, with(policies, rules, Watched::watched), change.text().orElse(NOT_AT_HAND));
        if (change.text().isEmpty() && rules.stream().anyMatch(Watched::isUnknown)) {
            settle(change, policies, rules);
            judgement = again(change, policies, rules, Watched::settled);
        }
        Set<Watched> undecided = rules.stream()
                .filter(rule -> rule.isUnknown() && lacks(change, rule))
                .collect(Collectors.toSet());
        Result result = Result.of(judgement.verdict().kind());
        Optional<RiskLevel> level = Optional.of(judgement.assessment().level());
        if (undecided.stream().anyMatch(Watched::isEnforced)) {
            List<Judgement> possible = possible(change, policies, rules, undecided);
            result = common(possible, each -> each.verdict().kind())
                    .filter(kind -> kind != Verdict.Kind.PASS)
                    .map(Result::of)
                    .orElse(Result.NOT_DECIDABLE);
            level = common(possible, each -> each.assessment().level());
        }
        return new Replayed(
                change.id(),
                change.title(),
                change.when(),
                result,
                level,
                judgement,
                parts(change, policies, rules, undecided, result),
                gaps(change, policies, judgement),
                change.decision(),
                change.outcome());
    }

    private static Set<Gap.Kind> gaps(PastChange change, List<Policy> policies, Judgement judgement) {
        return Stream.concat(
                        change.reading().gaps().stream(),
                        new Judge(policies, List.of())
                                .unreadCalendars(judgement.target(), change.circumstances()).stream())
                .map(Gap::kind)
                .collect(Collectors.toSet());
    }

    private static List<Watched> watch(List<Policy> policies, String environment) {
        List<Watched> rules = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            for (Rule rule : policies.get(i).rules()) {
                rules.add(new Watched(i, policies.get(i), rule, environment));
            }
        }
        return rules;
    }

    /** Decides those rules that could not be decided, but ask nothing that this change's text could answer. */
    private static void settle(PastChange change, List<Policy> policies, List<Watched> rules) {
        List<Watched> again = watch(policies, change.environment());
        judge(change, with(policies, again, Watched::watched), ContentFacts.NONE);
        for (int i = 0; i < rules.size(); i++) {
            if (!lacksText(change, rules.get(i))) {
                rules.get(i).settle(again.get(i));
            }
        }
    }

    private static boolean lacksText(PastChange change, Watched rule) {
        return change.text().isEmpty()
                && change.reading()
                        .delta()
                        .filter(delta -> ContentScan.asks(delta, rule.questions()))
                        .isPresent();
    }

    /** Whether something that a rule may need is not at hand, though the gate would have had it. */
    private static boolean lacks(PastChange change, Watched rule) {
        return lacksText(change, rule)
                || !change.circumstances().signals().keySet().containsAll(rule.signals())
                || change.circumstances().history().isEmpty() && rule.source().contains("history.")
                || change.circumstances().branch().isEmpty() && rule.source().contains("change.branch");
    }

    /** Returns what would be said whichever way the undecided rules go; nothing if there are too many ways. */
    private static List<Judgement> possible(
            PastChange change, List<Policy> policies, List<Watched> rules, Set<Watched> undecided) {
        // Versions of one rule with the same condition go the same way.
        List<List<Object>> ways = undecided.stream().map(Replay::way).distinct().toList();
        List<Judgement> possible = new ArrayList<>();
        if (ways.size() <= MOST_UNDECIDED) {
            for (int i = 0; i < 1 << ways.size(); i++) {
                int bits = i;
                possible.add(again(
                        change,
                        policies,
                        rules,
                        rule -> undecided.contains(rule)
                                ? rule.decided((bits >> ways.indexOf(way(rule)) & 1) == 1)
                                : rule.settled()));
            }
        }
        return possible;
    }

    private static List<Object> way(Watched rule) {
        return List.of(rule.name(), rule.source());
    }

    private static <T> Optional<T> common(List<Judgement> possible, Function<Judgement, T> what) {
        List<T> different = possible.stream().map(what).distinct().toList();
        return different.size() == 1 ? Optional.of(different.get(0)) : Optional.empty();
    }

    private static Map<RuleName, Set<Part>> parts(
            PastChange change, List<Policy> policies, List<Watched> rules, Set<Watched> undecided, Result result) {
        Map<RuleName, Set<Part>> parts = new TreeMap<>();
        boolean stopped = result == Result.ASK || result == Result.REFUSE;
        for (Watched rule : rules) {
            Set<Part> own = EnumSet.noneOf(Part.class);
            if (rule.held()) {
                own.add(Part.MATCHED);
            }
            if (undecided.contains(rule)) {
                own.add(Part.UNDECIDED);
            }
            if (rule.held() && rule.isEnforced() && rule.mayTighten() && stopped) {
                own.add(Part.TIGHTENED);
                if (passesWithout(change, policies, rules, rule.name())) {
                    own.add(Part.SOLE);
                }
            }
            if (!own.isEmpty()) {
                parts.computeIfAbsent(rule.name(), name -> EnumSet.noneOf(Part.class))
                        .addAll(own);
            }
        }
        return parts;
    }

    private static boolean passesWithout(PastChange change, List<Policy> policies, List<Watched> rules, RuleName left) {
        return again(change, policies, rules, rule -> rule.name().equals(left) ? rule.decided(false) : rule.settled())
                        .verdict()
                        .kind()
                == Verdict.Kind.PASS;
    }

    /** Judges again, with conditions that are decided; what still asks is not in want of the text. */
    private static Judgement again(
            PastChange change, List<Policy> policies, List<Watched> rules, Function<Watched, Rule> each) {
        return judge(change, with(policies, rules, each), change.text().orElse(ContentFacts.NONE));
    }

    private static List<Policy> with(List<Policy> policies, List<Watched> rules, Function<Watched, Rule> each) {
        List<List<Rule>> byPolicy = new ArrayList<>();
        policies.forEach(policy -> byPolicy.add(new ArrayList<>()));
        rules.forEach(rule -> byPolicy.get(rule.policy()).add(each.apply(rule)));
        List<Policy> all = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            all.add(policies.get(i).withRules(byPolicy.get(i)));
        }
        return all;
    }

    private static Judgement judge(PastChange change, List<Policy> policies, ContentFacts text) {
        return new Judge(policies, List.of())
                .judge(change.service(), change.environment(), change.reading(), text, change.circumstances());
    }
}
