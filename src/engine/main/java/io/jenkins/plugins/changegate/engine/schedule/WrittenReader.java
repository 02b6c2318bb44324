package io.jenkins.plugins.changegate.engine.schedule;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads times that a policy writes. */
final class WrittenReader {

    private static final Pattern TIME_OF_DAY = Pattern.compile("[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?");

    /** Long before any change; a time of day has no first day. */
    private static final LocalDate LONG_AGO = LocalDate.of(2000, 1, 1);

    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final WrittenTimes written;
    private final String title;

    WrittenReader(WrittenTimes written, String title) {
        this.written = written;
        this.title = title;
    }

    Times read() throws ScheduleException {
        if (written.from().isEmpty()) {
            throw new ScheduleException("from", "It is missing; possible: 2026-12-18, 2026-12-18T18:00 or 18:00");
        }
        if (written.to().isPresent() == written.length().isPresent()) {
            throw new ScheduleException(
                    written.to().isPresent() ? "for" : "to", "Exactly one of 'to' and 'for' says when it ends");
        }
        if (written.length().isPresent()) {
            Duration length = written.length().get();
            if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
                throw new ScheduleException("for", "It is 1 second to " + LONGEST.toDays() + " days");
            }
        }
        ZoneId zone = written.timezone().isPresent()
                ? ZoneNames.find("timezone", written.timezone().get())
                : ZoneOffset.UTC;
        WallTime clocks = WallTime.of(zone);
        String from = written.from().get().strip();
        return TIME_OF_DAY.matcher(from).matches() ? daily(from, clocks) : dated(from, clocks);
    }

    private Times dated(String text, WallTime clocks) throws ScheduleException {
        if (!written.days().isEmpty()) {
            throw new ScheduleException(
                    "days",
                    "They go with a time of day only, as in from: 22:00; with a date, every: FREQ=WEEKLY;BYDAY="
                            + "MO,TU says the same");
        }
        Moment from = Moment.ofPolicy("from", text);
        Instant begin = from.instant(clocks);
        if (written.every().isPresent()) {
            LocalDateTime first = from.local(clocks);
            Length length = written.to().isPresent()
                    ? Length.ofWall(first, end(clocks).local(clocks))
                    : Length.ofExact(written.length().get());
            return repeating(clocks, first, length, written.every().get());
        }
        Instant end = written.to().isPresent()
                ? end(clocks).instant(clocks)
                : begin.plus(written.length().get());
        if (!begin.isBefore(end)) {
            throw notAfter();
        }
        return new Times(List.of(new Span(begin, end, title)), List.of());
    }

    /** Returns when it ends; a date means the end of that day. */
    private Moment end(WallTime clocks) throws ScheduleException {
        String text = written.to().orElseThrow().strip();
        if (TIME_OF_DAY.matcher(text).matches()) {
            throw new ScheduleException("to", "'" + text + "' has no date, but 'from' has one; write both alike");
        }
        Moment to = Moment.ofPolicy("to", text);
        return to.isDate() ? new Moment(to.local().plusDays(1), true, to.instant()) : to;
    }

    private Times daily(String text, WallTime clocks) throws ScheduleException {
        if (written.every().isPresent()) {
            throw new ScheduleException("every", "It needs a date in 'from', when it first begins");
        }
        LocalTime from = timeOfDay("from", text);
        Set<DayOfWeek> days = days();
        LocalDate day = LONG_AGO;
        while (!days.contains(day.getDayOfWeek())) {
            day = day.plusDays(1);
        }
        LocalDateTime first = day.atTime(from);
        String rule = "FREQ=WEEKLY;BYDAY="
                + days.stream().map(each -> each.name().substring(0, 2)).collect(Collectors.joining(","));
        if (written.length().isPresent()) {
            return repeating(clocks, first, Length.ofExact(written.length().get()), rule);
        }
        String end = written.to().orElseThrow().strip();
        if (!TIME_OF_DAY.matcher(end).matches()) {
            throw new ScheduleException("to", "'" + end + "' is no time of day, but 'from' is one; write both alike");
        }
        LocalTime to = timeOfDay("to", end);
        LocalDateTime last = day.plusDays(to.isAfter(from) ? 0 : 1).atTime(to);
        return repeating(clocks, first, Length.ofWall(first, last), rule);
    }

    private Times repeating(WallTime clocks, LocalDateTime first, Length length, String rule) throws ScheduleException {
        if (!length.isPositive()) {
            throw notAfter();
        }
        Series series = new Series(title, clocks, first, length, Rule.parse("every", rule), Set.of());
        return new Times(List.of(), List.of(series.checked(written.to().isPresent() ? "to" : "for")));
    }

    private ScheduleException notAfter() {
        return new ScheduleException(
                "to",
                "'" + written.to().orElse("") + "' is not after 'from', '"
                        + written.from().orElse("") + "'");
    }

    private static LocalTime timeOfDay(String part, String text) throws ScheduleException {
        try {
            return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw new ScheduleException(part, "'" + text + "' is no time of day; possible: 00:00 to 23:59");
        }
    }

    private Set<DayOfWeek> days() throws ScheduleException {
        if (written.days().isEmpty()) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : written.days()) {
            int index = DAYS.indexOf(day.strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw new ScheduleException("days", "'" + day + "' is no day; possible: " + String.join(", ", DAYS));
            }
            days.add(DayOfWeek.of(index + 1));
        }
        return days;
    }
}
