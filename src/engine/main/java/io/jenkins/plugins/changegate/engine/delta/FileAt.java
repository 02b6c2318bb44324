package io.jenkins.plugins.changegate.engine.delta;

import java.util.Objects;

/**
 * A file as it is in a commit.
 *
 * @param commit full object name
 * @param path from the repository's top
 */
public record FileAt(String commit, String path) {
    public FileAt {
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(path, "path");
    }
}
