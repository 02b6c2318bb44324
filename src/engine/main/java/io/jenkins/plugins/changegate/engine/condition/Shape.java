package io.jenkins.plugins.changegate.engine.condition;

import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What form a change has as a whole, as far as its files and commits tell. Nothing is true of a change without files,
 * and nothing that is said of every file is true if not all are listed.
 */
enum Shape {
    /** Lines are deleted and none added, and no file is binary. */
    DELETIONS_ONLY,
    /** Every file is renamed, and none changes in anything else. */
    RENAMES_ONLY,
    /** Every file changes in its mode, and in nothing else. */
    MODES_ONLY,
    /** A file's mode changes, perhaps among others. */
    MODE_CHANGE,
    /** Commits are taken back and none is brought: head is what ran before, as far as the history is known. */
    ROLLBACK,
    /** One of the last commits before it is undone exactly, proven by the files' contents. Not so if that is not known. */
    REVERT;

    /** Returns its name as it is written in a condition. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns all names. */
    static List<String> keys() {
        return Arrays.stream(values()).map(Shape::key).toList();
    }

    /**
     * Returns the shapes of a change.
     *
     * @param reverts whether it is proven to undo a commit exactly
     */
    static List<Shape> of(Delta delta, boolean reverts) {
        List<Shape> shapes = new ArrayList<>();
        if (delta.isEmpty()) {
            return shapes;
        }
        boolean listed = delta.files().size() == delta.totals().files();
        if (delta.totals().added() == 0
                && delta.totals().deleted() > 0
                && delta.totals().binary() == 0) {
            shapes.add(DELETIONS_ONLY);
        }
        if (listed
                && delta.files().stream()
                        .allMatch(file -> file.status() == Status.RENAMED && !file.modeChanged() && isQuiet(file))) {
            shapes.add(RENAMES_ONLY);
        }
        if (listed
                && delta.files().stream()
                        .allMatch(file -> file.status() == Status.MODIFIED && file.modeChanged() && isQuiet(file))) {
            shapes.add(MODES_ONLY);
        }
        if (delta.files().stream().anyMatch(FileChange::modeChanged)) {
            shapes.add(MODE_CHANGE);
        }
        if (!delta.commits().isEmpty() && delta.commits().stream().allMatch(Commit::undone)) {
            shapes.add(ROLLBACK);
        }
        if (reverts) {
            shapes.add(REVERT);
        }
        return shapes;
    }

    private static boolean isQuiet(FileChange file) {
        return file.added() == 0 && file.deleted() == 0 && !file.binary() && !file.submodule() && !file.symlink();
    }
}
