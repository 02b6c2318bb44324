package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When something holds: spans of time, some of which repeat. They may overlap. Immutable.
 *
 * <p>Every question is bounded: a repeating span has at most 24 beginnings a day, at most 1000 are open at the same
 * time, and none begins after the year 2200. Instants before the year 1900 or after 2300 are in none.
 */
public final class Times {

    /** Nothing ever holds. */
    public static final Times NEVER = new Times(List.of(), List.of());

    /** How far ahead {@link #untilFree} looks. */
    public static final Duration AHEAD = Duration.ofDays(731);

    /** How much of that it looks at in one step, so that it keeps little in memory. */
    private static final Duration AT_ONCE = Duration.ofDays(31);

    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2300-01-01T00:00:00Z");

    private final List<Span> once;
    private final List<Series> repeating;

    Times(Collection<Span> once, Collection<Series> repeating) {
        this.once = once.stream().sorted(Span.ORDER).distinct().toList();
        this.repeating = List.copyOf(repeating);
    }

    static boolean isFar(Instant instant) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST);
    }

    /** Returns the span that an instant is in; of several the one that ends last, and of these the longest. */
    public Optional<Span> covering(Instant instant) {
        if (isFar(instant)) {
            return Optional.empty();
        }
        return Stream.concat(
                        once.stream().filter(span -> span.covers(instant)),
                        repeating.stream().flatMap(series -> series.covering(instant).stream()))
                .max(Span.BY_END.thenComparing(Comparator.comparing(Span::title).reversed()));
    }

    /** Returns the first span that begins at an instant or later. */
    public Optional<Span> next(Instant instant) {
        if (instant.isAfter(LAST)) {
            return Optional.empty();
        }
        Instant at = instant.isBefore(FIRST) ? FIRST : instant;
        return Stream.concat(
                        once.stream().filter(span -> !span.from().isBefore(at)),
                        repeating.stream().flatMap(series -> series.next(at).stream()))
                .min(Span.ORDER);
    }

    /**
     * Returns the spans that have at least one instant in a time, by their beginning; they are not cut to it.
     *
     * @param from inclusive
     * @param to exclusive
     * @param atMost how many; those that begin first
     */
    public List<Span> between(Instant from, Instant to, int atMost) {
        Instant start = from.isBefore(FIRST) ? FIRST : from;
        Instant end = to.isAfter(LAST) ? LAST : to;
        if (!start.isBefore(end) || atMost < 1) {
            return List.of();
        }
        return Stream.concat(
                        once.stream().filter(span -> span.meets(start, end)),
                        repeating.stream().flatMap(series -> series.between(start, end, atMost).stream()))
                .sorted(Span.ORDER)
                .distinct()
                .limit(atMost)
                .toList();
    }

    /**
     * Returns the first instant, from one on, that none of several covers. Spans that overlap or follow without a
     * pause are one.
     *
     * @return {@code instant} itself if none covers it; empty if there is none within {@link #AHEAD}
     */
    public static Optional<Instant> untilFree(Instant instant, Collection<Times> all) {
        if (isFar(instant)) {
            return Optional.of(instant);
        }
        Instant end = instant.plus(AHEAD);
        Instant free = instant;
        while (!free.isAfter(end)) {
            Instant start = free;
            Instant known = start.plus(AT_ONCE);
            List<Span> spans = all.stream()
                    .flatMap(times -> times.between(start, known, Integer.MAX_VALUE).stream())
                    .sorted(Span.ORDER)
                    .toList();
            for (Span span : spans) {
                if (span.from().isAfter(free)) {
                    return Optional.of(free);
                }
                free = span.to().isAfter(free) ? span.to() : free;
            }
            if (free.isBefore(known)) {
                return Optional.of(free);
            }
        }
        return Optional.empty();
    }
}
