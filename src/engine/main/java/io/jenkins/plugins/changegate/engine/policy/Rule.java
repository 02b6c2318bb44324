package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A named condition with an effect and a reason.
 *
 * @param name unique within its policy
 * @param condition when it applies
 * @param mode whether it has effect, if the rule itself says so
 * @param risk points it adds; may be negative
 * @param floor the level is at least this
 * @param refuse whether the change is refused
 * @param safe whether the change is proven safe: its size then counts for nothing
 * @param requirements what the change needs, whatever its level
 * @param model the model of its policy that the change is of, if it is of one
 * @param labels what the change is called in the records
 * @param because the reason, for people
 */
public record Rule(
        String name,
        Condition condition,
        Optional<Mode> mode,
        int risk,
        RiskLevel floor,
        boolean refuse,
        boolean safe,
        List<Requirement> requirements,
        Optional<String> model,
        Set<String> labels,
        String because) {

    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(floor, "floor");
        Objects.requireNonNull(because, "because");
        requirements = List.copyOf(requirements);
        labels = Set.copyOf(labels);
    }

    /** Whether it can make the gate more lenient by what it says of the risk. */
    public boolean loosens() {
        return safe || risk < 0;
    }

    /** Whether it says something of the risk. */
    public boolean weighs() {
        return risk != 0 || floor != RiskLevel.LOW || safe;
    }
}
