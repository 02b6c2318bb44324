package io.jenkins.plugins.changegate.engine.schedule;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code VEVENT} of an iCalendar file.
 *
 * @param component where it stands
 * @param uid of the event, the same for every occurrence of it
 * @param id which occurrence it replaces, if it does
 * @param isCancelled whether it does not take place
 * @param title its {@code SUMMARY}
 * @param begin when it first begins
 * @param length how long it takes each time
 * @param rule when it repeats
 * @param further other spans, by {@code RDATE}
 * @param excepted beginnings that do not take place, by {@code EXDATE}
 */
record Event(
        Component component,
        String uid,
        Id id,
        boolean isCancelled,
        String title,
        CalendarTime begin,
        Length length,
        Optional<Rule> rule,
        List<Span> further,
        Set<Instant> excepted) {

    /** RFC 5545, section 3.3.6. */
    private static final Pattern DURATION = Pattern.compile(
            "\\+?P(?:([0-9]{1,5})W|(?:([0-9]{1,5})D)?(T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?" + "(?:([0-9]{1,9})S)?)?)");

    /** The longest that something may take. */
    private static final Duration LONGEST = Duration.ofDays(3660);

    /**
     * What of an event it is.
     *
     * @param replaced the beginning of the occurrence that it replaces
     * @param isDate whether that is a date; without it, whether the event begins with one
     */
    record Id(Optional<Instant> replaced, boolean isDate) {}

    /** Returns how many further and excepted dates it has. */
    int dates() {
        return further.size() + excepted.size();
    }

    /**
     * Reads an event.
     *
     * @param most how many further and excepted dates it may have
     */
    static Event read(Component component, Zones zones, int most) throws ScheduleException {
        String uid = component.required("UID").value();
        Line start = component.required("DTSTART");
        CalendarTime begin = CalendarTime.read(start, start.value(), zones);
        String title = component
                .one("SUMMARY")
                .map(line -> VObjectPropertyValues.unescape(line.value()))
                .orElse("");
        boolean cancelled = component
                .one("STATUS")
                .map(line -> line.value().strip().equalsIgnoreCase("CANCELLED"))
                .orElse(false);
        if (!component.all("EXRULE").isEmpty()) {
            throw component.all("EXRULE").get(0).mistake("It is not possible since RFC 5545; possible: EXDATE");
        }
        Optional<Line> replaces = component.one("RECURRENCE-ID");
        Id id = new Id(Optional.empty(), begin.isDate());
        if (replaces.isPresent()) {
            if (replaces.get().parameter("RANGE").isPresent()) {
                throw replaces.get().mistake("RANGE is not possible; an event replaces one occurrence");
            }
            CalendarTime replaced =
                    CalendarTime.read(replaces.get(), replaces.get().value(), zones);
            id = new Id(Optional.of(replaced.instant()), replaced.isDate());
        }
        Length length = length(component, begin, zones);
        Optional<Line> every = component.one("RRULE");
        if (every.isPresent() && replaces.isPresent()) {
            throw every.get().mistake("An event that replaces an occurrence cannot repeat");
        }
        Optional<Rule> rule = every.isPresent()
                ? Optional.of(Rule.parse(every.get().place(), every.get().value()))
                : Optional.empty();
        Event event = new Event(component, uid, id, cancelled, title, begin, length, rule, List.of(), Set.of());
        return event.with(event.further(zones, most), event.excepted(zones, most));
    }

    private Event with(List<Span> spans, Set<Instant> instants) {
        return new Event(component, uid, id, isCancelled, title, begin, length, rule, spans, instants);
    }

    /** Returns what takes place once, without what is excepted. */
    List<Span> once(Set<Instant> except) throws ScheduleException {
        List<Span> spans = new ArrayList<>(further);
        if (rule.isEmpty()) {
            spans.add(span(begin));
        }
        spans.removeIf(span -> except.contains(span.from()));
        return spans;
    }

    /** Returns what repeats, without what is excepted. */
    Optional<Series> series(Set<Instant> except) throws ScheduleException {
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Series(title, begin.clocks(), begin.local(), length, rule.get(), except)
                .checked(component.required("RRULE").place()));
    }

    private Span span(CalendarTime from) throws ScheduleException {
        Instant start = from.instant();
        Instant end = length.end(from.local(), from.clocks());
        if (!start.isBefore(end)) {
            throw component.mistake("It ends before it begins, on the clocks of its zone: " + start + " to " + end);
        }
        return new Span(start, end, title);
    }

    private static Length length(Component component, CalendarTime begin, Zones zones) throws ScheduleException {
        Optional<Line> end = component.one("DTEND");
        Optional<Line> duration = component.one("DURATION");
        if (end.isPresent() && duration.isPresent()) {
            throw duration.get().mistake("There is a DTEND too; possible: one of them");
        }
        Length length = begin.isDate() ? new Length(Duration.ofDays(1), Duration.ZERO) : Length.ofExact(Duration.ZERO);
        if (duration.isPresent()) {
            length = duration(duration.get(), duration.get().value());
            if (begin.isDate() && !length.exact().isZero()) {
                throw duration.get().mistake("DTSTART is a date; possible: days and weeks, as P1D");
            }
        } else if (end.isPresent()) {
            CalendarTime last = CalendarTime.read(end.get(), end.get().value(), zones);
            if (last.isDate() != begin.isDate()) {
                throw end.get().mistake("One of DTSTART and DTEND is a date, the other one is not");
            }
            // An event with an end takes the same time whenever it repeats: RFC 5545, section 3.8.5.3.
            length = begin.isDate()
                    ? Length.ofWall(begin.local(), last.local())
                    : Length.ofExact(Duration.between(begin.instant(), last.instant()));
        }
        if (!length.isPositive() || length.wall().plus(length.exact()).compareTo(LONGEST) > 0) {
            throw end.or(() -> duration)
                    .map(line -> line.mistake(
                            "The event takes no time or too much; possible: up to " + LONGEST.toDays() + " days"))
                    .orElse(component.mistake("The event takes no time; possible: DTEND, DURATION"));
        }
        return length;
    }

    private static Length duration(Line line, String value) throws ScheduleException {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches() || value.endsWith("P") || value.endsWith("T")) {
            throw line.mistake("'" + value + "' is no duration; possible: PT1H30M, P1D, P2W");
        }
        Duration days = Duration.ofDays(7 * number(matcher, 1) + number(matcher, 2));
        return new Length(
                days,
                Duration.ofHours(number(matcher, 4))
                        .plusMinutes(number(matcher, 5))
                        .plusSeconds(number(matcher, 6)));
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    private List<Span> further(Zones zones, int most) throws ScheduleException {
        List<Span> spans = new ArrayList<>();
        for (Line line : component.all("RDATE")) {
            for (String value : values(line, most - spans.size())) {
                String[] ends = value.split("/", -1);
                CalendarTime from = CalendarTime.read(line, ends[0], zones);
                if (ends.length == 1) {
                    sameKind(line, from);
                    spans.add(span(from));
                } else {
                    spans.add(period(line, from, ends, zones));
                }
            }
        }
        return List.copyOf(spans);
    }

    private Span period(Line line, CalendarTime from, String[] ends, Zones zones) throws ScheduleException {
        boolean known = ends.length == 2
                && !from.isDate()
                && line.parameter("VALUE").orElse("").equalsIgnoreCase("PERIOD");
        if (!known) {
            throw line.mistake("'" + String.join("/", ends) + "' is possible with VALUE=PERIOD only, as"
                    + " 20261218T180000Z/PT1H or 20261218T180000Z/20261218T190000Z");
        }
        Instant end = ends[1].contains("P")
                ? duration(line, ends[1]).end(from.local(), from.clocks())
                : CalendarTime.read(line, ends[1], zones).instant();
        if (!from.instant().isBefore(end)) {
            throw line.mistake("'" + String.join("/", ends) + "' ends before it begins");
        }
        return new Span(from.instant(), end, title);
    }

    private Set<Instant> excepted(Zones zones, int most) throws ScheduleException {
        Set<Instant> instants = new HashSet<>();
        for (Line line : component.all("EXDATE")) {
            for (String value : values(line, most - instants.size())) {
                CalendarTime time = CalendarTime.read(line, value, zones);
                sameKind(line, time);
                instants.add(time.instant());
            }
        }
        return Set.copyOf(instants);
    }

    private void sameKind(Line line, CalendarTime time) throws ScheduleException {
        if (time.isDate() != begin.isDate()) {
            throw line.mistake("One of DTSTART and " + line.name() + " is a date, the other one is not");
        }
    }

    private static List<String> values(Line line, int most) throws ScheduleException {
        String[] values = line.value().split(",", -1);
        if (values.length > most) {
            throw line.mistake("There are too many dates; possible: " + CalendarReader.EVENTS + " in all");
        }
        return List.of(values);
    }
}
