package io.jenkins.plugins.changegate.engine.condition;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the last deployments of a service to an environment ended.
 *
 * @param deployments how many were looked at, at most {@link #LOOKED_AT}
 * @param unsuccessful how many of them were unsuccessful
 * @param successesInARow how many of the latest were successful without another in between
 * @param last how the latest ended, as outcomes are written; empty if there was none
 * @param lastAt when it ended; empty if there was none
 */
public record History(int deployments, int unsuccessful, int successesInARow, String last, Optional<Instant> lastAt) {

    /** How many deployments are looked at, the latest first. */
    public static final int LOOKED_AT = 50;

    private static final String SUCCESSFUL = "successful";
    private static final String UNSUCCESSFUL = "unsuccessful";

    /** All that {@link #last} can be. */
    static final List<String> OUTCOMES = List.of("", SUCCESSFUL, "successful-with-issues", UNSUCCESSFUL);

    /**
     * One deployment.
     *
     * @param outcome how it ended, as outcomes are written
     * @param at when it ended
     */
    public record Deployment(String outcome, Instant at) {}

    /** Returns what deployments amount to, the latest first. */
    public static History of(List<Deployment> deployments) {
        int row = 0;
        while (row < deployments.size() && deployments.get(row).outcome().equals(SUCCESSFUL)) {
            row++;
        }
        return new History(
                deployments.size(),
                (int) deployments.stream()
                        .filter(deployment -> deployment.outcome().equals(UNSUCCESSFUL))
                        .count(),
                row,
                deployments.isEmpty() ? "" : deployments.get(0).outcome(),
                deployments.stream().map(Deployment::at).findFirst());
    }
}
