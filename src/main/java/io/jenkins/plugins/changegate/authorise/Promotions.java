package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.ChangeModel;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.record.Track;
import io.jenkins.plugins.changegate.people.Voters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * Which kinds of changes of a job may be made standard changes, and the person's part in it. What the records say is
 * read anew for each act, and the act stands on the newest change of its evidence. Thread-safe.
 */
public final class Promotions {

    private final ChangeStore store;
    private final Job<?, ?> job;

    public Promotions(ChangeStore store, Job<?, ?> job) {
        this.store = store;
        this.job = job;
    }

    /**
     * A change model that can be promoted on a route.
     *
     * @param track what is on record of it
     */
    public record Candidate(Route route, ModelVersion version, ChangeModel model, Track track) {

        /** Returns what the policy offers. */
        public Promotion promotion() {
            return model.promotion().orElseThrow();
        }

        /** Whether somebody could promote it now. */
        public boolean isProposed() {
            return track.isProposed(promotion());
        }

        /** Whether its changes are standard changes now. */
        public boolean isStandard() {
            return track.standing().filter(Standing::isStandard).isPresent();
        }
    }

    /**
     * Returns the models that the policies let be promoted, on the job's routes.
     *
     * @param policies those that the job's changes are judged by
     * @throws StoreException if the store cannot be read
     */
    public List<Candidate> candidates(List<Policy> policies) throws StoreException {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Route route : store.routes(job.getFullName())) {
            for (Policy policy : policies) {
                for (ChangeModel model : policy.models().values()) {
                    Optional<ModelVersion> version = ModelVersion.of(policy, model.name(), route.environment());
                    // A repository's policy is there twice, at base and at head.
                    if (version.isPresent()
                            && known.add(route + " " + version.get().version())) {
                        Track track = store.track(route, version.get().version());
                        candidates.add(new Candidate(route, version.get(), model, track));
                    }
                }
            }
        }
        return candidates;
    }

    /** Whether this user may promote and withdraw at all: Change/Configure, as for the policy that it adds to. */
    public boolean mayDecide(Authentication user) {
        return job.getACL().hasPermission2(user, ChangePermissions.CONFIGURE);
    }

    /**
     * The user makes the changes of a model standard changes.
     *
     * @param comment why; needed
     * @return why that has no effect, if so
     * @throws StoreException if it cannot be recorded
     */
    public Optional<String> promote(Candidate candidate, Authentication user, String comment) throws StoreException {
        Optional<String> denied = denied(user, comment);
        while (denied.isEmpty()) {
            Track track = store.track(candidate.route(), candidate.version().version());
            if (!track.isProposed(candidate.promotion())) {
                return Optional.of(
                        "There is not enough evidence for " + candidate.model().name() + " now, or it is"
                                + " promoted already: look at the figures again.");
            }
            List<Long> evidence = track.evidence();
            denied = partOf(evidence, user);
            if (denied.isEmpty()
                    && added(
                            evidence.get(0),
                            new ChangeEvent.Promoted(
                                    Instant.now(),
                                    candidate.version(),
                                    candidate.promotion().passUpTo(),
                                    user.getName(),
                                    comment.strip(),
                                    evidence))) {
                return Optional.empty();
            }
        }
        return denied;
    }

    /**
     * The user makes them normal changes again.
     *
     * @param comment why; needed
     * @return why that has no effect, if so
     * @throws StoreException if it cannot be recorded
     */
    public Optional<String> withdraw(Candidate candidate, Authentication user, String comment) throws StoreException {
        Optional<String> denied = denied(user, comment);
        while (denied.isEmpty()) {
            Track track = store.track(candidate.route(), candidate.version().version());
            Optional<Long> promoted = track.promoted();
            if (promoted.isEmpty()) {
                return Optional.of(
                        candidate.model().name() + " is no standard change now: there is nothing to withdraw.");
            }
            if (added(
                    promoted.get(),
                    new ChangeEvent.Demoted(Instant.now(), candidate.version(), user.getName(), comment.strip()))) {
                return Optional.empty();
            }
        }
        return denied;
    }

    private Optional<String> denied(Authentication user, String comment) {
        if (!mayDecide(user)) {
            return Optional.of("Deciding on standard changes needs the permission Change/Configure.");
        }
        if (comment.isBlank()) {
            return Optional.of("Say why; the comment was empty.");
        }
        return comment.length() > Authorisation.COMMENT_LIMIT
                ? Optional.of("A comment may have at most " + Authorisation.COMMENT_LIMIT + " characters.")
                : Optional.empty();
    }

    /** Whoever had a part in one of the changes does not judge what they show. */
    private Optional<String> partOf(List<Long> evidence, Authentication user) throws StoreException {
        Optional<Voter> voter = Voters.of(user, job);
        if (voter.isEmpty()) {
            return Optional.of("Log in as somebody who may decide on standard changes.");
        }
        for (long number : evidence) {
            ChangeRecord record = store.find(number)
                    .orElseThrow(() -> new StoreException(ChangeRecord.id(number) + " is gone.", null));
            if (Voters.hasPart(record, voter.get())) {
                return Optional.of("You started or wrote " + record.id()
                        + ", which is part of the evidence, so somebody else has to decide.");
            }
        }
        return Optional.empty();
    }

    private boolean added(long change, ChangeEvent event) throws StoreException {
        ChangeRecord record =
                store.find(change).orElseThrow(() -> new StoreException(ChangeRecord.id(change) + " is gone.", null));
        return store.append(record, event).isPresent();
    }
}
