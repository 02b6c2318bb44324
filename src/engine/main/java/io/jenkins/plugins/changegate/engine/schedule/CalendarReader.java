package io.jenkins.plugins.changegate.engine.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an iCalendar file (RFC 5545): its events, with all that repeats, is excepted, moved or cancelled.
 *
 * <p>Other components, as {@code VTODO} and {@code VFREEBUSY}, and properties that do not say when an event is, are no
 * part of the answer. Everything else that is not understood is an error.
 *
 * <p>An event must suit its own rule; RFC 5545 leaves open what it means if not. A time that the clocks skip moves
 * forward, also one that a rule makes (section 3.3.10 leaves those out; most programs do as here).
 */
public final class CalendarReader {

    /** The largest file, in bytes of UTF-8. */
    public static final int LARGEST = 1 << 20;

    /** How many events, further dates and excepted dates a file may have. */
    public static final int EVENTS = 10_000;

    /**
     * How much of it may repeat, since every question looks at it: for each event how often it can begin on a day,
     * times the days that it takes, all added up.
     */
    public static final int REPEATING = 2_000;

    private CalendarReader() {}

    /**
     * Returns when the events of a file are.
     *
     * @param text the file
     * @param floating the zone for times and dates that name none
     * @throws ScheduleException if the file is too large, or anything of it that matters is broken
     */
    public static Times read(String text, ZoneId floating) throws ScheduleException {
        if (text.length() > LARGEST || text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw new ScheduleException("calendar", "It is too large; possible: 1 MiB");
        }
        List<Component> calendars = Components.read(text);
        if (calendars.isEmpty()) {
            throw new ScheduleException("calendar", "There is no BEGIN:VCALENDAR in it");
        }
        for (Component calendar : calendars) {
            check(calendar);
        }
        Zones zones = Zones.read(calendars, floating);
        List<Event> events = new ArrayList<>();
        int dates = 0;
        for (Component calendar : calendars) {
            for (Component part : calendar.parts()) {
                if (part.name().equals("VEVENT")) {
                    Event event = Event.read(part, zones, EVENTS);
                    events.add(event);
                    dates += 1 + event.dates();
                    if (dates > EVENTS) {
                        throw part.mistake("There are too many events and dates; possible: " + EVENTS);
                    }
                }
            }
        }
        return times(events);
    }

    private static void check(Component calendar) throws ScheduleException {
        if (!calendar.name().equals("VCALENDAR")) {
            throw calendar.mistake("It stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
        }
        Line version = calendar.required("VERSION");
        if (!version.value().strip().equals("2.0")) {
            throw version.mistake("'" + version.value() + "' is not possible; possible: 2.0");
        }
        Line scale = calendar.one("CALSCALE").orElse(version);
        if (scale != version && !scale.value().strip().equalsIgnoreCase("GREGORIAN")) {
            throw scale.mistake("'" + scale.value() + "' is not possible; possible: GREGORIAN");
        }
    }

    private static Times times(List<Event> events) throws ScheduleException {
        Map<String, Set<Event.Id>> seen = new HashMap<>();
        Map<String, Set<Instant>> replaced = new HashMap<>();
        for (Event event : events) {
            if (!seen.computeIfAbsent(event.uid(), uid -> new HashSet<>()).add(event.id())) {
                throw event.component().mistake("Its UID and RECURRENCE-ID are those of another event");
            }
            event.id()
                    .replaced()
                    .ifPresent(instant -> replaced.computeIfAbsent(event.uid(), uid -> new HashSet<>())
                            .add(instant));
        }
        for (Event event : events) {
            boolean other = seen.get(event.uid())
                    .contains(new Event.Id(Optional.empty(), !event.id().isDate()));
            if (event.id().replaced().isPresent() && other) {
                throw event.component()
                        .required("RECURRENCE-ID")
                        .mistake("One of it and the DTSTART of the event is a date, the other one is not");
            }
        }
        List<Span> once = new ArrayList<>();
        List<Series> repeating = new ArrayList<>();
        long open = 0;
        for (Event event : events) {
            if (!event.isCancelled()) {
                Set<Instant> except = new HashSet<>(event.excepted());
                if (event.id().replaced().isEmpty()) {
                    except.addAll(replaced.getOrDefault(event.uid(), Set.of()));
                }
                once.addAll(event.once(except));
                Optional<Series> series = event.series(except);
                series.ifPresent(repeating::add);
                open += series.map(Series::open).orElse(0L);
            }
            if (open > REPEATING) {
                throw event.component()
                        .mistake("Too much repeats; possible: " + REPEATING
                                + ", for each event how often it can begin on a day" + " times the days that it takes");
            }
        }
        return new Times(once, repeating);
    }
}
