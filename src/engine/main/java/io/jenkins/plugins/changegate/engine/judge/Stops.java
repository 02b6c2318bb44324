package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What stops a change although its level would let it pass: what a policy wants of those that pass, and the random
 * audit. Every policy counts by itself, so that a further one can only stop more: a stronger promise that cannot be
 * given yet does not take the place of a weaker one that can.
 */
final class Stops {

    private Stops() {}

    /**
     * Returns why a change is stopped, each one sentence for people; empty if it is not.
     *
     * @param policies what those demand has effect
     * @param score of the change
     */
    static List<String> of(List<Policy> policies, String environment, int score, Optional<Basis> known) {
        if (known.isEmpty()) {
            return List.of();
        }
        Basis basis = known.get();
        TreeSet<String> reasons = new TreeSet<>();
        for (Policy policy : policies) {
            policy.environment(environment)
                    .promise()
                    .ifPresent(promise -> basis.limits().stream()
                            .filter(limit -> Objects.equals(limit.promise(), promise) && score >= limit.score())
                            .forEach(limit -> reasons.add(String.format(
                                    Locale.ROOT,
                                    "%s: by past failures only changes that score below %.0f pass by themselves to %s.",
                                    promise.words(),
                                    limit.score(),
                                    environment))));
        }
        int audit = policies.stream()
                .mapToInt(policy -> policy.environment(environment).audit())
                .max()
                .orElse(0);
        if (basis.lot() != null && basis.lot() < audit / 100.0) {
            reasons.add("It was drawn for the random audit: " + audit
                    + " % of the changes that would pass by themselves to " + environment + " ask nevertheless.");
        }
        return List.copyOf(reasons);
    }
}
