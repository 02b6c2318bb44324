package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is on record of the changes of one version of a change model on one route. Whether they are standard changes
 * follows from that alone: somebody made them so, and nothing failed since the last of the deployments that this was
 * founded on.
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
     * @param job the full name of the job
     * @param head the commit; empty if not known
     * @param undoneBy the number of the change that put back what ran before; 0 if none did
     * @param at the place in the ledger of what says how it ended, or that it was undone; from 1
     */
    public record Deployment(long change, String job, String head, Outcome outcome, long undoneBy, long at) {

        /** Whether it failed, or had to be taken back. */
        boolean isFailure() {
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

    /** Returns whether they are standard changes; empty if nobody ever made them so. */
    public Optional<Standing> standing() {
        Optional<Act> newest = newest(ChangeEvent.class);
        return newest(ChangeEvent.Promoted.class).map(act -> {
            ChangeEvent.Promoted promoted = (ChangeEvent.Promoted) act.event();
            String lost = newest.get().event() instanceof ChangeEvent.Demoted demoted
                    ? "since " + demoted.by() + " withdrew that on " + day(demoted.at())
                    : failureAfter(act).map(Track::since).orElse("");
            return new Standing(
                    promoted.by(), promoted.at(), promoted.evidence().size(), promoted.passUpTo(), lost);
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
     * Returns the changes that speak for making them standard changes, the latest first: those of this job that were
     * deployed successfully, in a row, since the last one that was not or was rolled back, and since the last
     * withdrawal. A commit counts once.
     */
    public List<Long> evidence() {
        long failed = deployments.stream()
                .filter(deployment -> !deployment.isSuccess())
                .mapToLong(Deployment::at)
                .max()
                .orElse(0);
        long withdrawn = newest(ChangeEvent.Demoted.class).map(Act::at).orElse(0L);
        Set<String> heads = new HashSet<>();
        return deployments.stream()
                .filter(deployment -> deployment.isSuccess() && deployment.at() > Math.max(failed, withdrawn))
                .filter(deployment -> deployment.job().equals(route.job()))
                .sorted(Comparator.comparing(Deployment::at).reversed())
                .filter(deployment -> !deployment.head().isEmpty() && heads.add(deployment.head()))
                .map(Deployment::change)
                .toList();
    }

    /** Returns the number of the change that has the promotion by which they are standard changes; empty if none has. */
    public Optional<Long> promoted() {
        return standing()
                .filter(Standing::isStandard)
                .flatMap(standing -> newest(ChangeEvent.Promoted.class))
                .map(Act::change);
    }

    /** Whether somebody could make them standard changes, or let them pass further than so far. */
    public boolean isProposed(Promotion promotion) {
        boolean more = standing()
                .filter(Standing::isStandard)
                .filter(standing -> standing.upTo().compareTo(promotion.passUpTo()) >= 0)
                .isEmpty();
        return more && evidence().size() >= promotion.after();
    }

    private Optional<Act> newest(Class<? extends ChangeEvent> type) {
        return acts.stream().filter(act -> type.isInstance(act.event())).max(Comparator.comparing(Act::at));
    }
}
