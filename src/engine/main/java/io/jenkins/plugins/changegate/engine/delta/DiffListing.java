package io.jenkins.plugins.changegate.engine.delta;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of a unified diff: the first are listed, all are counted. Not thread-safe. */
final class DiffListing {

    private final int limit;
    private final List<FileChange> listed = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private FileChange last;
    private long bytes;
    private long files;
    private int renamed;
    private int binary;
    private long added;
    private long deleted;

    /**
     * @param limit how many files are listed
     */
    DiffListing(int limit) {
        this.limit = limit;
    }

    void add(DiffSection section) throws IOException {
        FileChange change = section.change();
        added += section.added();
        deleted += section.deleted();
        if (isSecondHalf(change)) {
            // git writes a file that becomes a link, or the like, as one that goes and one that comes; but it counts
            // lines only if both have some.
            boolean noLines = last.binary() || change.binary();
            added -= noLines ? section.added() : 0;
            deleted -= noLines ? last.deleted() : 0;
            change = new FileChange(
                    change.path(),
                    null,
                    Status.TYPE_CHANGED,
                    noLines ? 0 : change.added(),
                    noLines ? 0 : last.deleted(),
                    noLines,
                    last.submodule() || change.submodule(),
                    true,
                    change.symlink());
            last = null;
        }
        add(change);
    }

    /** Takes a file without lines. */
    void add(FileChange change) throws IOException {
        settle();
        last = change;
    }

    private boolean isSecondHalf(FileChange change) {
        return last != null
                && last.status() == Status.DELETED
                && change.status() == Status.ADDED
                && last.path().equals(change.path());
    }

    private void settle() throws IOException {
        if (last == null) {
            return;
        }
        files++;
        renamed += last.status() == Status.RENAMED ? 1 : 0;
        binary += last.binary() ? 1 : 0;
        if (paths.contains(last.path())) {
            throw new IOException("a file is there twice, as if these were several diffs: " + last.path());
        }
        bytes += last.path().length()
                + (last.oldPath() == null ? 0 : last.oldPath().length());
        if (listed.size() < limit && bytes <= DiffParser.PATHS_LIMIT) {
            listed.add(last);
            paths.add(last.path());
        }
        last = null;
    }

    DiffParser.Files files() throws IOException {
        settle();
        int count = (int) Math.min(files, Integer.MAX_VALUE);
        return new DiffParser.Files(listed, new Totals(count, renamed, binary, added, deleted));
    }
}
