package io.jenkins.plugins.changegate.engine.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as it is written: a date, a local time, or an instant.
 *
 * @param local what is written: the beginning of a date, a local time, or the time in the offset of the instant
 * @param isDate whether only a date is written
 * @param instant if an offset is written
 */
record Moment(LocalDateTime local, boolean isDate, Optional<Instant> instant) {

    /** The first and last year that may be written. */
    static final int FIRST_YEAR = 1970;

    private static final Pattern CALENDAR =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?");
    private static final Pattern POLICY = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}:[0-9]{2})?)?");

    /** Reads what an iCalendar file writes (RFC 5545, sections 3.3.4 and 3.3.5). */
    static Moment ofCalendar(String part, String text) throws ScheduleException {
        String possible = "; possible: a date as 20261218, a local time as 20261218T180000, or one in UTC as"
                + " 20261218T180000Z";
        Matcher matcher = CALENDAR.matcher(text);
        if (!matcher.matches()) {
            throw new ScheduleException(part, "'" + text + "' is no date and no time" + possible);
        }
        try {
            LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
            if (matcher.group(4) == null) {
                return new Moment(date.atStartOfDay(), true, Optional.empty());
            }
            LocalDateTime local = date.atTime(number(matcher, 4), number(matcher, 5), number(matcher, 6));
            return new Moment(
                    local,
                    false,
                    matcher.group(7).isEmpty() ? Optional.empty() : Optional.of(local.toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            throw new ScheduleException(part, "'" + text + "' does not exist: " + e.getMessage());
        }
    }

    /** Reads what a policy writes (RFC 3339, where seconds and the offset may be left out). */
    static Moment ofPolicy(String part, String text) throws ScheduleException {
        Matcher matcher = POLICY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ScheduleException(
                    part,
                    "'" + text + "' is no date and no time; possible: 2026-12-18, 2026-12-18T18:00,"
                            + " 2026-12-18T18:00Z, 2026-12-18T18:00+01:00, or 18:00 for every day");
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(1));
            Moment moment = matcher.group(2) == null
                    ? new Moment(date.atStartOfDay(), true, Optional.empty())
                    : time(date.atTime(LocalTime.parse(matcher.group(2))), matcher.group(3));
            return moment.checked(part, text);
        } catch (DateTimeException e) {
            throw new ScheduleException(part, "'" + text + "' does not exist: " + e.getMessage());
        }
    }

    private static Moment time(LocalDateTime local, String offset) {
        return new Moment(
                local,
                false,
                Optional.ofNullable(offset)
                        .map(written ->
                                OffsetDateTime.of(local, ZoneOffset.of(written)).toInstant()));
    }

    /** @throws ScheduleException if its year is too far away */
    Moment checked(String part, String text) throws ScheduleException {
        if (local.getYear() < FIRST_YEAR || local.getYear() > Rule.LAST_YEAR) {
            throw new ScheduleException(
                    part, "'" + text + "' is too far away; possible: years " + FIRST_YEAR + " to " + Rule.LAST_YEAR);
        }
        return this;
    }

    /** Returns what the clocks show then. */
    LocalDateTime local(WallTime clocks) {
        return instant.map(clocks::local).orElse(local);
    }

    /** Returns when it is. */
    Instant instant(WallTime clocks) {
        return instant.orElseGet(() -> clocks.instant(local));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
