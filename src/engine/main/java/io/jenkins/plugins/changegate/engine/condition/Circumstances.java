package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.risk.Basis;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a change besides what it changes.
 *
 * @param job the full name of the job that deploys; empty if there is none
 * @param branch the branch that is built; empty if not known
 * @param requestedBy the id of the user who started the run; empty if nobody did
 * @param type how the change shall be handled; an emergency is claimed with a reason
 * @param reason why it is wanted, in the words of the pipeline; may be empty
 * @param now when it is judged
 * @param history how the last deployments ended; empty if not known
 * @param signals facts from outside by name; what could not be had is not among them
 * @param unknownSignals why a fact could not be had, by its name, for people
 * @param standings what was promoted there, change models and the service itself, by the version; what is not among
 *     them was not
 * @param basis what past deployments teach of the change; empty if nobody asked them, and size alone scores
 */
public record Circumstances(
        String job,
        Optional<String> branch,
        String requestedBy,
        ChangeType type,
        String reason,
        Instant now,
        Optional<History> history,
        Map<String, Signal> signals,
        Map<String, String> unknownSignals,
        Map<String, Standing> standings,
        Optional<Basis> basis) {

    public Circumstances {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(now, "now");
        signals = Map.copyOf(signals);
        unknownSignals = Map.copyOf(unknownSignals);
        standings = Map.copyOf(standings);
        Objects.requireNonNull(basis, "basis");
    }

    /** Nothing was promoted, and nothing is known of past deployments. */
    public Circumstances(
            String job,
            Optional<String> branch,
            String requestedBy,
            ChangeType type,
            String reason,
            Instant now,
            Optional<History> history,
            Map<String, Signal> signals,
            Map<String, String> unknownSignals) {
        this(job, branch, requestedBy, type, reason, now, history, signals, unknownSignals, Map.of(), Optional.empty());
    }

    /** Why a fact could not be had is not known. */
    public Circumstances(
            String job,
            Optional<String> branch,
            String requestedBy,
            ChangeType type,
            String reason,
            Instant now,
            Optional<History> history,
            Map<String, Signal> signals) {
        this(job, branch, requestedBy, type, reason, now, history, signals, Map.of());
    }

    /** Nothing but the time is known. */
    public static Circumstances at(Instant now) {
        return new Circumstances("", Optional.empty(), "", ChangeType.NORMAL, "", now, Optional.empty(), Map.of());
    }

    /** Returns the same with what was promoted, by the version. */
    public Circumstances withStandings(Map<String, Standing> made) {
        return with(made, basis);
    }

    /** Returns the same with what past deployments teach of the change. */
    public Circumstances withBasis(Optional<Basis> taught) {
        return with(standings, taught);
    }

    private Circumstances with(Map<String, Standing> made, Optional<Basis> taught) {
        return new Circumstances(
                job, branch, requestedBy, type, reason, now, history, signals, unknownSignals, made, taught);
    }
}
