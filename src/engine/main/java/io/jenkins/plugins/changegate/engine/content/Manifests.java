package io.jenkins.plugins.changegate.engine.content;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileAt;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The manifests of a change that are compared as a whole, before and after it. */
final class Manifests {

    /** So many are read for one change, each twice. Of the others, the changed lines are compared. */
    static final int MOST = 20;

    /** Longest name that git is asked for. */
    private static final int LONGEST_NAME = 1_000;

    private Manifests() {}

    /** The texts of files as they are in commits. */
    @FunctionalInterface
    interface Texts {
        /**
         * @return {@code null} if it is not there, or is not read
         * @throws IOException if it cannot be found out
         */
        String text(FileAt file) throws IOException;
    }

    /** Returns the files that {@link #compare} asks for, in the order in which it does. */
    static List<FileAt> places(Delta delta, BumpScan bumps) {
        List<FileAt> places = new ArrayList<>();
        for (FileChange file : files(delta, bumps.touched())) {
            if (hasBefore(file)) {
                places.add(before(delta, file));
            }
            if (hasAfter(file)) {
                places.add(after(delta, file));
            }
        }
        return places;
    }

    private static FileAt before(Delta delta, FileChange file) {
        return new FileAt(delta.base(), oldPath(file));
    }

    private static FileAt after(Delta delta, FileChange file) {
        return new FileAt(delta.head(), file.path());
    }

    /**
     * Compares the manifests that can be read and understood, and tells what moved in them.
     *
     * @throws IOException if that is because of the texts
     */
    static void compare(Delta delta, BumpScan bumps, Texts texts) throws IOException {
        for (FileChange file : files(delta, bumps.touched())) {
            String before = hasBefore(file) ? texts.text(before(delta, file)) : "";
            String after = hasAfter(file) ? texts.text(after(delta, file)) : "";
            if (before == null || after == null) {
                continue;
            }
            try {
                List<Declared> old = read(oldPath(file), before);
                List<Declared> now = read(file.path(), after);
                Ecosystem ecosystem = Ecosystem.of(file.path())
                        .or(() -> Ecosystem.of(oldPath(file)))
                        .orElseThrow();
                bumps.compared(
                        oldPath(file), file.path(), ManifestDiff.of(ecosystem, oldPath(file), file.path(), old, now));
            } catch (ManifestException e) {
                // Not understood: then the changed lines say what they say.
                continue;
            }
        }
    }

    private static List<Declared> read(String path, String text) throws ManifestException {
        Ecosystem ecosystem = Ecosystem.of(path).orElse(null);
        return ecosystem == null || text.isEmpty() ? List.of() : ecosystem.read(text);
    }

    private static List<FileChange> files(Delta delta, Set<String> touched) {
        if (touched.isEmpty()) {
            return List.of();
        }
        Map<String, FileChange> byPath = new HashMap<>();
        for (FileChange file : delta.files()) {
            byPath.put(file.path(), file);
        }
        for (FileChange file : delta.files()) {
            if (file.status() == Status.RENAMED) {
                byPath.putIfAbsent(file.oldPath(), file);
            }
        }
        return touched.stream()
                .map(byPath::get)
                .filter(file -> file != null && isRead(file))
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static boolean isRead(FileChange file) {
        return !file.symlink()
                && !file.submodule()
                && file.status() != Status.TYPE_CHANGED
                && isName(file.path())
                && isName(oldPath(file));
    }

    private static boolean isName(String path) {
        return path.length() <= LONGEST_NAME
                && !path.startsWith("-")
                && path.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0xfffd);
    }

    private static boolean hasBefore(FileChange file) {
        return file.status() != Status.ADDED && file.status() != Status.COPIED;
    }

    private static boolean hasAfter(FileChange file) {
        return file.status() != Status.DELETED;
    }

    private static String oldPath(FileChange file) {
        return file.status() == Status.RENAMED ? file.oldPath() : file.path();
    }
}
