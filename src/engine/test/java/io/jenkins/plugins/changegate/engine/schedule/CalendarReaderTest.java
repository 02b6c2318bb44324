package io.jenkins.plugins.changegate.engine.schedule;

import static io.jenkins.plugins.changegate.engine.schedule.Calendars.OUTLOOK_ZONE;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.event;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.read;
import static io.jenkins.plugins.changegate.engine.schedule.Calendars.spans;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART:20261218T180000Z|DTEND:20261218T190000Z|2026-12-18T18:00:00Z 2026-12-18T19:00:00Z",
                "DTSTART:20261218T180000|DTEND:20261218T190000|2026-12-18T23:00:00Z 2026-12-19T00:00:00Z",
                "DTSTART;TZID=Europe/Berlin:20261218T180000|DURATION:PT1H30M10S|2026-12-18T17:00:00Z 2026-12-18T18:30:10Z",
                "DTSTART;tzid=\"Asia/Kathmandu\":20261218T180000|DTEND:20261218T180000Z|2026-12-18T12:15:00Z 2026-12-18T18:00:00Z",
                "DTSTART;VALUE=DATE-TIME:20261218T180000Z|DURATION:P1W|2026-12-18T18:00:00Z 2026-12-25T18:00:00Z",
                "DTSTART;VALUE=DATE:20261218|X-NONE:|2026-12-18T05:00:00Z 2026-12-19T05:00:00Z",
                "DTSTART;VALUE=DATE:20260307|DTEND;VALUE=DATE:20260309|2026-03-07T05:00:00Z 2026-03-09T04:00:00Z",
                "DTSTART;VALUE=DATE:20281231|DURATION:P1D|2028-12-31T05:00:00Z 2029-01-01T05:00:00Z",
                // A day on the clocks is 23 hours here, 24 hours are 24 hours.
                "DTSTART;TZID=Europe/Berlin:20260328T120000|DURATION:P1D|2026-03-28T11:00:00Z 2026-03-29T10:00:00Z",
                "DTSTART;TZID=Europe/Berlin:20260328T120000|DURATION:PT24H|2026-03-28T11:00:00Z 2026-03-29T11:00:00Z",
                "DTSTART;TZID=Australia/Lord_Howe:20261004T021500|DURATION:PT1M|2026-10-03T15:45:00Z 2026-10-03T15:46:00Z",
                "DTSTART;TZID=Australia/Lord_Howe:20260405T014500|DURATION:PT1M|2026-04-04T14:45:00Z 2026-04-04T14:46:00Z",
                "DTSTART;TZID=Pacific/Apia:20111230T120000|DURATION:PT1H|2011-12-30T22:00:00Z 2011-12-30T23:00:00Z",
            })
    void eventIsWhenItsDatesSay(String begin, String end, String span) throws ScheduleException {
        assertThat(spans(read(event(begin, end)))).containsExactly(span);
    }

    @Test
    void linesMayBeFoldedAndEndEitherWay() throws ScheduleException {
        String text = Calendars.file(event("DTSTART:2026121\n 8T180000Z", "DESCRIPTION:a\n\t b", "DURATION:PT1H"));
        assertThat(spans(CalendarReader.read(text, ZoneOffset.UTC)))
                .isEqualTo(spans(CalendarReader.read(text.replace("\n", "\r\n"), ZoneOffset.UTC)))
                .containsExactly("2026-12-18T18:00:00Z 2026-12-18T19:00:00Z");
    }

    @Test
    void eventRepeatsOnTheClocksOfItsZoneForTheSameTime() throws ScheduleException {
        Times times = read(event(
                "DTSTART;TZID=Europe/Berlin:20260322T013000",
                "DTEND;TZID=Europe/Berlin:20260322T033000",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                "RDATE;TZID=Europe/Berlin:20260501T120000",
                "RDATE;VALUE=PERIOD:20260502T120000Z/PT1H,20260503T120000Z/20260503T130000Z"));
        assertThat(spans(times))
                .containsExactly(
                        "2026-03-22T00:30:00Z 2026-03-22T02:30:00Z",
                        "2026-03-29T00:30:00Z 2026-03-29T02:30:00Z",
                        "2026-04-04T23:30:00Z 2026-04-05T01:30:00Z",
                        "2026-05-01T10:00:00Z 2026-05-01T12:00:00Z",
                        "2026-05-02T12:00:00Z 2026-05-02T13:00:00Z",
                        "2026-05-03T12:00:00Z 2026-05-03T13:00:00Z");
    }

    @Test
    void exceptionsReplacementsAndCancellationsTakeEffect() throws ScheduleException {
        Times times = read(
                event(
                        "DTSTART;VALUE=DATE:20260101",
                        "RRULE:FREQ=DAILY;UNTIL=20260106",
                        "EXDATE;VALUE=DATE:20260102,20260103"),
                event("RECURRENCE-ID;VALUE=DATE:20260104", "DTSTART:20260104T120000", "DURATION:PT1H", "SUMMARY:y")
                        .replace("SUMMARY:x\n", ""),
                event("RECURRENCE-ID;VALUE=DATE:20260105", "DTSTART;VALUE=DATE:20260105", "STATUS:CANCELLED"),
                event("DTSTART;VALUE=DATE:20260201", "STATUS:cancelled").replace("UID:1", "UID:2"),
                event("DTSTART;VALUE=DATE:20260202", "STATUS:TENTATIVE").replace("UID:1", "UID:3"));
        assertThat(spans(times))
                .containsExactly(
                        "2026-01-01T05:00:00Z 2026-01-02T05:00:00Z",
                        "2026-01-04T17:00:00Z 2026-01-04T18:00:00Z",
                        "2026-01-06T05:00:00Z 2026-01-07T05:00:00Z",
                        "2026-02-02T05:00:00Z 2026-02-03T05:00:00Z");
        assertThat(times.covering(Instant.parse("2026-01-04T17:30:00Z"))
                        .orElseThrow()
                        .title())
                .isEqualTo("y");
    }

    @Test
    void definedZoneIsThatOfItsRules() throws ScheduleException {
        Times defined = read(
                OUTLOOK_ZONE, event("DTSTART;TZID=Westeuropa:20260101T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
        Times known = read(event("DTSTART;TZID=Europe/Berlin:20260101T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY"));
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = Instant.parse("2046-01-01T00:00:00Z");
        assertThat(defined.between(from, to, 10_000)).hasSize(7305).isEqualTo(known.between(from, to, 10_000));
    }

    @Test
    void zoneMayEndAndListItsChanges() throws ScheduleException {
        String zone = """
                BEGIN:VTIMEZONE
                TZID:Here
                BEGIN:STANDARD
                DTSTART:20200101T000000
                RDATE:20200701T000000
                TZOFFSETFROM:+0130
                TZOFFSETTO:-0030
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:20200401T000000
                TZOFFSETFROM:-0030
                TZOFFSETTO:+0130
                END:DAYLIGHT
                END:VTIMEZONE
                """;
        Times times =
                read(zone, event("DTSTART;TZID=Here:20191215T120000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;COUNT=9"));
        assertThat(spans(times).stream().map(span -> span.substring(0, 16)))
                .containsExactly(
                        "2019-12-15T10:30",
                        "2020-01-15T12:30",
                        "2020-02-15T12:30",
                        "2020-03-15T12:30",
                        "2020-04-15T10:30",
                        "2020-05-15T10:30",
                        "2020-06-15T10:30",
                        "2020-07-15T12:30",
                        "2020-08-15T12:30");
    }

    @Test
    void zoneThatIanaKnowsIsNotRedefined() throws ScheduleException {
        String zone = OUTLOOK_ZONE.replace("Westeuropa", "Asia/Tokyo");
        assertThat(spans(read(zone, event("DTSTART;TZID=Asia/Tokyo:20260101T090000", "DURATION:PT1H"))))
                .containsExactly("2026-01-01T00:00:00Z 2026-01-01T01:00:00Z");
    }

    @Test
    void whatIsNoEventIsNotLookedAt() throws ScheduleException {
        String others = "BEGIN:VTODO\nDUE:nonsense\nEND:VTODO\nBEGIN:X-ANY\nX;Y=Z:1\nEND:X-ANY\n";
        String alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM";
        assertThat(spans(read(others, event("DTSTART:20260101T090000Z", "DURATION:PT1H", alarm))))
                .hasSize(1);
        assertThat(spans(read())).isEmpty();
    }

    @Test
    void severalCalendarsOfAFileAreOne() throws ScheduleException {
        String one = Calendars.file(event("DTSTART:20260101T090000Z", "DURATION:PT1H"));
        String other = Calendars.file(event("DTSTART:20260102T090000Z", "DURATION:PT1H"))
                .replace("UID:1", "UID:2");
        assertThat(spans(CalendarReader.read(one + other, ZoneId.of("UTC")))).hasSize(2);
    }
}
