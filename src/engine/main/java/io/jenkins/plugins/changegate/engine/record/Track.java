package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is on record of the changes that a promotion is for, on one route: those of one version of a change model, or all
 * of them. Whether they are promoted follows from that alone: somebody did, and nothing failed since the last of the
 * deployments that this was founded on.
 *
 * @param route of which the evidence is
 * @param deployments those of the changes to the target that have ended, of any job, in any order; the older ones may be
 *     left out if they are neither evidence nor failures after a promotion
 * @param acts what people decided, in any order
 */
public record Track(Route route, List<Deployment> deployments, List<Act> acts) {

    public Track {
        deployments = List.copyOf(deployments);
        acts = List.copyOf(acts);
    }

    /**
     * The deployment of a change.
     *
     * @param change its number
     * @param own whether it is of the route's job, in this Jenkins
     * @param level its risk
     * @param opened when it reached the gate
     * @param head the commit; empty if not known
     * @param undoneBy the number of the change that put back what ran before; 0 if none did
     * @param at the place in the ledger of what says how it ended, or that it was undone; from 1
     */
    public record Deployment(
            long change,
            boolean own,
            RiskLevel level,
            Instant opened,
            String head,
            Outcome outcome,
            long undoneBy,
            long at) {

        /** Whether it failed, or had to be taken back. */
        public boolean isFailure() {
            return outcome == Outcome.UNSUCCESSFUL || undoneBy > 0;
        }

        private boolean isSuccess() {
            return outcome == Outcome.SUCCESSFUL && undoneBy == 0;
        }
    }

    /**
     * A promotion or its withdrawal.
     *
     * @param change the number of the change to whose record it was added
     * @param ended the place in the ledger of the end of that change's deployment
     * @param at its own place in the ledger
     * @param event {@link ChangeEvent.Promoted} or {@link ChangeEvent.Demoted}
     */
    public record Act(long change, long ended, long at, ChangeEvent event) {}

    /** Returns whether they are promoted; empty if nobody ever did. */
    public Optional<Standing> standing() {
        Optional<Act> newest = newest(ChangeEvent.class);
        return newest(ChangeEvent.Promoted.class).map(act -> {
            ChangeEvent.Promoted promoted = (ChangeEvent.Promoted) act.event();
            String lost = newest.get().event() instanceof ChangeEvent.Demoted demoted
                    ? "since " + demoted.by() + " withdrew that on " + day(demoted.at())
                    : failureAfter(act).map(Track::since).orElse("");
            return new Standing(
                    promoted.by(), promoted.at(), promoted.evidence().size(), promoted.passUpTo(), lost, act.change());
        });
    }

    /** What failed between a person's look at the evidence and the click came after the evidence, and counts. */
    private Optional<Deployment> failureAfter(Act promotion) {
        return deployments.stream()
                .filter(deployment -> deployment.isFailure() && deployment.at() > promotion.ended())
                .min(Comparator.comparing(Deployment::at));
    }

    private static String since(Deployment failure) {
        String change = ChangeRecord.id(failure.change());
        return failure.undoneBy() > 0
                ? "since " + change + " was rolled back by " + ChangeRecord.id(failure.undoneBy())
                : "since " + change + " was unsuccessful";
    }

    private static String day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /**
     * Returns the changes that speak for a promotion, the latest first: those of this job that were deployed
     * successfully, in a row, since the last one that was not or was rolled back, and since the last withdrawal. A commit
     * counts once, and only where the promotion counts its risk.
     */
    public List<Long> evidence(Promotion promotion) {
        return successes(promotion).stream().map(Deployment::change).toList();
    }

    private List<Deployment> successes(Promotion promotion) {
        long failed = deployments.stream()
                .filter(deployment -> !deployment.isSuccess())
                .mapToLong(Deployment::at)
                .max()
                .orElse(0);
        long withdrawn = newest(ChangeEvent.Demoted.class).map(Act::at).orElse(0L);
        Set<String> heads = new HashSet<>();
        return deployments.stream()
                .filter(deployment -> deployment.isSuccess() && deployment.at() > Math.max(failed, withdrawn))
                .filter(deployment -> deployment.own() && promotion.counts(deployment.level()))
                .sorted(Comparator.comparing(Deployment::at).reversed())
                .filter(deployment -> !deployment.head().isEmpty() && heads.add(deployment.head()))
                .toList();
    }

    /** Returns the time between the first and the last of the changes that speak for a promotion. */
    public Duration reach(Promotion promotion) {
        List<Instant> opened =
                successes(promotion).stream().map(Deployment::opened).sorted().toList();
        return opened.isEmpty() ? Duration.ZERO : Duration.between(opened.get(0), opened.get(opened.size() - 1));
    }

    /** Returns the number of the change that has the promotion that stands; empty if none does. */
    public Optional<Long> promoted() {
        return standing()
                .filter(Standing::isStandard)
                .flatMap(standing -> newest(ChangeEvent.Promoted.class))
                .map(Act::change);
    }

    /** Whether somebody could promote them, or let them pass further than so far. */
    public boolean isProposed(Promotion promotion) {
        boolean more = standing()
                .filter(Standing::isStandard)
                .filter(standing -> standing.upTo().compareTo(promotion.passUpTo()) >= 0)
                .isEmpty();
        return more
                && evidence(promotion).size() >= promotion.after()
                && reach(promotion).compareTo(promotion.over()) >= 0;
    }

    private Optional<Act> newest(Class<? extends ChangeEvent> type) {
        return acts.stream().filter(act -> type.isInstance(act.event())).max(Comparator.comparing(Act::at));
    }
}
