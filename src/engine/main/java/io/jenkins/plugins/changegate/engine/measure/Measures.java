package io.jenkins.plugins.changegate.engine.measure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The measures of a period. Deployments belong to it by when they ended, decisions by when they were made.
 *
 * @param from when it begins: no earlier than the first change of the selection reached the gate
 * @param delivery the four keys
 * @param gate what the gate did
 * @param byLevel how long changes waited, by level of risk
 * @param byRequirement how long it took until each requirement was met
 * @param byDecision how deployments ended, by decision
 * @param levels how deployments ended, by level of risk
 * @param rules what each rule is worth, those that applied most first
 * @param calibration scores and what came of them
 * @param trend weeks, or months if the period is long, the first one first
 * @param policies versions of policies in it, the newest first
 * @param before the part of the period before a version of a policy; empty if that is not asked or not known
 * @param since the part since then
 * @param products the delivery of single products, those with the most deployments first
 * @param services the delivery of single services, those with the most deployments first
 * @param moreServices how many more services there are
 */
public record Measures(
        Instant from,
        Delivery delivery,
        Gate gate,
        List<Line.Waiting> byLevel,
        List<Line.Waiting> byRequirement,
        List<Line.Outcome> byDecision,
        List<Line.Outcome> levels,
        List<Line.Rule> rules,
        List<Line.Bin> calibration,
        List<Stretch> trend,
        List<Line.Policy> policies,
        Optional<Stretch> before,
        Optional<Stretch> since,
        List<Line.Part> products,
        List<Line.Part> services,
        int moreServices) {

    public Measures {
        byLevel = List.copyOf(byLevel);
        byRequirement = List.copyOf(byRequirement);
        byDecision = List.copyOf(byDecision);
        levels = List.copyOf(levels);
        rules = List.copyOf(rules);
        calibration = List.copyOf(calibration);
        trend = List.copyOf(trend);
        policies = List.copyOf(policies);
        products = List.copyOf(products);
        services = List.copyOf(services);
    }

    /** Whether nothing was decided and nothing ended in the period. */
    public boolean isEmpty() {
        return gate.decided() == 0
                && byDecision.stream().allMatch(line -> line.failed().of() == 0);
    }
}
