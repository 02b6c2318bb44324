package io.jenkins.plugins.changegate.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimesTest {

    private static Times written(String from, String to, String every) throws ScheduleException {
        return new WrittenTimes(
                        Optional.of(from),
                        Optional.of(to),
                        Optional.empty(),
                        Optional.ofNullable(every),
                        Optional.empty(),
                        List.of())
                .read(from);
    }

    private static Instant at(String text) {
        return Instant.parse(text + ":00Z");
    }

    @Test
    void beginningIsInASpanAndItsEndIsNot() throws ScheduleException {
        Times times = written("2026-01-01T10:00", "2026-01-01T11:00", "FREQ=DAILY");
        assertThat(times.covering(at("2026-01-05T10:00"))).isPresent();
        assertThat(times.covering(at("2026-01-05T11:00").minusNanos(1))).isPresent();
        assertThat(times.covering(at("2026-01-05T11:00"))).isEmpty();
        assertThat(times.covering(at("2026-01-05T10:00").minusNanos(1))).isEmpty();
        assertThat(times.next(at("2026-01-05T10:00")).orElseThrow().from()).isEqualTo(at("2026-01-05T10:00"));
        assertThat(times.next(at("2026-01-05T10:00").plusNanos(1)).orElseThrow().from())
                .isEqualTo(at("2026-01-06T10:00"));
        assertThat(times.between(at("2026-01-05T11:00"), at("2026-01-06T10:00"), 9))
                .isEmpty();
        assertThat(times.between(at("2026-01-05T10:59"), at("2026-01-06T10:01"), 9))
                .hasSize(2);
        assertThat(times.between(at("2026-01-05T10:59"), at("2026-01-06T10:01"), 0))
                .isEmpty();
        assertThat(times.between(at("2026-01-06T10:00"), at("2026-01-05T10:00"), 9))
                .isEmpty();
    }

    @Test
    void ofSeveralThatCoverTheOneThatEndsLastIsNamed() throws ScheduleException {
        Times times = written("2026-01-01T00:00", "2026-01-03T12:00", "FREQ=DAILY");
        Span span = times.covering(at("2026-01-09T06:00")).orElseThrow();
        assertThat(span.from()).isEqualTo(at("2026-01-09T00:00"));
        assertThat(span.to()).isEqualTo(at("2026-01-11T12:00"));
    }

    @Test
    void whatOverlapsOrFollowsWithoutPauseIsOneUntilFree() throws ScheduleException {
        Times nights = written("22:00", "04:00", null);
        Times mornings = written("04:00", "08:00", null);
        Times once = written("2026-01-02T07:00", "2026-01-02T09:00", null);
        List<Times> all = List.of(nights, mornings, once);
        assertThat(Times.untilFree(at("2026-01-01T23:00"), all)).contains(at("2026-01-02T09:00"));
        assertThat(Times.untilFree(at("2026-01-02T23:00"), all)).contains(at("2026-01-03T08:00"));
        assertThat(Times.untilFree(at("2026-01-02T09:00"), all)).contains(at("2026-01-02T09:00"));
        assertThat(Times.untilFree(at("2026-01-02T09:00"), List.of())).contains(at("2026-01-02T09:00"));
    }

    @Test
    void whatNeverEndsIsNeverFree() throws ScheduleException {
        Times days = written("08:00", "20:00", null);
        Times nights = written("20:00", "08:00", null);
        assertThat(Times.untilFree(at("2026-01-01T23:00"), List.of(days, nights)))
                .isEmpty();
        assertThat(Times.untilFree(at("2026-01-01T23:00"), List.of(written("2026-01-01", "2027-12-31", null))))
                .contains(at("2028-01-01T00:00"));
        assertThat(Times.untilFree(at("2026-01-01T23:00"), List.of(written("2026-01-01", "2028-12-31", null))))
                .isEmpty();
    }

    @Test
    void farAwayNothingHolds() throws ScheduleException {
        Times times = written("10:00", "11:00", null);
        for (Instant far : List.of(Instant.MIN, Instant.MAX, Instant.parse("-5000-01-01T00:00:00Z"))) {
            assertThat(times.covering(far)).isEmpty();
            assertThat(Times.untilFree(far, List.of(times))).contains(far);
        }
        assertThat(times.next(Instant.MIN).orElseThrow().from()).isEqualTo(at("2000-01-01T10:00"));
        assertThat(times.next(Instant.MAX)).isEmpty();
        assertThat(times.next(at("2200-12-31T10:00"))).isPresent();
        assertThat(times.next(at("2200-12-31T10:01"))).isEmpty();
        assertThat(times.between(Instant.MIN, Instant.MAX, 2)).hasSize(2);
        assertThat(times.between(Instant.MIN, Instant.MAX, 1_000_000)).hasSize(73_414);
    }

    @Test
    void leapDaysAndYearEndsAreFound() throws ScheduleException {
        Times leap = written("2024-02-29", "2024-02-29", "FREQ=YEARLY");
        assertThat(leap.next(at("2096-03-01T00:00")).orElseThrow().from()).isEqualTo(at("2104-02-29T00:00"));
        Times newYear = written("2024-12-31T23:00", "2025-01-01T01:00", "FREQ=YEARLY");
        assertThat(newYear.covering(at("2027-01-01T00:30")).orElseThrow().from())
                .isEqualTo(at("2026-12-31T23:00"));
        Times last = written("2026-01-31", "2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1");
        assertThat(last.covering(at("2028-02-29T12:00"))).isPresent();
        assertThat(last.covering(at("2028-02-28T12:00"))).isEmpty();
    }

    @Test
    void denseAndLongRulesAreAnsweredInBounds() throws ScheduleException {
        String hours = "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23";
        Times hourly = written("2026-01-01T00:00", "2026-02-10T00:00", hours);
        assertThat(hourly.between(at("2190-01-01T00:00"), at("2190-01-01T00:01"), 5000))
                .hasSize(40 * 24);
        Times adjacent = written("2026-01-01T00:00", "2026-01-01T01:00", hours);
        assertThat(Times.untilFree(at("2026-01-02T00:00"), List.of(adjacent))).isEmpty();
    }

    @Test
    void spanEndsAfterItBegins() {
        Instant now = Instant.EPOCH;
        assertThatThrownBy(() -> new Span(now, now, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Span(now, now.plus(Duration.ofNanos(1)), "").covers(now)).isTrue();
    }
}
