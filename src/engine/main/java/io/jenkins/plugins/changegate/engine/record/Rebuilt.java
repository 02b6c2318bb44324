package io.jenkins.plugins.changegate.engine.record;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * That a store was filled again from copies, after it was lost. It is an event of the chain itself, the only one that is
 * of no change, behind all events that were put back: so what is missing before it is told from what somebody removes
 * later.
 *
 * @param at when
 * @param by the id of the user who had it done
 * @param number the number that changes go on after: the greatest that is known to have been given
 * @param changes how many changes were put back
 * @param events how many events were put back
 * @param lost the places of the events of which there was no copy, in their order. What may have been behind the last
 *     copy is not known
 */
public record Rebuilt(Instant at, String by, long number, long changes, long events, List<Range> lost) {

    /** The number of the change that this event is said to be of: none has it. */
    static final long CHANGE = 0;

    /** So many places are named in words. */
    private static final int NAMED = 20;

    public Rebuilt {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
        lost = List.copyOf(lost);
    }

    /**
     * Numbers in a row.
     *
     * @param first the lowest
     * @param last the highest, from {@code first}
     */
    public record Range(long first, long last) {

        /** Returns how many there are. */
        public long size() {
            return last - first + 1;
        }

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + " to " + last;
        }
    }

    /** Returns how many events were lost, as far as known. */
    public long lostEvents() {
        return lost.stream().mapToLong(Range::size).sum();
    }

    /** Returns what was lost, one sentence for people. */
    public String words() {
        if (lost.isEmpty()) {
            return "The store was rebuilt from copies; none of its events is missing before the last one of which there was"
                    + " a copy.";
        }
        return lostEvents() + " of " + (events + lostEvents()) + " events were lost before the rebuild of " + at
                + " by " + by + ": event" + (lostEvents() == 1 ? " " : "s ") + words(lost) + ".";
    }

    private static String words(List<Range> ranges) {
        return ranges.stream().limit(NAMED).map(Range::toString).collect(Collectors.joining(", "))
                + (ranges.size() > NAMED ? " and more" : "");
    }
}
