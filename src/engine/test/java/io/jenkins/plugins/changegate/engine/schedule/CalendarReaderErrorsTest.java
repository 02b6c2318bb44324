package io.jenkins.plugins.changegate.engine.schedule;

import static io.jenkins.plugins.changegate.engine.schedule.Calendars.OUTLOOK_ZONE;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.event;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything broken is an error that names the line. */
class CalendarReaderErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUMMARY:y|line 4, VEVENT: It has no DTSTART",
                "DTSTART:20261218T180000Z|line 4, VEVENT: The event takes no time; possible: DTEND, DURATION",
                "DTSTART:2026-12-18|line 7, DTSTART: '2026-12-18' is no date and no time; possible: a date as 20261218",
                "DTSTART:20260229|line 7, DTSTART: '20260229' does not exist: ",
                "DTSTART:20260228T250000|line 7, DTSTART: '20260228T250000' does not exist: ",
                "DTSTART:99990101|line 7, DTSTART: '99990101' is too far away; possible: years 1970 to 2200",
                "DTSTART;VALUE=DATE:20260228T100000|line 7, DTSTART: '20260228T100000' is not of the type that VALUE names, DATE",
                "DTSTART;VALUE=TEXT:20260228T100000|line 7, DTSTART: '20260228T100000' is not of the type that VALUE names, TEXT",
                "DTSTART;TZID=A;TZID=B:20260228T100000|line 7, DTSTART: It has TZID twice",
                "DTSTART;TZID=Europe/Berln:20260228T100000|line 7, DTSTART, TZID: There is no zone 'Europe/Berln'; did you mean 'Europe/Berlin'?",
                "DTSTART:20260228~DTSTART:20260228|line 8, DTSTART: It is there twice; possible: once in a VEVENT",
                "DTSTART:20260228~DTEND:20260228T100000Z|line 8, DTEND: One of DTSTART and DTEND is a date, the other one is not",
                "DTSTART:20260228~DTEND:20260228|line 8, DTEND: The event takes no time or too much; possible: up to 3660 days",
                "DTSTART:20260228~DTEND:20260227|line 8, DTEND: The event takes no time or too much",
                "DTSTART:20260228~DURATION:P99999W|line 8, DURATION: The event takes no time or too much",
                "DTSTART:20260228~DURATION:PT1H|line 8, DURATION: DTSTART is a date; possible: days and weeks, as P1D",
                "DTSTART:20260228~DURATION:P|line 8, DURATION: 'P' is no duration; possible: PT1H30M, P1D, P2W",
                "DTSTART:20260228~DURATION:P1DT|line 8, DURATION: 'P1DT' is no duration",
                "DTSTART:20260228~DURATION:-P1D|line 8, DURATION: '-P1D' is no duration",
                "DTSTART:20260228~DTEND:20260301~DURATION:P1D|line 9, DURATION: There is a DTEND too; possible: one of them",
                "DTSTART:20260228~RRULE:FREQ=DAILY;BYDAY=XX|line 8, RRULE: 'FREQ=DAILY;BYDAY=XX' is no rule: invalid weeknum: 'XX'; possible: FREQ=DAILY",
                "DTSTART:20260228~RRULE:FREQ=HOURLY|line 8, RRULE: FREQ=HOURLY is too often",
                "DTSTART:20260228~RRULE:FREQ=MONTHLY;BYMONTHDAY=1|line 8, RRULE: 'FREQ=MONTHLY;BYMONTHDAY=1' does not hold when it first begins, 2026-02-28T00:00",
                "DTSTART:20260228~RRULE:FREQ=DAILY~RRULE:FREQ=DAILY|line 9, RRULE: It is there twice",
                "DTSTART:20260228~EXRULE:FREQ=DAILY|line 8, EXRULE: It is not possible since RFC 5545; possible: EXDATE",
                "DTSTART:20260228~RRULE:FREQ=DAILY~EXDATE:20260228T000000|line 9, EXDATE: One of DTSTART and EXDATE is a date, the other one is not",
                "DTSTART:20260228~RDATE:20260301,|line 8, RDATE: '' is no date and no time",
                "DTSTART:20260228~RDATE:20260228T000000Z/PT1H|line 8, RDATE: '20260228T000000Z/PT1H' is possible with VALUE=PERIOD only",
                "DTSTART:20260228~RDATE;VALUE=PERIOD:20260228T000000Z/20260228T000000Z|line 8, RDATE: '20260228T000000Z/20260228T000000Z' ends before",
                "DTSTART:20260228~RECURRENCE-ID;RANGE=THISANDFUTURE:20260228|line 8, RECURRENCE-ID: RANGE is not possible",
                "DTSTART:20260228~RECURRENCE-ID:20260228~RRULE:FREQ=DAILY|line 9, RRULE: An event that replaces an occurrence cannot repeat",
                "DTSTART;TZID=Europe/Berlin:20260329T023000~DTEND;TZID=Europe/Berlin:20260329T030000|line 8, DTEND: The event takes no time or too much",
                "nonsense|line 7, 'nonsense': ",
                "BEGIN:VALARM|line 7, VALARM: It has no end: END:VALARM",
            })
    void brokenEventIsAnError(String lines, String message) {
        fails(file(event(lines.split("~"))), message);
    }

    @Test
    void brokenFileIsAnError() {
        String event = event("DTSTART:20260228");
        fails("", "calendar: There is no BEGIN:VCALENDAR in it");
        fails("hello", "line 1, 'hello': ");
        fails("X:1\n" + file(event), "line 1, X: It stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
        fails(event, "line 1, VEVENT: It stands outside of BEGIN:VCALENDAR and END:VCALENDAR");
        fails(file(event) + "END:VCALENDAR\n", "line 10, 'END:VCALENDAR': ");
        fails(file(event).replace("END:VCALENDAR\n", ""), "line 1, VCALENDAR: It has no end: END:VCALENDAR");
        fails(file(event).replace("END:VEVENT\n", ""), "line 4, VEVENT: It has no end: END:VEVENT");
        fails(
                file(event).replace("VERSION:2.0", "VERSION:1.0"),
                "line 2, VERSION: '1.0' is not possible; possible: 2.0");
        fails(file(event).replace("VERSION:2.0\n", ""), "line 1, VCALENDAR: It has no VERSION");
        fails(file("CALSCALE:HEBREW\n"), "line 4, CALSCALE: 'HEBREW' is not possible; possible: GREGORIAN");
        fails(file(event).replace("UID:1\n", ""), "line 4, VEVENT: It has no UID");
        fails(file(event, event), "line 9, VEVENT: Its UID and RECURRENCE-ID are those of another event");
        fails(
                file(event, event("RECURRENCE-ID:20260228T000000", "DTSTART:20260228")),
                "line 12, RECURRENCE-ID: One of it and the DTSTART of the event is a date, the other one is not");
        fails("BEGIN:A\n".repeat(100_000), "line 6, BEGIN: More than 5 components are in each other");
    }

    @Test
    void brokenZoneIsAnError() {
        fails(file(OUTLOOK_ZONE.replace("TZID:Westeuropa\n", "")), "line 4, VTIMEZONE: It has no TZID");
        fails(
                file("BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE\n"),
                "line 4, VTIMEZONE: It has no STANDARD and no DAYLIGHT");
        fails(
                file(OUTLOOK_ZONE.replace("STANDARD", "SUMMER")),
                "line 6, SUMMER: It is in a VTIMEZONE; possible: STANDARD");
        fails(
                file(OUTLOOK_ZONE.replace("+0200", "2 h")),
                "line 8, TZOFFSETFROM: '2 h' is no offset; possible: +0100, -0330");
        fails(file(OUTLOOK_ZONE.replace("+0200", "+1900")), "line 8, TZOFFSETFROM: '+1900' is no offset: ");
        fails(
                file(OUTLOOK_ZONE.replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "FREQ=DAILY")),
                "line 6, STANDARD: It changes the clocks more than 3000");
        fails(
                file(OUTLOOK_ZONE.replace("MONTH=10", "MONTH=13")),
                "line 10, RRULE: 'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=13' is no");
        fails(file(OUTLOOK_ZONE.replace("0101T03", "0101T99")), "line 7, DTSTART: '16010101T990000' does not exist: ");
        fails(file(OUTLOOK_ZONE.replace("T030000", "")), "line 7, DTSTART: '16010101' is no local time until 2200");
        fails(
                file(OUTLOOK_ZONE.replace("DTSTART:1601", "RDATE:20260101T020000,20260101T030000\nDTSTART:1601")),
                "line 13, DAYLIGHT: Two offsets begin at 2026-01-01T01:00:00Z");
        fails(
                file(OUTLOOK_ZONE, OUTLOOK_ZONE.replace("+0200", "+0300")),
                "line 20, TZID: 'Westeuropa' is defined twice, and not alike");
        fails(file(OUTLOOK_ZONE.replace("FREQ=YEARLY", "FREQ=YEARLY;BYMONTHDAY=35")), "line 10, RRULE: ");
    }

    @Test
    void limitsAreErrors() {
        fails("x".repeat(CalendarReader.LARGEST + 1), "calendar: It is too large; possible: 1 MiB");
        fails("ü".repeat(CalendarReader.LARGEST / 2 + 1), "calendar: It is too large; possible: 1 MiB");
        fails(file(events(10_001, "")), "line 50004, VEVENT: There are too many events and dates; possible: 10000");
        fails(file(events(2_001, "RRULE:FREQ=DAILY\n")), "line 12004, VEVENT: Too much repeats; possible: 2000");
        fails(
                file(event("DTSTART:20260101", "EXDATE:20260101" + ",20260101".repeat(10_000))),
                "line 8, EXDATE: There are too many dates; possible: 10000 in all");
        assertThat(CalendarReader.EVENTS).isEqualTo(10_000);
    }

    private static String events(int count, String line) {
        return IntStream.range(0, count)
                .mapToObj(i -> "BEGIN:VEVENT\nUID:" + i + "\nDTSTART:20260101\n" + line + "DURATION:P1D\nEND:VEVENT\n")
                .collect(Collectors.joining());
    }

    private static void fails(String text, String message) {
        assertThatThrownBy(() -> CalendarReader.read(text, ZoneOffset.UTC))
                .isInstanceOf(ScheduleException.class)
                .hasMessageStartingWith(message);
    }
}
