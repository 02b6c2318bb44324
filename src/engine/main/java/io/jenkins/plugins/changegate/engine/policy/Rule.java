package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Objects;

/**
 * A named condition with an effect and a reason.
 *
 * @param name unique within its policy
 * @param condition when it applies
 * @param risk points it adds; may be negative
 * @param floor the level is at least this
 * @param refuse whether the change is refused
 * @param safe whether the change is proven safe: its size then counts for nothing
 * @param because the reason, for people
 */
public record Rule(
        String name, Condition condition, int risk, RiskLevel floor, boolean refuse, boolean safe, String because) {

    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(floor, "floor");
        Objects.requireNonNull(because, "because");
    }

    /** Whether it can make the gate more lenient. */
    public boolean loosens() {
        return safe || risk < 0;
    }
}
