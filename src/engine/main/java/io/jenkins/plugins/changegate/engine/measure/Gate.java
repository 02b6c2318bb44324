package io.jenkins.plugins.changegate.engine.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the gate did, of changes that it decided in the period.
 *
 * @param decided how many
 * @param passed by themselves
 * @param asked those of which policy asked people, however it ended
 * @param refused by policy
 * @param overridden put through without the approvals that policy asks for
 * @param emergency handled as emergencies
 * @param decisions how many ended how, by the key of the decision, in the order of {@code Decision}
 * @param waiting from when a change reached the gate to its decision, of those that people answered: approved, rejected or
 *     overridden
 * @param hours how long all changes waited together of which people were asked, however it ended
 * @param caught what it caught, and what it let through
 */
public record Gate(
        long decided,
        Share passed,
        Share asked,
        Share refused,
        Share overridden,
        Share emergency,
        Map<String, Long> decisions,
        Spread waiting,
        double hours,
        Catch caught) {

    public Gate {
        // Their order is kept.
        decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
    }

    /**
     * What the gate is for.
     *
     * @param rejected changes that a person rejected
     * @param refused changes that policy refused
     * @param given changes given up after people had been asked: superseded, expired or cancelled. Nobody said that they
     *     were wrong, so they are no catch
     * @param passedFailed failures of those that passed by themselves, of their deployments
     * @param approvedFailed failures of those that people approved
     * @param overriddenFailed failures of those that were put through
     */
    public record Catch(
            long rejected,
            long refused,
            long given,
            Share passedFailed,
            Share approvedFailed,
            Share overriddenFailed) {}

    /** Returns how many it caught: rejected or refused. Whether they would have failed, nobody knows. */
    public long catches() {
        return caught.rejected() + caught.refused();
    }

    /** Returns the hours that were waited for each one that was caught; 0 if none was. */
    public double hoursEach() {
        return catches() == 0 ? 0 : hours / catches();
    }
}
