package io.jenkins.plugins.changegate.engine.policy;

import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * The calendar that a freeze or a window takes its times from. Immutable.
 *
 * @param place where it is
 * @param floating the zone for times and dates of it that name none
 * @param text what was read and is a calendar; empty if nothing was
 * @param problem why nothing was read, with the cure; empty if something was
 */
public record CalendarUse(CalendarPlace place, ZoneId floating, Optional<CalendarText> text, String problem) {

    public CalendarUse {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(floating, "floating");
        Objects.requireNonNull(problem, "problem");
    }

    /** Returns a calendar that nobody has read yet. */
    public static CalendarUse unread(CalendarPlace place, ZoneId floating) {
        return new CalendarUse(place, floating, Optional.empty(), "It was not read.");
    }
}
