package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a policy lets the layers below it set themselves, and up to what. It loosens what this policy demands, and
 * nothing that another layer demands.
 *
 * @param to the full name of the folder or job whose subtree may; empty for all
 * @param environments in which ones; empty for all
 * @param passUpTo up to which level they may let changes pass; empty for not at all
 * @param takeAway how many points they may take away from a score, from 0
 * @param safe whether they may say that a change is safe
 * @param models whether they may name standard changes
 * @param escalate whether they may name stand-ins
 * @param approvals of which levels they may name the approvers, in place of those whom this policy names
 */
public record Delegation(
        String to,
        Set<String> environments,
        Optional<Ceiling> passUpTo,
        int takeAway,
        boolean safe,
        boolean models,
        boolean escalate,
        Set<RiskLevel> approvals) {

    /** Lets nobody do anything. */
    public static final Delegation NOTHING =
            new Delegation("", Set.of(), Optional.empty(), 0, false, false, false, Set.of());

    public Delegation {
        environments = Set.copyOf(environments);
        approvals = Set.copyOf(approvals);
    }

    /**
     * Whether it holds there.
     *
     * @param job the full name of the job that deploys
     */
    public boolean holds(String job, String environment) {
        return (to.isEmpty() || job.equals(to) || job.startsWith(to + "/"))
                && (environments.isEmpty() || environments.contains(environment));
    }

    /** Whether it lets nobody do anything. */
    public boolean isEmpty() {
        return passUpTo.isEmpty() && takeAway == 0 && !safe && !models && !escalate && approvals.isEmpty();
    }

    /** Returns what one of two lets. Where either of them holds is for the caller to know. */
    public Delegation or(Delegation other) {
        Set<RiskLevel> levels = new HashSet<>(approvals);
        levels.addAll(other.approvals);
        return new Delegation(
                "",
                Set.of(),
                Stream.of(passUpTo, other.passUpTo).flatMap(Optional::stream).max(Comparator.naturalOrder()),
                Math.max(takeAway, other.takeAway),
                safe || other.safe,
                models || other.models,
                escalate || other.escalate,
                levels);
    }
}
