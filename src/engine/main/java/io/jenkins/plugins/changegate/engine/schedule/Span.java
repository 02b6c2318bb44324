package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.util.Comparator;

/**
 * One stretch of time.
 *
 * @param from when it begins, inclusive
 * @param to when it ends, exclusive; after {@code from}
 * @param title what it is called, for people; may be empty
 */
public record Span(Instant from, Instant to, String title) {

    /** By beginning, then end, then title. */
    static final Comparator<Span> ORDER =
            Comparator.comparing(Span::from).thenComparing(Span::to).thenComparing(Span::title);

    /** The one that ends last is the greatest. */
    static final Comparator<Span> BY_END = Comparator.comparing(Span::to)
            .thenComparing(Comparator.comparing(Span::from).reversed());

    /** @throws IllegalArgumentException if it does not end after it begins */
    public Span {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("A span ends after it begins: " + from + " to " + to);
        }
    }

    /** Whether an instant is in it. */
    public boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    /** Whether any instant from {@code start}, inclusive, to {@code end}, exclusive, is in it. */
    boolean meets(Instant start, Instant end) {
        return from.isBefore(end) && start.isBefore(to);
    }
}
