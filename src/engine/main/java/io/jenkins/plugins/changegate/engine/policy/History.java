package io.jenkins.plugins.changegate.engine.policy;

import java.time.Instant;
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

    /** There was no deployment. */
    public static final History NONE = new History(0, 0, 0, "", Optional.empty());
}
