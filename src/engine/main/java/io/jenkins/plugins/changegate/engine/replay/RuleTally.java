package io.jenkins.plugins.changegate.engine.replay;

import java.util.List;

/**
 * How often a rule had which part.
 *
 * @param rule which rule
 * @param matched changes for which it holds
 * @param tightened changes that are asked for or refused, and for which it holds and tightens
 * @param sole changes that would pass without this one rule
 * @param undecided changes for which it cannot be decided, because it needs what is no longer at hand
 * @param caught changes whose deployment failed, among those of {@code tightened}
 * @param missed changes whose deployment failed, for which it holds, and which pass nevertheless
 */
public record RuleTally(RuleName rule, int matched, int tightened, int sole, int undecided, int caught, int missed) {

    static RuleTally of(RuleName rule, List<Replayed> changes) {
        return new RuleTally(
                rule,
                count(rule, changes, Part.MATCHED),
                count(rule, changes, Part.TIGHTENED),
                count(rule, changes, Part.SOLE),
                count(rule, changes, Part.UNDECIDED),
                count(rule, changes.stream().filter(Outcomes::failed).toList(), Part.TIGHTENED),
                count(
                        rule,
                        changes.stream()
                                .filter(change -> Outcomes.failed(change) && change.result() == Result.PASS)
                                .toList(),
                        Part.MATCHED));
    }

    private static int count(RuleName rule, List<Replayed> changes, Part part) {
        return (int) changes.stream()
                .filter(change -> change.rules().containsKey(rule)
                        && change.rules().get(rule).contains(part))
                .count();
    }
}
