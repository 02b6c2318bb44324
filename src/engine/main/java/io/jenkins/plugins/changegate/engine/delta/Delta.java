package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What a change changes: the difference between the commit that runs in the target now and the one about to.
 *
 * <p>Bounded: at most {@link Limits#files()} files and {@link Limits#commits()} commits are listed, and no more than go
 * into {@link #WIRE_LIMIT}. Whatever is cut off comes with a {@link Gap} in the {@link Reading}, so a cut delta is
 * never taken for a whole one.
 *
 * @param base full object name of the commit that runs there now
 * @param head full object name of the commit about to be deployed
 * @param files the files, in git's order
 * @param totals sums over all files, also those not listed
 * @param commits the commits that are in one of base and head only, newest first
 * @param people everybody who wrote, committed or co-wrote one of the commits, without repetition
 */
public record Delta(
        String base, String head, List<FileChange> files, Totals totals, List<Commit> commits, List<Person> people)
        implements Serializable {

    /**
     * How many bytes a reading, with what else is told of a change, takes at most on its way from an agent, whatever was
     * changed.
     */
    public static final int WIRE_LIMIT = 256 * 1024;

    public Delta {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(totals, "totals");
        files = List.copyOf(files);
        commits = List.copyOf(commits);
        people = List.copyOf(people);
    }

    /** Whether nothing changes at all. */
    public boolean isEmpty() {
        return totals.files() == 0;
    }

    /** On its way from an agent a delta is packed: paths and people repeat themselves. */
    private Object writeReplace() {
        return PackedDelta.of(this);
    }
}
