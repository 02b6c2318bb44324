package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.Objects;

/**
 * One file of a delta, as {@code git diff --raw --numstat -M} tells it.
 *
 * @param path the path at head, or at base for a deleted file; {@code /}-separated, relative to the repository's top
 * @param oldPath the path at base of a renamed or copied file, else {@code null}
 * @param status what happened to the file
 * @param added lines added; 0 for a binary file
 * @param deleted lines deleted; 0 for a binary file
 * @param binary whether git shows no lines for it, by its content or by an attribute
 * @param submodule whether it is a submodule (a "gitlink") on either side
 * @param modeChanged whether its mode differs between base and head (executable bit, symbolic link, kind of entry);
 *     false for added and deleted files
 * @param symlink whether it is a symbolic link at head
 */
public record FileChange(
        String path,
        String oldPath,
        Status status,
        int added,
        int deleted,
        boolean binary,
        boolean submodule,
        boolean modeChanged,
        boolean symlink)
        implements Serializable {

    /** What happened to a file; the words are git's. */
    public enum Status {
        ADDED,
        COPIED,
        DELETED,
        MODIFIED,
        RENAMED,
        TYPE_CHANGED,
        UNMERGED
    }

    public FileChange {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(status, "status");
        if (added < 0 || deleted < 0) {
            throw new IllegalArgumentException("Negative line count for " + path);
        }
    }
}
