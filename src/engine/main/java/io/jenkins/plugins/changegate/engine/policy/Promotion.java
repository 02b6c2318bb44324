package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Duration;
import java.util.Objects;

/**
 * When somebody may let changes pass further than so far: those of a normal model as standard changes, or those of a
 * service to an environment one level up.
 *
 * @param after after how many successful deployments in a row, 1 to {@link #MOST}
 * @param over how much time has to lie between the first and the last of them, at least; zero for none
 * @param passUpTo up to which level they pass by themselves then
 * @param ofThatLevel whether only deployments of just that risk are evidence, which then shows something of those that
 *     would newly pass; else all are
 */
public record Promotion(int after, Duration over, RiskLevel passUpTo, boolean ofThatLevel) {

    /** Most successful deployments that can be asked for. */
    public static final int MOST = 200;

    /** The longest time that can be asked for. */
    public static final Duration LONGEST = Duration.ofDays(365);

    public Promotion {
        Objects.requireNonNull(over, "over");
        Objects.requireNonNull(passUpTo, "passUpTo");
    }

    /** Whether a deployment of this risk can be evidence. */
    public boolean counts(RiskLevel level) {
        return !ofThatLevel || level == passUpTo;
    }
}
