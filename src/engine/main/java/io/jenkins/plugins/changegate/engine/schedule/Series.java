package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that repeats. Immutable.
 *
 * <p>Each beginning is a local time that becomes an instant on the clocks of its zone. What ends no later than it
 * begins, because the clocks skip all of it, is left out.
 *
 * @param title what it is called
 * @param clocks of which zone
 * @param first the first beginning
 * @param length how long it takes each time
 * @param rule when it repeats
 * @param except beginnings that are left out
 */
record Series(String title, WallTime clocks, LocalDateTime first, Length length, Rule rule, Set<Instant> except) {

    /** How many spans of one series may be open at the same time: every question looks at them. */
    private static final int OPEN = 1000;

    Series {
        except = Set.copyOf(except);
    }

    /**
     * Checks the rule and the length.
     *
     * @param part how the length is called in errors
     * @throws ScheduleException if the rule does not suit the first beginning, or too many are open at a time
     */
    Series checked(String part) throws ScheduleException {
        if (length.days() > 366 || open() > OPEN) {
            throw new ScheduleException(
                    part,
                    "It takes " + length.days() + " days each time and can begin " + rule.perDay()
                            + " times a day; possible: at most 366 days, and " + OPEN + " at the same time");
        }
        rule.check(first);
        if (!rule.allows(first, clocks.instant(first))) {
            throw new ScheduleException(part, "The rule ends, by UNTIL, before it first begins, " + first);
        }
        return this;
    }

    /** At most how many of its spans are open at the same time, or begin on one day. */
    long open() {
        return length.days() * rule.perDay();
    }

    /** Returns those that cover an instant. */
    List<Span> covering(Instant instant) {
        return collect(instant.minus(length.longest()), instant, span -> span.covers(instant), Integer.MAX_VALUE);
    }

    /** Returns the first that begins at an instant or later. */
    Optional<Span> next(Instant instant) {
        return collect(instant, Instant.MAX, span -> !span.from().isBefore(instant), 1).stream()
                .findFirst();
    }

    /** Returns the first of those that meet a time. */
    List<Span> between(Instant from, Instant to, int atMost) {
        return collect(from.minus(length.longest()), to, span -> span.meets(from, to), atMost);
    }

    /**
     * Returns the first spans that are wanted, in order.
     *
     * @param earliest what begins before is not wanted
     * @param latest what begins after is not wanted
     */
    private List<Span> collect(Instant earliest, Instant latest, Predicate<Span> wanted, int atMost) {
        List<Span> found = new ArrayList<>();
        if (atMost < 1) {
            return found;
        }
        // Around a gap the order of local times is not that of instants.
        LocalDateTime end =
                Times.isFar(latest) ? LocalDateTime.MAX : clocks.local(latest).plusHours(WallTime.SLACK_HOURS);
        Iterator<LocalDateTime> beginnings =
                rule.beginnings(first, clocks.local(earliest).minusHours(WallTime.SLACK_HOURS));
        while (beginnings.hasNext()) {
            LocalDateTime begin = beginnings.next();
            Instant from = clocks.instant(begin);
            if (begin.isAfter(end) || !rule.allows(begin, from)) {
                break;
            }
            Instant to = length.end(begin, clocks);
            if (from.isBefore(to) && !except.contains(from)) {
                Span span = new Span(from, to, title);
                if (wanted.test(span)) {
                    found.add(span);
                }
            }
            if (found.size() == atMost && begin.plusHours(WallTime.SLACK_HOURS).isBefore(end)) {
                end = begin.plusHours(WallTime.SLACK_HOURS);
            }
        }
        return found.stream().sorted(Span.ORDER).distinct().limit(atMost).toList();
    }
}
