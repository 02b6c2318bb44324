package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Offer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A random change to a random environment. */
final class RandomCase {

    final Reading reading;
    final ContentFacts content;
    final Circumstances circumstances;
    final String environment;
    private final Random random;
    private final RandomChanges changes;
    private final Policy builtIn;
    private final int salt;

    /**
     * @param changes draws from the same numbers
     */
    RandomCase(Random random, RandomChanges changes, Policy builtIn) {
        this.random = random;
        this.changes = changes;
        this.builtIn = builtIn;
        this.reading = changes.reading();
        this.content = changes.content();
        this.circumstances = changes.circumstances();
        this.environment = changes.oneOf(RandomChanges.ENVIRONMENTS);
        this.salt = random.nextInt();
    }

    /** Policies of all layers: sometimes the built-in one, sometimes organisations', so many of the repository. */
    List<Policy> policies(int ofTheRepository) {
        List<Policy> policies = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            policies.add(builtIn);
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            policies.add(changes.policy(Layer.ORGANISATION));
        }
        for (int n = 0; n < ofTheRepository; n++) {
            policies.add(changes.policy(Layer.REPOSITORY));
        }
        return policies;
    }

    /** Policies below the organisation's, the highest layer first. */
    List<Policy> lower() {
        List<Policy> lower = new ArrayList<>();
        if (random.nextBoolean()) {
            lower.add(changes.policy(Layer.ofFolder("A")));
        }
        if (random.nextBoolean()) {
            lower.add(changes.policy(Layer.ofFolder("A/B")));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            lower.add(changes.policy(Layer.REPOSITORY, ".changegate.yml", false));
        }
        if (random.nextInt(4) == 0) {
            lower.add(changes.policy(Layer.REPOSITORY, "other.yml", false));
        }
        return lower;
    }

    /** Whether a change passed only because the organisation observes, and what enforcing had said. */
    boolean isOnlyObserved(Judgement judgement) {
        return judgement
                .observed()
                .filter(observed -> observed.verdict().kind() != Verdict.Kind.PASS)
                .isPresent();
    }

    /** What no rule gave. */
    List<Contribution> basis(Delta delta) {
        return circumstances
                .basis()
                .map(basis -> basis.contributions(delta.totals()))
                .orElseGet(() -> SizePrior.contributions(delta.totals()));
    }

    Judgement judge(List<Policy> policies) {
        return judge(policies, made(policies));
    }

    Judgement judge(List<Policy> policies, Basis basis) {
        return new Judge(policies, List.of())
                .judge(
                        "shop",
                        environment,
                        reading,
                        content,
                        circumstances.withStandings(made(policies)).withBasis(Optional.of(basis)));
    }

    Judgement judge(List<Policy> policies, Map<String, Standing> standings) {
        return new Judge(policies, List.of())
                .judge("shop", environment, reading, content, circumstances.withStandings(standings));
    }

    /** What some policies offer was promoted: the same in every list that a policy is in. */
    Map<String, Standing> made(List<Policy> policies) {
        Map<String, Standing> made = new HashMap<>();
        for (Policy policy : policies) {
            for (Offer offer : Offer.of(policy, environment)) {
                String version = offer.version().version();
                Random oracle = new Random(salt ^ version.hashCode());
                if (oracle.nextBoolean()) {
                    RiskLevel upTo = RiskLevel.values()[oracle.nextInt(RiskLevel.values().length)];
                    String lost = oracle.nextInt(4) == 0 ? "since CHG-000042 was unsuccessful" : "";
                    made.put(version, new Standing("jane", Instant.EPOCH, 20, upTo, lost));
                }
            }
        }
        return made;
    }
}
