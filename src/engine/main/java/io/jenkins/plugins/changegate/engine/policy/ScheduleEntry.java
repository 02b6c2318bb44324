package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.schedule.ScheduleException;
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
 * @param times when; never as long as its calendar is not read
 * @param calendar from which it takes them; empty if the policy writes them itself
 * @param passUpTo the highest level that it does not hold back
 * @param services the services that it is for, in which {@code *} stands for any characters; empty for all
 * @param mode whether it has effect, if it says so itself
 * @param because the reason, for people
 */
public record ScheduleEntry(
        String name,
        Kind kind,
        Times times,
        Optional<CalendarUse> calendar,
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
        Objects.requireNonNull(calendar, "calendar");
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

    /** Whether it is known when it is: a calendar that cannot be read says nothing, which is not that there is none. */
    public boolean isKnown() {
        return calendar.isEmpty() || calendar.get().text().isPresent();
    }

    /** Returns the same with the times that its calendar has now, or with why that cannot be read. */
    ScheduleEntry with(CalendarSource source) {
        if (calendar.isEmpty()) {
            return this;
        }
        CalendarUse use = calendar.get();
        try {
            CalendarText text = source.read(use.place());
            return with(text.times(use.floating()), Optional.of(text), "");
        } catch (UnreadCalendarException e) {
            return with(Times.NEVER, Optional.empty(), e.getMessage());
        } catch (ScheduleException e) {
            return with(Times.NEVER, Optional.empty(), "It is broken: " + e.getMessage() + ".");
        }
    }

    private ScheduleEntry with(Times found, Optional<CalendarText> text, String problem) {
        CalendarUse use = calendar.orElseThrow();
        return new ScheduleEntry(
                name,
                kind,
                found,
                Optional.of(new CalendarUse(use.place(), use.floating(), text, problem)),
                passUpTo,
                services,
                mode,
                because);
    }
}
