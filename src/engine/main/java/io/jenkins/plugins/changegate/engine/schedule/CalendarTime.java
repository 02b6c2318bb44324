package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A point in time of an iCalendar file, on the clocks of its zone.
 *
 * @param moment as it is written
 * @param clocks those that {@code TZID} names, of UTC for a time in UTC, or those of the reader for any other
 */
record CalendarTime(Moment moment, WallTime clocks) {

    /** Reads one of the values of a property: a {@code DATE} or a {@code DATE-TIME}. */
    static CalendarTime read(Line line, String value, Zones zones) throws ScheduleException {
        Optional<String> type = line.parameter("VALUE").filter(written -> !written.equalsIgnoreCase("PERIOD"));
        Moment moment = Moment.ofCalendar(line.place(), value).checked(line.place(), value);
        if (type.isPresent() && !type.get().equalsIgnoreCase(moment.isDate() ? "DATE" : "DATE-TIME")) {
            throw line.mistake("'" + value + "' is not of the type that VALUE names, " + type.get());
        }
        // Most programs leave VALUE=DATE out of lists, and no other value has eight digits.
        Optional<String> zone = line.parameter("TZID");
        if (moment.instant().isPresent()) {
            return new CalendarTime(moment, Zones.UTC);
        }
        return new CalendarTime(moment, zone.isPresent() ? zones.find(line, zone.get()) : zones.floating());
    }

    boolean isDate() {
        return moment.isDate();
    }

    LocalDateTime local() {
        return moment.local();
    }

    Instant instant() {
        return moment.instant(clocks);
    }
}
