package io.jenkins.plugins.changegate.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenTimesTest {

    /** A written form; {@code null} and no days are what is left out. */
    private static Times read(String from, String to, Duration length, String every, String zone, String... days)
            throws ScheduleException {
        return new WrittenTimes(
                        Optional.ofNullable(from),
                        Optional.ofNullable(to),
                        Optional.ofNullable(length),
                        Optional.ofNullable(every),
                        Optional.ofNullable(zone),
                        List.of(days))
                .read("x");
    }

    private static List<String> first(Times times, int count) {
        return times.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.MAX, count).stream()
                .map(span -> span.from() + " " + span.to())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-18, 2027-01-03, UTC, 2026-12-18T00:00:00Z 2027-01-04T00:00:00Z",
        "2026-12-18, 2026-12-18, Europe/Berlin, 2026-12-17T23:00:00Z 2026-12-18T23:00:00Z",
        "2026-12-18T18:00, 2026-12-19T06:00:30, Asia/Kathmandu, 2026-12-18T12:15:00Z 2026-12-19T00:15:30Z",
        "2026-12-18T18:00Z, 2026-12-19, Europe/Berlin, 2026-12-18T18:00:00Z 2026-12-19T23:00:00Z",
        "2026-12-18T18:00+09:00, 2026-12-18T18:00-09:00, UTC, 2026-12-18T09:00:00Z 2026-12-19T03:00:00Z",
        "2028-02-29, 2028-02-29, UTC, 2028-02-29T00:00:00Z 2028-03-01T00:00:00Z",
        "2026-03-29T02:30, 2026-03-29T04:00, Europe/Berlin, 2026-03-29T01:30:00Z 2026-03-29T02:00:00Z",
        "2026-10-25T02:30, 2026-10-25T03:00, Europe/Berlin, 2026-10-25T00:30:00Z 2026-10-25T02:00:00Z",
        "2026-10-25T02:30+01:00, 2026-10-25T03:00, Europe/Berlin, 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z",
    })
    void datesAndTimesAreReadOnTheClocksOfTheZone(String from, String to, String zone, String span)
            throws ScheduleException {
        assertThat(first(read(from, to, null, null, zone), 3)).containsExactly(span);
    }

    @Test
    void withoutZoneClocksAreThoseOfUtc() throws ScheduleException {
        assertThat(first(read("2026-12-18", "2026-12-18", null, null, null), 3))
                .containsExactly("2026-12-18T00:00:00Z 2026-12-19T00:00:00Z");
    }

    @Test
    void lengthIsExactHoursAndAnEndIsWhatTheClocksShow() throws ScheduleException {
        String friday = "2026-03-20T18:00";
        String rule = "FREQ=WEEKLY;BYDAY=FR";
        assertThat(first(read(friday, null, Duration.ofHours(60), rule, "Europe/Berlin"), 2))
                .containsExactly(
                        "2026-03-20T17:00:00Z 2026-03-23T05:00:00Z", "2026-03-27T17:00:00Z 2026-03-30T05:00:00Z");
        assertThat(first(read(friday, "2026-03-23T06:00", null, rule, "Europe/Berlin"), 2))
                .containsExactly(
                        "2026-03-20T17:00:00Z 2026-03-23T05:00:00Z", "2026-03-27T17:00:00Z 2026-03-30T04:00:00Z");
    }

    @Test
    void wholeDaysThatRepeatStayWholeDays() throws ScheduleException {
        assertThat(first(read("2026-03-28", "2026-03-29", null, "FREQ=YEARLY;COUNT=2", "Europe/Berlin"), 9))
                .containsExactly(
                        "2026-03-27T23:00:00Z 2026-03-29T22:00:00Z", "2027-03-27T23:00:00Z 2027-03-29T22:00:00Z");
    }

    @Test
    void timeOfDayHoldsOnEveryDayAndEndsOnTheNext() throws ScheduleException {
        assertThat(first(read("22:00", "4:00", null, null, "Europe/Berlin"), 3))
                .containsExactly(
                        "2025-12-31T21:00:00Z 2026-01-01T03:00:00Z",
                        "2026-01-01T21:00:00Z 2026-01-02T03:00:00Z",
                        "2026-01-02T21:00:00Z 2026-01-03T03:00:00Z");
        assertThat(first(read("08:00", "17:30", null, null, null, "sat", "Mon"), 3))
                .containsExactly(
                        "2026-01-03T08:00:00Z 2026-01-03T17:30:00Z",
                        "2026-01-05T08:00:00Z 2026-01-05T17:30:00Z",
                        "2026-01-10T08:00:00Z 2026-01-10T17:30:00Z");
        assertThat(first(read("09:00", "09:00", null, null, null, "wed"), 1))
                .containsExactly("2025-12-31T09:00:00Z 2026-01-01T09:00:00Z");
        assertThat(first(read("22:00", null, Duration.ofHours(3), null, null, "thu"), 1))
                .containsExactly("2026-01-01T22:00:00Z 2026-01-02T01:00:00Z");
    }

    @Test
    void ruleEndsByDateByLocalTimeAndByInstant() throws ScheduleException {
        Duration hour = Duration.ofHours(1);
        String from = "2026-01-01T23:00";
        String berlin = "Europe/Berlin";
        assertThat(first(read(from, null, hour, "FREQ=DAILY;UNTIL=20260103", berlin), 9))
                .hasSize(3);
        assertThat(first(read(from, null, hour, "FREQ=DAILY;UNTIL=20260103T225959", berlin), 9))
                .hasSize(2);
        assertThat(first(read(from, null, hour, "freq=daily;until=20260103t230000", berlin), 9))
                .hasSize(3);
        assertThat(first(read(from, null, hour, "FREQ=DAILY;UNTIL=20260103T220000Z", berlin), 9))
                .hasSize(3);
        assertThat(first(read(from, null, hour, "FREQ=DAILY;UNTIL=20260103T215959Z", berlin), 9))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|2026-12-18|-|-|from: It is missing; possible: 2026-12-18, 2026-12-18T18:00 or 18:00",
                "2026-12-18|-|-|-|to: Exactly one of 'to' and 'for' says when it ends",
                "tomorrow|18:00|-|-|from: 'tomorrow' is no date and no time; possible: 2026-12-18, 2026-12-18T18:00, 2026-12-18T18:00Z",
                "2026-02-29|2026-03-01|-|-|from: '2026-02-29' does not exist: ",
                "2026-01-01T25:00|2026-03-01|-|-|from: '2026-01-01T25:00' does not exist: ",
                "2026-01-01T20:00+19:00|2026-03-01|-|-|from: '2026-01-01T20:00+19:00' does not exist: ",
                "1969-01-01|2026-03-01|-|-|from: '1969-01-01' is too far away; possible: years 1970 to 2200",
                "2026-01-01|2201-03-01|-|-|to: '2201-03-01' is too far away; possible: years 1970 to 2200",
                "2026-01-02|2026-01-01|-|-|to: '2026-01-01' is not after 'from', '2026-01-02'",
                "2026-01-02|2026-01-01|FREQ=DAILY|-|to: '2026-01-01' is not after 'from', '2026-01-02'",
                "2026-01-01|18:00|-|-|to: '18:00' has no date, but 'from' has one; write both alike",
                "18:00|2026-01-01|-|-|to: '2026-01-01' is no time of day, but 'from' is one; write both alike",
                "25:00|18:00|-|-|from: '25:00' is no time of day; possible: 00:00 to 23:59",
                "18:00|24:00|-|-|to: '24:00' is no time of day; possible: 00:00 to 23:59",
                "18:00|19:00|FREQ=DAILY|-|every: It needs a date in 'from', when it first begins",
                "2026-01-01|2026-01-01|-|Europe/Berln|timezone: There is no zone 'Europe/Berln'; did you mean 'Europe/Berlin'? Possible: names of",
                "2026-01-01|2026-01-01|-|tokyo|timezone: There is no zone 'tokyo'; did you mean 'Asia/Tokyo'?",
                "2026-01-01|2026-01-01|-|Middle Earth/Shire|timezone: There is no zone 'Middle Earth/Shire'; Possible: names of",
                "2026-01-01|2026-01-01|FREQ=FOO|-|every: 'FREQ=FOO' is no rule: Unknown FREQ value FOO; possible: FREQ=DAILY, WEEKLY",
                "2026-01-01|2026-01-01|weekly|-|every: 'weekly' is no rule: Missing '=' in part",
                "2026-01-01|2026-01-01|FREQ=HOURLY|-|every: FREQ=HOURLY is too often; possible: FREQ=DAILY, WEEKLY",
                "2026-01-01|2026-01-01|FREQ=SECONDLY|-|every: FREQ=SECONDLY is too often; possible: FREQ=DAILY",
                "2026-01-01|2026-01-01|FREQ=DAILY;INTERVAL=1001|-|every: INTERVAL=1001; possible: 1 to 1000",
                "2026-01-01|2026-01-01|FREQ=DAILY;COUNT=1001|-|every: COUNT=1001; possible: 1 to 1000",
                "2026-01-01|2026-01-01|FREQ=DAILY;BYHOUR=0;BYSECOND=60|-|every: BYSECOND=60; possible: 0 to 59",
                "2026-01-01|2026-01-01|FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4|-|every: It begins 25 times on a day; possible: at most 24",
                "2026-01-01|2026-01-01|FREQ=DAILY;UNTIL=2026|-|every: 'FREQ=DAILY;UNTIL=2026' is no rule:",
                "2026-01-01|2026-01-01|FREQ=DAILY;UNTIL=20251231|-|to: The rule ends, by UNTIL, before it first begins, 2026-01-01T00:00",
                "2026-01-01|2026-01-01|FREQ=DAILY;COUNT=2;UNTIL=20261231|-|every: 'FREQ=DAILY;COUNT=2;UNTIL=20261231' is no rule: UNTIL and COUNT",
                "2026-01-01|2026-01-01|FREQ=WEEKLY;BYDAY=FR|-|every: 'FREQ=WEEKLY;BYDAY=FR' does not hold when it first begins, 2026-01-01T00:00; possible beginnings are 2026-01-02T00:00 or others",
                "2026-01-01|2026-01-01|FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30|-|every: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' never holds, or not again after 2026-01-01T00:00, within 1000 periods",
                "2024-02-29|2024-02-29|FREQ=DAILY;BYDAY=TH;BYMONTH=2;BYMONTHDAY=29|-|every: 'FREQ=DAILY;BYDAY=TH;BYMONTH=2;BYMONTHDAY=29' never holds, or not again after 2024-02-29T00:00",
                "2026-01-01|2027-01-03|FREQ=YEARLY|-|to: It takes 368 days each time and can begin 1 times a day; possible: at most 366 days, and 1000",
                "2026-01-01T00:00|2026-03-11T00:00|FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14|-|to: It takes 69 days each time and can begin 15 times a day",
                "2026-01-01|2026-01-01|FREQ=DAILY;RSCALE=GREGORIAN|-|every: ",
            })
    void whatIsWrongIsSaidWithWhatIsPossible(String from, String to, String every, String zone, String message) {
        assertThatThrownBy(() -> read(from, to, null, every, zone))
                .isInstanceOfSatisfying(
                        ScheduleException.class,
                        e -> assertThat(e.getMessage()).startsWith(message).isEqualTo(e.part() + ": " + e.mistake()));
    }

    @Test
    void otherContradictionsAreSaidToo() {
        assertThatThrownBy(() -> read("2026-01-01", "2026-01-01", Duration.ofHours(1), null, null))
                .hasMessage("for: Exactly one of 'to' and 'for' says when it ends");
        assertThatThrownBy(() -> read("2026-01-01", "2026-01-01", null, null, null, "mon"))
                .hasMessageStartingWith("days: They go with a time of day only");
        assertThatThrownBy(() -> read("18:00", "19:00", null, null, null, "monday"))
                .hasMessage("days: 'monday' is no day; possible: mon, tue, wed, thu, fri, sat, sun");
        assertThatThrownBy(() -> read("2026-01-01", null, Duration.ZERO, null, null))
                .hasMessage("for: It is 1 second to 3660 days");
        assertThatThrownBy(() -> read("2026-01-01", null, Duration.ofDays(367), "FREQ=YEARLY", null))
                .hasMessageStartingWith("for: It takes 367 days each time");
        assertThatThrownBy(() -> read("2026-01-01", null, Duration.ofDays(1), "X".repeat(1001), null))
                .hasMessage("every: A rule has at most 1000 characters");
        assertThatThrownBy(() -> read("y".repeat(5000), "19:00", null, null, null))
                .hasMessageMatching("from: 'y{493}…");
    }
}
