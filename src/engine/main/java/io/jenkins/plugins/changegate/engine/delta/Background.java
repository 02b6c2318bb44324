package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of a change besides the difference that it makes.
 *
 * @param earlier what happened to its files before; {@code null} if that is not known
 * @param commits its commits one by one, the newest first; empty if there are fewer than two, or if that is not known
 */
public record Background(FileHistory earlier, List<SingleCommit> commits) implements Serializable {

    /** Nothing is known. */
    public static final Background NONE = new Background(null, List.of());

    public Background {
        commits = List.copyOf(commits);
    }
}
