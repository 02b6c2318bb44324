package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Adds up what rules say of the risk, each layer as far as it may. For one change; not thread-safe, because it collects
 * what was tried in vain.
 */
final class Scoring {

    private final List<Stratum> strata;
    private final String job;
    private final String environment;
    private final Set<String> voids = new TreeSet<>();

    Scoring(List<Stratum> strata, String job, String environment) {
        this.strata = strata;
        this.job = job;
        this.environment = environment;
    }

    /** Returns what was tried without the right to, each one sentence for people. */
    Set<String> voids() {
        return voids;
    }

    /**
     * @param delta what changes; empty if that is not known
     * @param basis what past deployments teach of it; empty if nobody asked them
     * @param matches the rules that apply and have effect
     */
    RiskAssessment assess(Optional<Delta> delta, Optional<Basis> basis, List<Match> matches, Tier tier) {
        if (delta.isEmpty()) {
            return RiskAssessment.unknown();
        }
        Totals totals = delta.get().totals();
        List<Contribution> parts = new ArrayList<>(
                basis.map(known -> known.contributions(totals)).orElseGet(() -> SizePrior.contributions(totals)));
        int byNoRule = parts.stream().mapToInt(Contribution::points).sum();
        matches.stream()
                .filter(match -> match.rule().safe() && mayCallSafe(match, matches))
                .map(match -> match.contribution(-byNoRule))
                .min(Comparator.comparing(Contribution::source))
                .ifPresent(parts::add);
        Map<List<Object>, Contribution> points = new LinkedHashMap<>();
        RiskLevel floor = RiskLevel.LOW;
        for (Match match : matches) {
            floor = floor.higher(match.rule().floor());
            int added = mayTakeAway(match, matches)
                    ? match.rule().risk()
                    : Math.max(0, match.rule().risk());
            if (added != 0 || match.rule().floor() != RiskLevel.LOW) {
                // The same rule in two versions of a policy counts once, at its higher points.
                points.merge(
                        List.of(
                                match.policy().layer(),
                                match.policy().file(),
                                match.rule().name()),
                        match.contribution(added),
                        (a, b) -> a.points() >= b.points() ? a : b);
            }
        }
        points.forEach((key, part) -> {
            Layer layer = (Layer) key.get(0);
            if (part.points() < 0 && !layer.mayLoosen()) {
                return;
            }
            parts.add(part);
        });
        takeAway(points).forEach(parts::add);
        return RiskAssessment.of(parts, floor, tier);
    }

    private boolean mayCallSafe(Match match, List<Match> matches) {
        boolean may = match.policy().layer().mayLoosen()
                || strata.get(0).delegated(job, environment).safe()
                        && isInAllVersions(match, matches, other -> other.rule().safe());
        if (!may) {
            voids.add(voidRule(match));
        }
        return may;
    }

    /** Whether points below 0 may count at all; how many of them is another question. */
    private boolean mayTakeAway(Match match, List<Match> matches) {
        if (match.rule().risk() >= 0 || match.policy().layer().mayLoosen()) {
            return true;
        }
        boolean may = strata.get(0).delegated(job, environment).takeAway() > 0
                && isInAllVersions(match, matches, other -> other.rule().risk() < 0);
        if (!may) {
            voids.add(voidRule(match));
        }
        return may;
    }

    private static String voidRule(Match match) {
        return "The rule '" + match.rule().name() + "' of "
                + match.policy().layer().words()
                + " would make the gate more lenient, which only a higher layer may: it has no effect.";
    }

    private boolean isInAllVersions(Match match, List<Match> matches, Predicate<Match> same) {
        Policy policy = match.policy();
        long versions = strata.stream()
                .flatMap(stratum -> stratum.policies().stream())
                .filter(other ->
                        other.layer().equals(policy.layer()) && other.file().equals(policy.file()))
                .count();
        long agreeing = matches.stream()
                .filter(other -> other.policy().layer().equals(policy.layer())
                        && other.policy().file().equals(policy.file())
                        && other.rule().name().equals(match.rule().name())
                        && same.test(other))
                .count();
        return agreeing == versions;
    }

    /**
     * Returns what lower layers take away. Every layer that has added something, and the highest, says how much those
     * below it may take away together.
     */
    private List<Contribution> takeAway(Map<List<Object>, Contribution> points) {
        Map<Layer, Integer> left = new HashMap<>();
        strata.stream()
                .filter(stratum ->
                        stratum.isTop() || of(stratum, points).stream().anyMatch(part -> part.points() > 0))
                .forEach(stratum -> left.put(
                        stratum.layer(), stratum.delegated(job, environment).takeAway()));
        List<Contribution> taken = new ArrayList<>();
        for (Stratum stratum : strata.subList(1, strata.size())) {
            List<Contribution> wanted = of(stratum, points).stream()
                    .filter(part -> part.points() < 0)
                    .sorted(Comparator.comparingInt(Contribution::points).thenComparing(Contribution::source))
                    .toList();
            List<Layer> above = left.keySet().stream()
                    .filter(layer -> layer.compareTo(stratum.layer()) < 0)
                    .toList();
            for (Contribution part : wanted) {
                int most = above.stream().mapToInt(left::get).min().orElse(0);
                int some = Math.min(most, -part.points());
                above.forEach(layer -> left.merge(layer, -some, Integer::sum));
                if (some < -part.points()) {
                    voids.add("The rule '" + part.source() + "' of "
                            + stratum.layer().words() + " would take away " + -part.points() + " points, of which "
                            + some + " are left to it.");
                }
                if (some > 0) {
                    taken.add(new Contribution(part.source(), -some, part.because(), part.evidence(), part.layer()));
                }
            }
        }
        return taken;
    }

    private static List<Contribution> of(Stratum stratum, Map<List<Object>, Contribution> points) {
        return points.entrySet().stream()
                .filter(entry -> entry.getKey().get(0).equals(stratum.layer()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
