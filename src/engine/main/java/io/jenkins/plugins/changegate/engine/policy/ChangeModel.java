package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A named kind of change with its own path.
 *
 * @param name unique within its policy
 * @param type standard or normal; an emergency is claimed for one change and not for a kind
 * @param passUpTo the highest level that passes by itself; only a standard change has one
 * @param promotion when changes of it may be made standard changes; only a normal one has one
 * @param approvals what a level needs besides what the environment asks for
 * @param approvedBy which change authority approved it as a standard change; empty for a normal one
 * @param retired from the beginning of which day (UTC) on it has no effect; empty if it is not retired
 * @param because what kind of change it is, one sentence for people
 */
public record ChangeModel(
        String name,
        ChangeType type,
        Optional<Ceiling> passUpTo,
        Optional<Promotion> promotion,
        Map<RiskLevel, List<Requirement>> approvals,
        String approvedBy,
        Optional<LocalDate> retired,
        String because) {

    public ChangeModel {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(promotion, "promotion");
        Objects.requireNonNull(because, "because");
        approvals = Map.copyOf(approvals);
    }

    /** Whether it still has effect. */
    public boolean isInForce(Instant now) {
        return retired.map(day -> now.isBefore(day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .orElse(true);
    }

    /** Whether it makes the gate more lenient, by what policy says alone. */
    public boolean loosens() {
        return type == ChangeType.STANDARD;
    }
}
