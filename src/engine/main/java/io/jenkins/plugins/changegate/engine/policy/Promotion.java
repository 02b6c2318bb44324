package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Objects;

/**
 * When the changes of a normal model may be made standard changes.
 *
 * @param after after how many successful deployments in a row, 1 to {@link #MOST}
 * @param passUpTo up to which level they pass by themselves then
 */
public record Promotion(int after, RiskLevel passUpTo) {

    /** Most successful deployments that can be asked for. */
    public static final int MOST = 200;

    public Promotion {
        Objects.requireNonNull(passUpTo, "passUpTo");
    }
}
