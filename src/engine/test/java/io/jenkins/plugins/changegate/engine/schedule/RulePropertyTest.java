package io.jenkins.plugins.changegate.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.WeekFields;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random rules around the changes of the clocks of many zones, beside an evaluation that asks of each day whether the
 * rule holds on it, with java.time only.
 */
class RulePropertyTest {

    private static final long SEED = 20_261_218;
    private static final int RULES = 60;
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "Europe/London",
            "Europe/Dublin",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Santiago",
            "America/St_Johns",
            "America/Havana",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Beirut",
            "Asia/Tehran",
            "Asia/Kathmandu",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Australia/Adelaide",
            "Pacific/Auckland",
            "Pacific/Chatham",
            "Pacific/Apia",
            "Antarctica/Troll");

    private final Random random = new Random(SEED);
    private int spans;
    private int shortened;

    /** A rule, as a text and as what it says of one day. */
    private record Rolled(
            String frequency,
            int interval,
            List<Integer> monthDays,
            List<String> days,
            int count,
            Optional<LocalDate> until) {

        String text() {
            String text = "FREQ=" + frequency + ";INTERVAL=" + interval;
            text += monthDays.isEmpty()
                    ? ""
                    : ";BYMONTHDAY="
                            + String.join(
                                    ",", monthDays.stream().map(String::valueOf).toList());
            text += days.isEmpty() ? "" : ";BYDAY=" + String.join(",", days);
            text += count == 0 ? "" : ";COUNT=" + count;
            return text
                    + until.map(day -> ";UNTIL=" + day.toString().replace("-", ""))
                            .orElse("");
        }

        boolean holds(LocalDate day, LocalDate first) {
            long periods =
                    switch (frequency) {
                        case "DAILY" -> ChronoUnit.DAYS.between(first, day);
                        case "WEEKLY" ->
                            ChronoUnit.WEEKS.between(
                                    first.with(WeekFields.ISO.dayOfWeek(), 1), day.with(WeekFields.ISO.dayOfWeek(), 1));
                        default -> ChronoUnit.MONTHS.between(first.withDayOfMonth(1), day.withDayOfMonth(1));
                    };
            if (periods % interval != 0) {
                return false;
            }
            int month = day.lengthOfMonth();
            boolean byDay = days.isEmpty() || days.stream().anyMatch(text -> isDay(text, day));
            boolean byMonthDay = monthDays.isEmpty()
                    || monthDays.stream().anyMatch(n -> day.getDayOfMonth() == (n > 0 ? n : month + 1 + n));
            if (!monthDays.isEmpty() || !days.isEmpty()) {
                return byDay && byMonthDay;
            }
            return switch (frequency) {
                case "DAILY" -> true;
                case "WEEKLY" -> day.getDayOfWeek() == first.getDayOfWeek();
                default -> day.getDayOfMonth() == first.getDayOfMonth();
            };
        }

        private static boolean isDay(String text, LocalDate day) {
            DayOfWeek weekday = day.getDayOfWeek();
            if (!text.endsWith(weekday.name().substring(0, 2))) {
                return false;
            }
            String number = text.substring(0, text.length() - 2);
            if (number.isEmpty()) {
                return true;
            }
            int n = Integer.parseInt(number);
            return n > 0
                    ? (day.getDayOfMonth() - 1) / 7 + 1 == n
                    : (day.lengthOfMonth() - day.getDayOfMonth()) / 7 + 1 == -n;
        }
    }

    private Rolled roll() {
        String frequency = List.of("DAILY", "WEEKLY", "MONTHLY").get(random.nextInt(3));
        List<Integer> monthDays = new ArrayList<>();
        if (!frequency.equals("WEEKLY") && random.nextInt(3) == 0) {
            for (int i = random.nextInt(12); i >= 0; i--) {
                monthDays.add(random.nextBoolean() ? 1 + random.nextInt(31) : -1 - random.nextInt(31));
            }
        }
        TreeSet<String> days = new TreeSet<>();
        if (random.nextInt(2) == 0) {
            boolean numbered = frequency.equals("MONTHLY") && random.nextBoolean();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String name = DayOfWeek.of(1 + random.nextInt(7)).name().substring(0, 2);
                days.add(numbered ? List.of("1", "2", "-1", "-2", "5").get(random.nextInt(5)) + name : name);
            }
        }
        boolean counted = random.nextInt(4) == 0;
        boolean ends = !counted && random.nextInt(3) == 0;
        return new Rolled(
                frequency,
                1 + random.nextInt(4),
                monthDays,
                List.copyOf(days),
                counted ? 1 + random.nextInt(40) : 0,
                ends
                        ? Optional.of(LocalDate.of(2011 + random.nextInt(3), 1 + random.nextInt(12), 20))
                        : Optional.empty());
    }

    /** Returns the spans that meet a time, found day by day. */
    private static List<Span> naive(
            Rolled rule, LocalDateTime first, Duration wall, Duration exact, ZoneId zone, Instant from, Instant to) {
        TreeSet<Span> spans = new TreeSet<>(Span.ORDER);
        LocalDate last = to.atZone(zone).toLocalDate().plusDays(2);
        int count = 0;
        for (LocalDate day = first.toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            if (rule.until.isPresent() && day.isAfter(rule.until.get())) {
                break;
            }
            if (rule.holds(day, first.toLocalDate()) && (rule.count == 0 || count++ < rule.count)) {
                LocalDateTime begin = day.atTime(first.toLocalTime());
                Instant start = ZonedDateTime.of(begin, zone).toInstant();
                Instant end =
                        ZonedDateTime.of(begin.plus(wall), zone).toInstant().plus(exact);
                if (start.isBefore(end) && start.isBefore(to) && end.isAfter(from)) {
                    spans.add(new Span(start, end, ""));
                }
            }
        }
        return List.copyOf(spans);
    }

    @Test
    void spansAreThoseOfEachDayForWhichTheRuleHolds() throws ScheduleException {
        System.out.println("Seed: " + SEED);
        int cases = 0;
        for (String name : ZONES) {
            ZoneId zone = ZoneId.of(name);
            for (Instant change : changes(zone)) {
                for (int i = 0; i < RULES; ) {
                    if (isChecked(zone, change)) {
                        i++;
                        cases++;
                    }
                }
            }
        }
        System.out.println("Cases: " + cases + ", spans: " + spans);
        assertThat(cases).isGreaterThan(2000);
        assertThat(spans).isGreaterThan(20_000);
        assertThat(shortened).as("rules with a span that the clocks shorten").isGreaterThan(50);
    }

    /** Compares one random rule; returns false if it does not hold on any day. */
    private boolean isChecked(ZoneId zone, Instant change) throws ScheduleException {
        Rolled rule = roll();
        LocalDateTime around = LocalDateTime.ofInstant(change, zone.getRules().getOffset(change.minusSeconds(1)));
        LocalDate day = around.toLocalDate().minusDays(random.nextInt(500));
        LocalTime time = around.toLocalTime()
                .plusMinutes(random.nextBoolean() ? random.nextInt(121) - 60 : random.nextInt(1440))
                .truncatedTo(ChronoUnit.MINUTES);
        // The first day is what intervals are counted from.
        LocalDate latest = day.plusDays(200);
        while (!rule.holds(day, day) && day.isBefore(latest)) {
            day = day.plusDays(1);
        }
        LocalDateTime first = day.atTime(time);
        if (!rule.holds(day, day) || rule.until.isPresent() && day.isAfter(rule.until.get())) {
            return false;
        }
        Duration length =
                Duration.ofMinutes(random.nextBoolean() ? 1 + random.nextInt(180) : 60 * random.nextInt(99) + 1);
        boolean wall = random.nextBoolean();
        Duration onWall = wall ? length : Duration.ZERO;
        Duration exact = wall ? Duration.ZERO : length;
        Times times;
        try {
            times = new Times(
                    List.of(),
                    List.of(new Series(
                                    "",
                                    WallTime.of(zone),
                                    first,
                                    new Length(onWall, exact),
                                    Rule.parse("every", rule.text()),
                                    Set.of())
                            .checked("for")));
        } catch (ScheduleException e) {
            // A rule that never holds again: the day-by-day evaluation has to agree.
            Instant begin = ZonedDateTime.of(first, zone).toInstant();
            assertThat(naive(rule, first, onWall, exact, zone, begin, begin.plus(Duration.ofDays(365 * 30))))
                    .as(rule + " " + first + ": " + e.getMessage())
                    .hasSizeLessThan(50);
            assertThat(e).hasMessageContaining("within 1000 periods");
            return false;
        }
        Instant from = change.minus(Duration.ofDays(40));
        Instant to = change.plus(Duration.ofDays(40));
        String what = zone + " " + rule.text() + " from " + first + " for " + length + (wall ? " on the wall" : "");
        List<Span> expected = naive(rule, first, onWall, exact, zone, from, to);
        assertThat(times.between(from, to, 10_000)).as(what).isEqualTo(expected);
        assertThat(times.between(from, to, 3))
                .as(what)
                .isEqualTo(expected.stream().limit(3).toList());
        for (int i = 0; i < 5; i++) {
            Instant at = change.plusSeconds(random.nextInt(7200) - 3600);
            assertThat(times.covering(at))
                    .as(what + " at " + at)
                    .isEqualTo(expected.stream().filter(span -> span.covers(at)).max(Span.BY_END));
            Optional<Span> next =
                    expected.stream().filter(span -> !span.from().isBefore(at)).findFirst();
            if (next.isPresent()) {
                assertThat(times.next(at)).as(what + " at " + at).isEqualTo(next);
            }
        }
        spans += expected.size();
        shortened += wall
                        && expected.stream()
                                .anyMatch(span ->
                                        Duration.between(span.from(), span.to()).compareTo(length) < 0)
                ? 1
                : 0;
        return true;
    }

    /** Returns two changes each way, before and after 2011; for zones that have none any more just two instants. */
    private static List<Instant> changes(ZoneId zone) {
        List<Instant> changes = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules()
                .nextTransition(Year.of(2011).atDay(200).atStartOfDay().toInstant(ZoneOffset.UTC));
        while (next != null && changes.size() < 4 && next.getDateTimeBefore().getYear() < 2016) {
            changes.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes.isEmpty()
                ? List.of(Instant.parse("2011-12-31T18:30:00Z"), Instant.parse("2012-02-29T18:15:00Z"))
                : changes;
    }
}
