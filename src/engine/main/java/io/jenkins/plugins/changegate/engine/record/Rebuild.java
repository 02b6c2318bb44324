package io.jenkins.plugins.changegate.engine.record;

import java.util.List;

/** What a rebuild of a lost store is made from, and what came of it. */
public final class Rebuild {

    private Rebuild() {}

    /** Where the copies are. */
    @FunctionalInterface
    public interface Copies {

        /**
         * Gives all of them, one after the other, in any order; if it is asked again, all of them again. Whatever is
         * thrown ends the rebuild, and nothing is put back then.
         *
         * @throws StoreException if they cannot be read
         */
        void give(Taker taker) throws StoreException;
    }

    /** Takes what was found. */
    public interface Taker {

        /**
         * Takes a copy.
         *
         * @param where what it is called where it was found, for people
         * @param line what it says, as {@link ChangeCopy} has it
         * @throws StoreException if the store cannot be written
         */
        void copy(String where, String line) throws StoreException;

        /** Takes note of a number that was given to a change, whether there is a copy of it or not. */
        void mentioned(long number);
    }

    /**
     * What came of it.
     *
     * @param rebuilt what the chain has of it
     * @param damaged copies that were not put back, and why, a sentence each; the first ones
     * @param damages how many there are
     * @param missing the numbers that no change has; the first ones
     * @param missed how many there are
     */
    public record Report(
            Rebuilt rebuilt, List<String> damaged, long damages, List<Rebuilt.Range> missing, long missed) {
        public Report {
            damaged = List.copyOf(damaged);
            missing = List.copyOf(missing);
        }
    }

    /** The store has events already, so nothing was put back. */
    public static final class NotEmptyException extends StoreException {
        private static final long serialVersionUID = 1L;

        NotEmptyException(long events) {
            super(
                    "The store of change records has " + events
                            + " events. Only an empty one is rebuilt, so that nothing"
                            + " takes the place of what is on record.",
                    null);
        }
    }
}
