package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.schedule.Times;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When changes may be deployed to an environment.
 *
 * @param name unique among the policy's freezes or windows of the environment
 * @param kind whether its times are those when they may not, or those when they may
 * @param times when
 * @param passUpTo the highest level that it does not hold back
 * @param services the services that it is for, in which {@code *} stands for any characters; empty for all
 * @param mode whether it has effect, if it says so itself
 * @param because the reason, for people
 */
public record ScheduleEntry(
        String name,
        Kind kind,
        Times times,
        Ceiling passUpTo,
        List<String> services,
        Optional<Mode> mode,
        String because) {

    /** Kinds of entries. */
    public enum Kind {
        /** Changes are held back within its times. */
        FREEZE,
        /** Changes are held back outside of its times, and outside of those of the policy's other windows. */
        WINDOW
    }

    public ScheduleEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(passUpTo, "passUpTo");
        Objects.requireNonNull(because, "because");
        services = List.copyOf(services);
    }

    /** Whether it is for a service. */
    public boolean isFor(String service) {
        return services.isEmpty()
                || services.stream()
                        .map(pattern -> Arrays.stream(pattern.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")))
                        .anyMatch(service::matches);
    }

    /** Whether it holds back changes of this level, at times. */
    public boolean holdsBack(RiskLevel level) {
        return !passUpTo.permits(level);
    }
}
