package io.jenkins.plugins.changegate.engine.delta;

import java.io.Serializable;

/**
 * Sums over all files of a delta, listed or not.
 *
 * @param files number of files
 * @param renamed how many of them are renames
 * @param binary how many of them git shows no lines for
 * @param added lines added
 * @param deleted lines deleted
 */
public record Totals(int files, int renamed, int binary, long added, long deleted) implements Serializable {

    /** Nothing changed. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);
}
