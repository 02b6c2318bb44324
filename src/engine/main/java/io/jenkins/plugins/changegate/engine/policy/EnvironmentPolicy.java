package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy says of one environment.
 *
 * @param tier what it is for, if the policy says so
 * @param passUpTo the highest level that passes by itself, if the policy says so
 * @param approvals what a level needs in order to be approved
 * @param terms on which a change waits for that
 */
public record EnvironmentPolicy(
        Optional<Tier> tier, Optional<Ceiling> passUpTo, Map<RiskLevel, List<Requirement>> approvals, Terms terms) {

    /** Says nothing. */
    static final EnvironmentPolicy NONE =
            new EnvironmentPolicy(Optional.empty(), Optional.empty(), Map.of(), Terms.NONE);

    public EnvironmentPolicy {
        approvals = Map.copyOf(approvals);
    }

    /** Returns what a level needs: what is written for it, or else for the nearest level below it, or else nothing. */
    public List<Requirement> approvals(RiskLevel level) {
        for (int i = level.ordinal(); i >= 0; i--) {
            List<Requirement> written = approvals.get(RiskLevel.values()[i]);
            if (written != null) {
                return written;
            }
        }
        return List.of();
    }
}
