package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of a change besides the difference that it makes.
 *
 * @param earlier what happened to its files before; {@code null} if that is not known
 * @param commits its commits one by one, the newest first; empty if there are fewer than two, or if that is not known
 * @param sizeBefore how large its files were before, all together, in bytes; {@code null} if that is not known
 * @param revert the commit before it that it undoes exactly; {@code null} if there is none, or if that is not known
 */
public record Background(FileHistory earlier, List<SingleCommit> commits, Long sizeBefore, Revert revert)
        implements Serializable {

    /** How much of it is asked for. */
    public enum Asked {
        /** Nothing. */
        NOTHING,
        /** What happened to the files before, how large they were, and whether that is undone. */
        EARLIER,
        /** That, and the commits one by one, which git counts the lines of. */
        COMMITS
    }

    /** Nothing is known. */
    public static final Background NONE = new Background(null, List.of(), null, null);

    public Background {
        commits = List.copyOf(commits);
    }
}
