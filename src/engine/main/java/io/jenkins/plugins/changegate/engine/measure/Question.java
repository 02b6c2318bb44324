package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Of which changes measures are wanted.
 *
 * @param targets what was deployed where
 * @param products what services are part of; empty for those of which that is not said
 * @param jobs by the controller and the full name of the job; whose changes the asker may see is in it
 * @param anyTier whether delivery is measured of all that is asked for, and not of production only
 * @param from inclusive
 * @param to exclusive, later than {@code from}
 * @param zone in which weeks and months begin
 * @param policy since which version of a policy is compared with before; empty if that is not asked
 */
public record Question(
        Predicate<Target> targets,
        Predicate<String> products,
        BiPredicate<String, String> jobs,
        boolean anyTier,
        Instant from,
        Instant to,
        ZoneId zone,
        String policy) {

    public Question {
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(products, "products");
        Objects.requireNonNull(jobs, "jobs");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(policy, "policy");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("A period ends after it begins");
        }
    }
}
