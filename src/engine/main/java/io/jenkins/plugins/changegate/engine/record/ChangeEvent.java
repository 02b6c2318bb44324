package io.jenkins.plugins.changegate.engine.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Something that happened to a change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChangeEvent.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = ChangeEvent.Approved.class, name = "approved"),
    @JsonSubTypes.Type(value = ChangeEvent.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = ChangeEvent.Reminded.class, name = "reminded"),
    @JsonSubTypes.Type(value = ChangeEvent.Escalated.class, name = "escalated"),
    @JsonSubTypes.Type(value = ChangeEvent.Held.class, name = "held"),
    @JsonSubTypes.Type(value = ChangeEvent.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = ChangeEvent.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = ChangeEvent.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = ChangeEvent.Demoted.class, name = "demoted"),
    @JsonSubTypes.Type(value = ChangeEvent.Corrected.class, name = "corrected"),
    @JsonSubTypes.Type(value = ChangeEvent.Linked.class, name = "linked"),
    @JsonSubTypes.Type(value = ChangeEvent.Unlinked.class, name = "unlinked"),
    @JsonSubTypes.Type(value = ChangeEvent.Reviewed.class, name = "reviewed"),
    @JsonSubTypes.Type(value = ChangeEvent.Sealed.class, name = "sealed")
})
public sealed interface ChangeEvent {

    /** Returns when it happened. */
    Instant at();

    /**
     * The change reached the gate and was judged.
     *
     * @param requestedBy the id of the user who started the run; empty if nobody did
     * @param reason why the change is wanted, in the pipeline's words; may be empty
     * @param head full object name of the commit about to be deployed; empty if not known
     * @param authors everybody who had a part in the change, as far as known
     * @param delta what changes; {@code null} if it could not be read
     * @param gaps what could not be read
     * @param binding what a decision binds to: see {@link Judgement#binding}
     * @param alsoRequestedBy the ids of further users who started the same run
     * @param particulars what the pipeline says that it is part of, and how it is to be done
     */
    record Opened(
            Instant at,
            Origin origin,
            String requestedBy,
            String reason,
            Judgement judgement,
            String head,
            List<Person> authors,
            Delta delta,
            List<Gap> gaps,
            String binding,
            List<String> alsoRequestedBy,
            Particulars particulars)
            implements ChangeEvent {
        public Opened {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(judgement, "judgement");
            Objects.requireNonNull(head, "head");
            authors = List.copyOf(authors);
            gaps = List.copyOf(gaps);
            alsoRequestedBy = alsoRequestedBy == null ? List.of() : List.copyOf(alsoRequestedBy);
            particulars = Objects.requireNonNullElse(particulars, Particulars.NONE);
        }

        /** One user started the run, or nobody. */
        public Opened(
                Instant at,
                Origin origin,
                String requestedBy,
                String reason,
                Judgement judgement,
                String head,
                List<Person> authors,
                Delta delta,
                List<Gap> gaps,
                String binding) {
            this(
                    at,
                    origin,
                    requestedBy,
                    reason,
                    judgement,
                    head,
                    authors,
                    delta,
                    gaps,
                    binding,
                    List.of(),
                    Particulars.NONE);
        }

        /** Returns the ids of all users who started the run. */
        public Set<String> starters() {
            Set<String> starters = new LinkedHashSet<>(alsoRequestedBy);
            starters.add(requestedBy);
            starters.remove("");
            return starters;
        }

        /** Returns the same without the delta. */
        Opened withoutDelta() {
            return new Opened(
                    at,
                    origin,
                    requestedBy,
                    reason,
                    judgement,
                    head,
                    authors,
                    null,
                    gaps,
                    binding,
                    alsoRequestedBy,
                    particulars);
        }
    }

    /**
     * Somebody approved.
     *
     * @param vote who, and for what it can count
     */
    record Approved(Instant at, Vote vote) implements ChangeEvent {}

    /**
     * An approval was taken back, or lost its right.
     *
     * @param voter the id of the user whose vote it was, exactly as in the vote
     * @param because why, one sentence for people
     */
    record Withdrawn(Instant at, String voter, String because) implements ChangeEvent {}

    /** Those who are needed still were reminded. */
    record Reminded(Instant at) implements ChangeEvent {}

    /**
     * Nobody decided in time, so others may vote as well.
     *
     * @param escalation who
     */
    record Escalated(Instant at, Terms.Escalation escalation) implements ChangeEvent {}

    /**
     * Nobody is needed any more, but it may not be deployed yet.
     *
     * @param hold why, and until when
     */
    record Held(Instant at, Hold hold) implements ChangeEvent {}

    /**
     * It was decided; happens once.
     *
     * @param decision how
     * @param by the id of the user whose act decided it; empty if nobody's did
     * @param because why, one sentence for people
     * @param comment what the user said; empty if nobody did
     */
    record Decided(Instant at, Decision decision, String by, String because, String comment) implements ChangeEvent {

        public Decided {
            comment = Objects.requireNonNullElse(comment, "");
        }

        /** A decision without a comment. */
        public Decided(Instant at, Decision decision, String by, String because) {
            this(at, decision, by, because, "");
        }
    }

    /**
     * The deployment ended; happens once, after a decision that lets it.
     *
     * @param outcome how
     * @param because what tells so, one sentence for people
     */
    record Ended(Instant at, Outcome outcome, String because) implements ChangeEvent {}

    /**
     * Somebody made the changes of a model standard changes on this change's route, or let changes pass one level further
     * on it. Added to the newest change of the
     * evidence.
     *
     * @param model which ones, or all changes to the environment
     * @param passUpTo up to which level they pass by themselves, as the policy offered it
     * @param by the id of the user
     * @param comment why, in the user's words
     * @param evidence the numbers of the changes that were deployed successfully, the newest first
     */
    record Promoted(Instant at, ModelVersion model, RiskLevel passUpTo, String by, String comment, List<Long> evidence)
            implements ChangeEvent {
        public Promoted {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(passUpTo, "passUpTo");
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * Somebody took that back. Added to the change that has the promotion.
     *
     * @param model what was promoted
     * @param by the id of the user
     * @param comment why, in the user's words
     */
    record Demoted(Instant at, ModelVersion model, String by, String comment) implements ChangeEvent {
        public Demoted {
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * Somebody, or a system, said afterwards how the deployment really ended. The newest such event counts, and before
     * the one that ended it.
     *
     * @param outcome how
     * @param by the id of the user; empty if a pipeline said so
     * @param because why, in the user's words
     */
    record Corrected(Instant at, Outcome outcome, String by, String because) implements ChangeEvent {
        public Corrected {
            Objects.requireNonNull(outcome, "outcome");
            because = Objects.requireNonNullElse(because, "");
        }
    }

    /**
     * Something outside turned out to belong to it.
     *
     * @param link what
     * @param by the id of the user; empty if a pipeline or the gate itself said so
     */
    record Linked(Instant at, Link link, String by) implements ChangeEvent {
        public Linked {
            Objects.requireNonNull(link, "link");
        }
    }

    /**
     * What was found to belong to it does not. The newest event about a link counts.
     *
     * @param link what, as it was linked
     * @param by the id of the user
     * @param because why, in the user's words
     */
    record Unlinked(Instant at, Link link, String by, String because) implements ChangeEvent {
        public Unlinked {
            Objects.requireNonNull(link, "link");
            because = Objects.requireNonNullElse(because, "");
        }
    }

    /**
     * Its post-implementation review was held.
     *
     * @param by the id of the user who says so
     * @param comment what came of it, in the user's words
     */
    record Reviewed(Instant at, String by, String comment) implements ChangeEvent {
        public Reviewed {
            comment = Objects.requireNonNullElse(comment, "");
        }
    }

    /**
     * The contents of all events before it were removed, because policy keeps them no longer; their places in the chain
     * and their hashes stay.
     *
     * @param because why, one sentence for people
     * @param policyVersion SHA-256 of the policy that says so, in hexadecimal
     * @param events which ones, oldest first
     */
    record Sealed(Instant at, String because, String policyVersion, List<Covered> events) implements ChangeEvent {
        public Sealed {
            Objects.requireNonNull(policyVersion, "policyVersion");
            events = List.copyOf(events);
        }

        /**
         * An event without its content: all that its hash was made over but that, and the hash.
         *
         * @param sequence its place among the events of all changes
         * @param version its place among the events of its change
         * @param controller which Jenkins wrote it; empty in a store that only one has
         * @param hash its own
         */
        public record Covered(long sequence, int version, String controller, String hash) {}
    }
}
