package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy says of one environment.
 *
 * @param tier what it is for, if the policy says so
 * @param mode whether what the policy demands for it has effect, if the policy says so
 * @param passUpTo the highest level that passes by itself, if the policy says so
 * @param promotion when a service may be let pass one level further; only where the policy says up to which level
 *     changes pass
 * @param approvals what a level needs in order to be approved
 * @param emergency what an emergency needs in place of that; empty for the same
 * @param schedule when changes may be deployed
 * @param terms on which a change waits for that
 * @param promise what is wanted of the changes that pass by themselves, if the policy says so
 * @param audit how many percent of the changes that would pass by themselves ask nevertheless, at random; from 0
 */
public record EnvironmentPolicy(
        Optional<Tier> tier,
        Optional<Mode> mode,
        Optional<Ceiling> passUpTo,
        Optional<Promotion> promotion,
        Map<RiskLevel, List<Requirement>> approvals,
        List<Requirement> emergency,
        List<ScheduleEntry> schedule,
        Terms terms,
        Optional<Promise> promise,
        int audit) {

    /** Says nothing. */
    public static final EnvironmentPolicy NONE = new EnvironmentPolicy(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of(),
            List.of(),
            Terms.NONE,
            Optional.empty(),
            0);

    public EnvironmentPolicy {
        approvals = Map.copyOf(approvals);
        emergency = List.copyOf(emergency);
        schedule = List.copyOf(schedule);
    }

    /** Returns the same with other freezes and windows. */
    EnvironmentPolicy withSchedule(List<ScheduleEntry> others) {
        return new EnvironmentPolicy(
                tier, mode, passUpTo, promotion, approvals, emergency, others, terms, promise, audit);
    }

    /** Returns what a level needs: what is written for it, or else for the nearest level below it, or else nothing. */
    public List<Requirement> approvals(RiskLevel level) {
        return nearest(approvals, level);
    }

    /** Returns what is written for a level, or else for the nearest level below it, or else nothing. */
    public static List<Requirement> nearest(Map<RiskLevel, List<Requirement>> approvals, RiskLevel level) {
        for (int i = level.ordinal(); i >= 0; i--) {
            List<Requirement> written = approvals.get(RiskLevel.values()[i]);
            if (written != null) {
                return written;
            }
        }
        return List.of();
    }
}
