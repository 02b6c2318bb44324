package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What policies would have said of many past changes, counted.
 *
 * @param changes how many there are
 * @param results how many have each result; every result is there
 * @param levels how many have each level; every level is there. The others' level hangs on what is no longer at
 *     hand.
 * @param rules those that had a part, the one that tightened most often first
 * @param noRule changes that are asked for or refused although no rule tightens and everything could be read: their
 *     size alone, or an environment to which not even that passes
 * @param gaps in how many changes something of this kind could not be read; only kinds that occur
 * @param decisions how many of the changes that ended at the gate in this way have which result; only what occurs
 * @param outcomes the same for how their deployments ended
 */
public record ReplayReport(
        int changes,
        Map<Result, Integer> results,
        Map<RiskLevel, Integer> levels,
        List<RuleTally> rules,
        int noRule,
        Map<Gap.Kind, Integer> gaps,
        Map<Decision, Map<Result, Integer>> decisions,
        Outcomes outcomes) {

    private static final Comparator<RuleTally> MOST = Comparator.comparingInt(RuleTally::tightened)
            .thenComparingInt(RuleTally::matched)
            .thenComparingInt(RuleTally::undecided)
            .reversed()
            .thenComparing(RuleTally::rule);

    public ReplayReport {
        results = Collections.unmodifiableMap(new EnumMap<>(results));
        levels = Collections.unmodifiableMap(new EnumMap<>(levels));
        rules = List.copyOf(rules);
        gaps = Map.copyOf(gaps);
        decisions = Map.copyOf(decisions);
    }

    /** Counts. */
    public static ReplayReport of(List<Replayed> changes) {
        Map<Result, Integer> results = zeros(Result.class);
        changes.forEach(change -> results.merge(change.result(), 1, Integer::sum));
        Map<RiskLevel, Integer> levels = zeros(RiskLevel.class);
        changes.forEach(change -> change.level().ifPresent(level -> levels.merge(level, 1, Integer::sum)));
        return new ReplayReport(
                changes.size(),
                results,
                levels,
                rules(changes),
                (int) changes.stream().filter(ReplayReport::noRule).count(),
                counted(changes, Replayed::gaps),
                decisions(changes),
                Outcomes.of(changes));
    }

    /** Returns which share of the changes has a result, from 0 to 1; 0 if there are no changes. */
    public double share(Result result) {
        return changes == 0 ? 0 : (double) results.get(result) / changes;
    }

    /** Returns how many changes have a level that hangs on what is no longer at hand. */
    public int withoutLevel() {
        return changes - levels.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<RuleTally> rules(List<Replayed> changes) {
        TreeSet<RuleName> names = new TreeSet<>();
        changes.forEach(change -> names.addAll(change.rules().keySet()));
        return names.stream()
                .map(name -> RuleTally.of(name, changes))
                .sorted(MOST)
                .toList();
    }

    private static boolean noRule(Replayed change) {
        return Outcomes.stopped(change.result())
                && change.gaps().isEmpty()
                && change.rules().values().stream()
                        .noneMatch(parts -> parts.contains(Part.TIGHTENED) || parts.contains(Part.UNDECIDED));
    }

    private static Map<Decision, Map<Result, Integer>> decisions(List<Replayed> changes) {
        Map<Decision, Map<Result, Integer>> decisions = new EnumMap<>(Decision.class);
        for (Decision decision : Decision.values()) {
            List<Result> results = changes.stream()
                    .filter(change -> change.decision().equals(Optional.of(decision)))
                    .map(Replayed::result)
                    .toList();
            if (!results.isEmpty()) {
                decisions.put(decision, counted(results, List::of));
            }
        }
        return decisions;
    }

    private static <A, B> Map<B, Integer> counted(List<A> all, Function<A, Collection<B>> each) {
        return all.stream()
                .flatMap(one -> each.apply(one).stream())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), one -> 1, Integer::sum));
    }

    private static <E extends Enum<E>> Map<E, Integer> zeros(Class<E> type) {
        Map<E, Integer> zeros = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            zeros.put(constant, 0);
        }
        return zeros;
    }
}
