package io.jenkins.plugins.changegate.engine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Collects the mistakes of one policy: the first ones by their place, and whether there are more. Not thread-safe.
 */
public final class Mistakes {

    /** So many are said; whoever makes more mends these first. */
    static final int MOST = 100;

    private final String source;
    private final PriorityQueue<Numbered> last = new PriorityQueue<>((a, b) -> b.compareTo(a));
    private int count;

    /**
     * @param source what is read, for people
     */
    public Mistakes(String source) {
        this.source = source;
    }

    /** A mistake, and how many were found before it. */
    private record Numbered(Mistake mistake, int number) implements Comparable<Numbered> {

        @Override
        public int compareTo(Numbered other) {
            int byPlace = mistake.compareTo(other.mistake);
            return byPlace != 0 ? byPlace : Integer.compare(number, other.number);
        }
    }

    /** Adds a mistake, unless just this was said. */
    public void add(Place place, String message) {
        Mistake mistake = new Mistake(place.line(), place.column(), message);
        if (last.stream().anyMatch(known -> known.mistake().equals(mistake))) {
            return;
        }
        last.add(new Numbered(mistake, count++));
        if (last.size() > MOST) {
            last.remove();
        }
    }

    /** Whether there are more than are said. */
    public boolean areEnough() {
        return count > MOST;
    }

    /** Whether nothing that stands at a place or after it would be said any more. */
    public boolean enoughBefore(Place place) {
        return areEnough() && last.element().mistake().compareTo(new Mistake(place.line(), place.column(), "")) < 0;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * @throws PolicyException if there is a mistake
     */
    public void throwIfAny() throws PolicyException {
        if (count > 0) {
            List<Mistake> first = new ArrayList<>(
                    last.stream().sorted().map(Numbered::mistake).toList());
            throw new PolicyException(source, first, count > MOST, null);
        }
    }
}
