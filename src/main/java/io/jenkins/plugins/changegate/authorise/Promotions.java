package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Offer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeFilter;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Foresight;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.record.Track;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.Experiences;
import io.jenkins.plugins.changegate.people.Voters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/**
 * What may be promoted of a job's changes, and the person's part in it: kinds of changes to standard changes, and its
 * services to one level more in an environment. What the records say is read anew for each act, and the act stands on
 * the newest change of its evidence. Thread-safe.
 */
public final class Promotions {

    /** So many changes are looked at for what a promotion would have done to them, the newest first. */
    private static final int FORESEEN = 200;

    private final ChangeStore store;
    private final Job<?, ?> job;

    public Promotions(ChangeStore store, Job<?, ?> job) {
        this.store = store;
        this.job = job;
    }

    /**
     * What can be promoted on a route.
     *
     * @param offer what the policy offers
     * @param ceiling up to which level the policy lets changes pass without it; empty for a change model
     * @param track what is on record of it
     */
    public record Candidate(Route route, Offer offer, Optional<Ceiling> ceiling, Track track) {

        /** Returns what it is for. */
        public ModelVersion version() {
            return offer.version();
        }

        /** Returns on what evidence, and what follows. */
        public Promotion promotion() {
            return offer.promotion();
        }

        /** Returns the changes of the evidence, the newest first. */
        public List<Long> evidence() {
            return track.evidence(promotion());
        }

        /** Returns what it is called in a sentence. */
        String words() {
            return version().isRaise()
                    ? route.service() + " in " + route.environment()
                    : version().model();
        }

        /** Whether somebody could promote it now. */
        public boolean isProposed() {
            return track.isProposed(promotion());
        }

        /** Whether it is promoted now. */
        public boolean isPromoted() {
            return track.standing().filter(Standing::isStandard).isPresent();
        }
    }

    /**
     * Returns what the policies let be promoted, on the job's routes.
     *
     * @param policies those that the job's changes are judged by
     * @throws StoreException if the store cannot be read
     */
    public List<Candidate> candidates(List<Policy> policies) throws StoreException {
        List<Candidate> candidates = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Route route : store.routes(job.getFullName())) {
            for (Policy policy : policies) {
                for (Offer offer : Offer.of(policy, route.environment())) {
                    String version = offer.version().version();
                    // A repository's policy is there twice, at base and at head.
                    if (known.add(route + " " + version)) {
                        Optional<Ceiling> ceiling = offer.version().isRaise()
                                ? policy.environment(route.environment()).passUpTo()
                                : Optional.empty();
                        candidates.add(new Candidate(route, offer, ceiling, store.track(route, version)));
                    }
                }
            }
        }
        return candidates;
    }

    /**
     * Returns what a promotion would have done to the newest of the changes that asked people.
     *
     * @throws StoreException if the store cannot be read
     */
    public Foresight foresight(Candidate candidate) throws StoreException {
        Route route = candidate.route();
        ChangeFilter filter = ChangeFilter.ALL
                .job(route.job())
                .service(route.service())
                .environment(route.environment())
                .controller(ChangeRecords.get().controller());
        if (candidate.version().isRaise()) {
            filter = filter.level(candidate.promotion().passUpTo());
        }
        List<ChangeRecord> records = new ArrayList<>();
        for (ChangeSummary summary : store.page(filter, Long.MAX_VALUE, FORESEEN)) {
            store.find(summary.number()).ifPresent(records::add);
        }
        Set<Long> failed = candidate.track().deployments().stream()
                .filter(Track.Deployment::isFailure)
                .map(Track.Deployment::change)
                .collect(Collectors.toSet());
        return Foresight.of(records, candidate.version().version(), failed);
    }

    /**
     * Returns what past failures let be promised of those to come, in sentences.
     *
     * @throws StoreException if the store cannot be read
     */
    public String guarantee(String service) throws StoreException {
        return Experiences.get().of(store, service, Instant.now()).guarantee();
    }

    /** Whether this user may promote and withdraw at all: Change/Configure, as for the policy that it adds to. */
    public boolean mayDecide(Authentication user) {
        return job.getACL().hasPermission2(user, ChangePermissions.CONFIGURE);
    }

    /**
     * The user promotes it.
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
                return Optional.of("There is not enough evidence for " + candidate.words() + " now, or it is"
                        + " promoted already: look at the figures again.");
            }
            List<Long> evidence = track.evidence(candidate.promotion());
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
     * The user takes it back.
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
                return Optional.of(candidate.words() + " is not promoted now: there is nothing to withdraw.");
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
            return Optional.of("Deciding on promotions needs the permission Change/Configure.");
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
            return Optional.of("Log in as somebody who may decide on promotions.");
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
