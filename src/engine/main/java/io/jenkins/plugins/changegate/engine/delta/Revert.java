package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;
import java.util.Objects;

/**
 * A commit that a change undoes exactly: the change touches the files that the commit touched and no others, and each
 * one goes from what the commit made of it back to what it was before, in content, mode and name. git's object names
 * prove that; what a message says proves nothing.
 *
 * @param commit the full object name
 * @param committed when it was committed, in seconds since 1970 UTC
 * @param files how many files it touched, a renamed one under both names
 */
public record Revert(String commit, long committed, int files) implements Serializable {

    public Revert {
        Objects.requireNonNull(commit, "commit");
    }
}
