package io.jenkins.plugins.changegate.engine.measure;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Divides a period into weeks, which begin on Monday (ISO 8601), or into months if it is long. Not thread-safe. */
final class Stretches {

    /** More weeks than these are hard to look at. */
    private static final Duration WEEKS = Duration.of(27 * 7L, ChronoUnit.DAYS);

    private final List<StretchTally> tallies = new ArrayList<>();
    private int last;

    Stretches(Instant from, Instant to, ZoneId zone) {
        boolean weeks = Duration.between(from, to).compareTo(WEEKS) <= 0;
        UnaryOperator<LocalDate> next = weeks
                ? day -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                : day -> day.with(TemporalAdjusters.firstDayOfNextMonth());
        Instant begin = from;
        while (begin.isBefore(to)) {
            Instant end = next.apply(LocalDate.ofInstant(begin, zone))
                    .atStartOfDay(zone)
                    .toInstant();
            tallies.add(new StretchTally(begin, end.isBefore(to) ? end : to));
            begin = end;
        }
    }

    /** Returns the one that a second of the period is in. */
    StretchTally at(int second) {
        // Changes come nearly in the order of time.
        if (last > 0 && second < tallies.get(last - 1).end()) {
            last = 0;
        }
        while (last < tallies.size() - 1 && second >= tallies.get(last).end()) {
            last++;
        }
        return tallies.get(last);
    }

    List<Stretch> all() {
        return tallies.stream().map(StretchTally::stretch).toList();
    }
}
