package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.schedule.CalendarReader;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Freezes and windows that take their times from a calendar. */
class PolicyCalendarTest {

    private static final PolicyReader READER = new PolicyReader();

    private static final String FREEZE =
            "environments: {production: {freezes: [{name: shop, calendar: a.ics, %sbecause: Shops are full.}]}}";
    private static final String WINDOW =
            "environments: {production: {windows: [{name: night, calendar: a.ics, %sbecause: Customers sleep.}]}}";

    private static CalendarSource calendar(String... events) {
        StringBuilder text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
        for (int i = 0; i < events.length; i++) {
            text.append("BEGIN:VEVENT\r\nUID:")
                    .append(i)
                    .append("\r\n")
                    .append(events[i].replace(" ", "\r\n"))
                    .append("\r\nEND:VEVENT\r\n");
        }
        CalendarText read = new CalendarText(text.append("END:VCALENDAR\r\n").toString());
        return place -> read;
    }

    private static Policy policy(String yaml, CalendarSource source) throws Exception {
        return READER.read(Layer.ORGANISATION, "organisation policy", yaml).withCalendars(source);
    }

    private static Optional<Hold> hold(Policy policy, String at) {
        return Schedule.enforced(List.of(policy), new Target("shop", "production", Tier.PRODUCTION))
                .hold(RiskLevel.LOW, Instant.parse(at));
    }

    @Test
    void anEventThatRepeatsKeepsItsClockTimeWhenTheClocksChange() throws Exception {
        Policy policy = policy(
                FREEZE.formatted(""),
                calendar("DTSTART;TZID=Europe/Berlin:20260323T080000 DURATION:PT1H RRULE:FREQ=WEEKLY"));
        assertThat(hold(policy, "2026-03-23T07:30:00Z")).isPresent();
        assertThat(hold(policy, "2026-03-23T06:30:00Z")).isEmpty();
        assertThat(hold(policy, "2026-03-30T06:30:00Z").orElseThrow().until())
                .contains(Instant.parse("2026-03-30T07:00:00Z"));
        assertThat(hold(policy, "2026-03-30T07:30:00Z")).isEmpty();
    }

    @Test
    void anExceptedDateIsFree() throws Exception {
        Policy policy = policy(
                FREEZE.formatted(""),
                calendar("DTSTART:20261106T120000Z DURATION:PT2H RRULE:FREQ=WEEKLY EXDATE:20261113T120000Z"));
        assertThat(hold(policy, "2026-11-06T13:00:00Z")).isPresent();
        assertThat(hold(policy, "2026-11-13T13:00:00Z")).isEmpty();
        assertThat(hold(policy, "2026-11-20T13:00:00Z")).isPresent();
    }

    @Test
    void aDayIsThatOfTheTimeZoneThatThePolicyNames() throws Exception {
        CalendarSource day = calendar("DTSTART;VALUE=DATE:20261224");
        Policy utc = policy(FREEZE.formatted(""), day);
        Policy berlin = policy(FREEZE.formatted("timezone: Europe/Berlin, "), day);
        assertThat(hold(utc, "2026-12-23T23:30:00Z")).isEmpty();
        assertThat(hold(berlin, "2026-12-23T23:30:00Z")).isPresent();
        assertThat(hold(utc, "2026-12-24T23:30:00Z")).isPresent();
        assertThat(hold(berlin, "2026-12-24T23:30:00Z")).isEmpty();
    }

    @Test
    void aWindowIsOpenWithinItsEvents() throws Exception {
        Policy policy = policy(WINDOW.formatted(""), calendar("DTSTART:20261124T220000Z DURATION:PT6H"));
        assertThat(hold(policy, "2026-11-24T23:00:00Z")).isEmpty();
        Hold hold = hold(policy, "2026-11-24T12:00:00Z").orElseThrow();
        assertThat(hold.window()).isTrue();
        assertThat(hold.until()).contains(Instant.parse("2026-11-24T22:00:00Z"));
        assertThat(hold.because()).isEqualTo("It waits for the window night: Customers sleep.");
    }

    @Test
    void asManyEventsAsAreReadHoldAndOneMoreIsUnread() throws Exception {
        String[] events = new String[CalendarReader.EVENTS];
        Arrays.fill(events, "DTSTART:20251124T220000Z DURATION:PT6H");
        events[events.length - 1] = "DTSTART:20261124T220000Z DURATION:PT6H";
        assertThat(hold(policy(FREEZE.formatted(""), calendar(events)), "2026-11-24T23:00:00Z"))
                .isPresent();
        String[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = events[0];
        assertThat(policy(FREEZE.formatted(""), calendar(more))
                        .environment("production")
                        .schedule()
                        .get(0)
                        .calendar()
                        .orElseThrow()
                        .problem())
                .contains("There are too many events and dates; possible: 10000");
    }

    private static Judgement judged(Judging change, CalendarSource source) {
        return change.calendars(source).at("2026-11-24T12:00:00Z").judgement();
    }

    @Test
    void aCalendarThatCannotBeReadAsksForFreezesAndWindowsAlike() {
        CalendarSource broken = place -> new CalendarText("BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n");
        for (String yaml : List.of(FREEZE, WINDOW)) {
            for (CalendarSource source : List.of(broken, CalendarSource.none("Mend the path."))) {
                Judgement judgement = judged(Judging.by(yaml.formatted("")), source);
                assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
                assertThat(judgement.verdict().reasons().get(0))
                        .matches("It is not known when the (freeze shop|window night) is: the calendar a.ics of .*"
                                + " cannot be read. (Mend the path.|It is broken: line 2, VERSION: '1.0' is not possible;"
                                + " possible: 2.0.)");
                assertThat(judgement.hold()).isEmpty();
            }
        }
    }

    @Test
    void aCalendarThatNobodyHasReadAsks() {
        assertThat(Judging.by(FREEZE.formatted(""))
                        .at("2026-11-24T12:00:00Z")
                        .judgement()
                        .verdict()
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void aCalendarThatCannotBeReadAsksOnlyWhereItsEntryHasEffect() {
        CalendarSource none = CalendarSource.none("Gone.");
        assertThat(judged(Judging.by(FREEZE.formatted("services: other, ")), none)
                        .verdict()
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
        assertThat(judged(Judging.by(FREEZE.replace("production", "staging").formatted("")), none)
                        .verdict()
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
        Judgement observed = judged(Judging.by(FREEZE.formatted("mode: observe, ")), none);
        assertThat(observed.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(observed.withheld().orElseThrow()).contains("asked for: It is not known when the freeze shop is");
        assertThat(judged(
                                Judging.by("environments: {production: {mode: observe}}")
                                        .repository(FREEZE.formatted("")),
                                none)
                        .verdict()
                        .kind())
                .as("a lower layer that enforces its own freeze")
                .isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void whatACalendarSaysIsPartOfWhatADecisionBindsTo() {
        CalendarSource first = calendar("DTSTART:20261124T220000Z DURATION:PT6H");
        CalendarSource second = calendar("DTSTART:20261124T230000Z DURATION:PT6H");
        Judgement one = judged(Judging.by(FREEZE.formatted("")), first);
        assertThat(one.policyVersion())
                .isEqualTo(judged(Judging.by(FREEZE.formatted("")), first).policyVersion())
                .isNotEqualTo(judged(Judging.by(FREEZE.formatted("")), second).policyVersion());
        assertThat(one.policies().stream().flatMap(applied -> applied.calendars().stream()))
                .singleElement()
                .satisfies(calendar -> assertThat(calendar.place()).isEqualTo("a.ics"));
    }
}
