package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Optional;

/** Says which tier policies give an environment. */
final class Tiers {

    private Tiers() {}

    /** Returns the strictest; that of a lower layer counts only if it is stricter than those above have it. */
    static Tier of(List<Policy> policies, String environment) {
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
}
