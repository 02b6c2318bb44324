package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Freezes and windows of all layers. */
class PolicyScheduleTest {

    private static final String FREEZE = "environments: {production: {freezes: [{name: year-end, from: 2026-12-18,"
            + " to: 2027-01-04, timezone: Europe/Berlin, %sbecause: Staff is on leave.}]}}";
    private static final String NIGHT =
            "environments: {production: {windows: [{name: night, from: '22:00', to: '04:00',"
                    + " %sbecause: Customers sleep.}]}}";

    private static Optional<Hold> hold(Judging change) {
        return change.judgement().hold();
    }

    @Test
    void aFreezeHoldsBackUntilItsEnd() {
        Hold hold = hold(Judging.by(FREEZE.formatted("")).at("2026-12-24T12:00:00Z"))
                .orElseThrow();
        assertThat(hold.until()).contains(Instant.parse("2027-01-04T23:00:00Z"));
        assertThat(hold.because()).isEqualTo("The freeze year-end holds it back: Staff is on leave.");
        assertThat(hold(Judging.by(FREEZE.formatted("")).at("2026-12-17T22:59:59Z")))
                .isEmpty();
        assertThat(hold(Judging.by(FREEZE.formatted("")).at("2027-01-04T23:00:00Z")))
                .isEmpty();
    }

    @Test
    void aFreezeLetsThroughUpToItsLevel() {
        String low = FREEZE.formatted("pass-up-to: low, ");
        assertThat(hold(Judging.by(low).at("2026-12-24T12:00:00Z"))).isEmpty();
        assertThat(hold(Judging.by(low).lines(500).at("2026-12-24T12:00:00Z"))).isPresent();
    }

    @Test
    void anEmergencyDoesNotWait() {
        assertThat(hold(Judging.by(FREEZE.formatted(""))
                        .at("2026-12-24T12:00:00Z")
                        .emergency()))
                .isEmpty();
    }

    @Test
    void outsideOfItsWindowAChangeWaitsForTheNextOne() {
        Hold hold =
                hold(Judging.by(NIGHT.formatted("")).at("2026-11-23T12:00:00Z")).orElseThrow();
        assertThat(hold.window()).isTrue();
        assertThat(hold.until()).contains(Instant.parse("2026-11-23T22:00:00Z"));
        assertThat(hold(Judging.by(NIGHT.formatted("")).at("2026-11-23T23:00:00Z")))
                .isEmpty();
        assertThat(hold(Judging.by(NIGHT.formatted("pass-up-to: low, ")).at("2026-11-23T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void allLayersHaveToLetIt() {
        Hold hold = hold(Judging.by(FREEZE.formatted(""))
                        .repository(NIGHT.formatted(""))
                        .at("2027-01-04T12:00:00Z"))
                .orElseThrow();
        // The freeze ends at 23:00 UTC, when the window is open.
        assertThat(hold.until()).contains(Instant.parse("2027-01-04T23:00:00Z"));
        hold = hold(Judging.by(FREEZE.formatted("").replace("2027-01-04", "2027-01-05T12:00"))
                        .repository(NIGHT.formatted(""))
                        .at("2027-01-04T12:00:00Z"))
                .orElseThrow();
        assertThat(hold.until()).contains(Instant.parse("2027-01-05T22:00:00Z"));
    }

    @Test
    void itIsForTheServicesItNames() {
        assertThat(hold(Judging.by(FREEZE.formatted("services: ['payments-*', 'sh*'], "))
                        .at("2026-12-24T12:00:00Z")))
                .isPresent();
        assertThat(hold(Judging.by(FREEZE.formatted("services: 'payments-*', ")).at("2026-12-24T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void whatIsOnlyObservedIsSaid() {
        Judgement judgement = Judging.by(FREEZE.formatted("mode: observe, "))
                .at("2026-12-24T12:00:00Z")
                .judgement();
        assertThat(judgement.hold()).isEmpty();
        assertThat(judgement.withheld())
                .contains("Only observed: enforced, it would have had to wait: The freeze year-end holds it back: Staff"
                        + " is on leave.");
    }

    @Test
    void aWindowThatNeverOpensIsNotKnown() {
        String past = NIGHT.formatted("").replace("'22:00'", "2020-01-01T00:00").replace("'04:00'", "2020-01-02T00:00");
        assertThat(hold(Judging.by(past).at("2026-11-23T12:00:00Z"))
                        .orElseThrow()
                        .until())
                .isEmpty();
    }
}
