package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Times as a policy writes them; {@link #read} says what they mean.
 *
 * @param from when they begin: a date, a time as {@code 2026-12-18T18:00}, one with an offset or {@code Z}, or a time
 *     of day as {@code 22:00} for every day
 * @param to when they end, written like {@code from}; a date means until the end of that day, and a time of day that
 *     is not after {@code from} the day after. It is what the clocks show
 * @param length how long they take, instead of {@code to}; exact hours, also when the clocks change meanwhile
 * @param every the rule of RFC 5545 by which they repeat; {@code from} is the first time
 * @param timezone the IANA name of the zone whose clocks show all that; UTC without it
 * @param days the weekdays of a time of day; every day without it
 */
public record WrittenTimes(
        Optional<String> from,
        Optional<String> to,
        Optional<Duration> length,
        Optional<String> every,
        Optional<String> timezone,
        List<String> days) {

    public WrittenTimes {
        days = List.copyOf(days);
    }

    /**
     * Returns what is meant.
     *
     * @param title what each span is called
     * @throws ScheduleException if something is missing, contradicts itself, or is no such text; its part is one of
     *     {@code from}, {@code to}, {@code for}, {@code every}, {@code timezone} and {@code days}
     */
    public Times read(String title) throws ScheduleException {
        return new WrittenReader(this, title).read();
    }

    /**
     * Returns the zone of a name.
     *
     * @throws ScheduleException if the IANA database has none; its part is {@code timezone}
     */
    public static ZoneId zone(String name) throws ScheduleException {
        return ZoneNames.find("timezone", name);
    }
}
