package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;

/**
 * A delta on its way between an agent and the controller: within {@link Delta#WIRE_LIMIT}, whatever was changed, and
 * not believed when it comes back to be larger.
 *
 * <p>People go first, because whoever is not listed might approve the own change; then commits, then as many files as
 * there is room for.
 *
 * @param files see {@link DeltaCodec}
 * @param commits see {@link DeltaCodec}
 * @param people see {@link DeltaCodec}
 */
record PackedDelta(String base, String head, Totals totals, byte[] files, byte[] commits, byte[] people)
        implements Serializable {

    /** How many bytes the three lists take together; what is left is for what else is told of the change with them. */
    static final int ROOM = Delta.WIRE_LIMIT - 64 * 1024;

    private static final int PEOPLE_ROOM = 96 * 1024;
    private static final int COMMITS_ROOM = 64 * 1024;

    static PackedDelta of(Delta delta) {
        return new PackedDelta(
                delta.base(),
                delta.head(),
                delta.totals(),
                DeltaCodec.files(delta.files()),
                DeltaCodec.commits(delta.commits()),
                DeltaCodec.people(delta.people()));
    }

    /**
     * A history, and how much of it goes on the wire.
     *
     * @param commits the first ones
     * @param people the first ones
     * @param bytes how many both take there
     */
    record FittedHistory(LogParser.History history, List<Commit> commits, List<Person> people, int bytes) {

        static FittedHistory of(LogParser.History history) {
            Fit<Person> people = Fit.of(history.people(), PEOPLE_ROOM, DeltaCodec::people);
            Fit<Commit> commits = Fit.of(history.commits(), COMMITS_ROOM, DeltaCodec::commits);
            return new FittedHistory(history, commits.beginning, people.beginning, people.bytes + commits.bytes);
        }

        /** Whether nothing was left out. */
        boolean isWhole() {
            return history.whole()
                    && people.size() == history.people().size()
                    && commits.size() == history.commits().size();
        }
    }

    /** Returns as many files, from their beginning, as go on the wire beside a history. */
    static List<FileChange> fitted(List<FileChange> files, FittedHistory history) {
        return Fit.of(files, ROOM - history.bytes, DeltaCodec::files).beginning;
    }

    private Object readResolve() throws InvalidObjectException {
        if ((long) files.length + commits.length + people.length > ROOM) {
            throw new InvalidObjectException("A delta larger than " + Delta.WIRE_LIMIT + " bytes");
        }
        try {
            return new Delta(
                    base,
                    head,
                    DeltaCodec.filesOf(files),
                    totals,
                    DeltaCodec.commitsOf(commits),
                    DeltaCodec.peopleOf(people));
        } catch (IOException | RuntimeException e) {
            InvalidObjectException broken = new InvalidObjectException("Not a delta: " + e.getMessage());
            broken.initCause(e);
            throw broken;
        }
    }

    private record Fit<T>(List<T> beginning, int bytes) {

        static <T> Fit<T> of(List<T> list, int room, Function<List<T>, byte[]> packed) {
            List<T> beginning = list;
            int bytes = packed.apply(beginning).length;
            while (bytes > room) {
                // What is left out is mostly as large as what stays, so this is nearly always done at once.
                long guess = (long) beginning.size() * room / bytes * 31 / 32;
                beginning = beginning.subList(0, (int) Math.min(guess, beginning.size() - 1L));
                bytes = packed.apply(beginning).length;
            }
            return new Fit<>(beginning, bytes);
        }
    }
}
