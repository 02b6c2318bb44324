package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;

/** What may be passed to git as the name of something, and how such names are told to people. */
final class GitNames {

    /** Longest name of a revision or file that is passed to git. */
    private static final int NAME_LIMIT = 4_096;

    private GitNames() {}

    static void requireId(String id) throws IOException {
        if (!id.matches("[0-9a-f]{40,64}")) {
            throw new IOException("Not a full object name: " + abbreviate(id));
        }
    }

    static void requireName(String name) throws IOException {
        if (name.isEmpty()
                || name.length() > NAME_LIMIT
                || name.startsWith("-")
                || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IOException(
                    "Not a name that can be given to git: " + abbreviate(name.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    static String abbreviate(String revision) {
        return revision.matches("[0-9a-f]{40,64}")
                ? revision.substring(0, 12)
                : revision.substring(0, Math.min(revision.length(), 80));
    }
}
