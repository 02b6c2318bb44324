package io.jenkins.plugins.changegate.engine.delta;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.IOException;

/** What a unified diff tells of one file, put together line by line. Not thread-safe. */
final class DiffSection {

    private static final String NOTHING = "/dev/null";
    private static final String SUBMODULE = "160000";
    private static final String SYMLINK = "120000";

    private final boolean git;
    private final DiffNames header;
    private DiffNames names;
    private boolean oldAbsent;
    private boolean newAbsent;
    private String from;
    private String to;
    private boolean copied;
    private String oldMode = "";
    private String newMode = "";
    private boolean binary;
    private long added;
    private long deleted;

    private DiffSection(boolean git, DiffNames header) {
        this.git = git;
        this.header = header;
    }

    /**
     * @param header the names in {@code diff --git}; {@code null} if they cannot be told apart
     */
    static DiffSection ofGit(DiffNames header) {
        return new DiffSection(true, header);
    }

    /** A section that only has {@code ---} and {@code +++}. */
    static DiffSection plain() {
        return new DiffSection(false, null);
    }

    boolean isGit() {
        return git;
    }

    /** Takes the names of the lines {@code ---} and {@code +++}. */
    void names(DiffNames both, boolean oldIsAbsent, boolean newIsAbsent) throws IOException {
        oldAbsent = oldIsAbsent || both.before().equals(NOTHING);
        newAbsent = newIsAbsent || both.after().equals(NOTHING);
        if (oldAbsent && newAbsent || names != null) {
            throw new IOException("a file that is neither before nor after the change");
        }
        // A renamed file's own lines name it; what header and prefixes make of it is only a guess then.
        boolean agree = from != null && to != null
                ? both.before().endsWith(from) && both.after().endsWith(to)
                : header == null
                        || (oldAbsent || both.before().equals(header.before()))
                                && (newAbsent || both.after().equals(header.after()));
        if (!agree) {
            throw new IOException("the names of a file do not agree: " + QuotedName.shown(both.after()));
        }
        names = both;
    }

    boolean hasNames() {
        return names != null;
    }

    void from(String name, boolean copy) {
        from = name;
        copied = copy;
    }

    void to(String name) {
        to = name;
    }

    void modes(String before, String after) {
        oldMode = before;
        newMode = after;
    }

    void oldMode(String mode) {
        oldMode = mode;
    }

    void newMode(String mode) {
        newMode = mode;
    }

    void isNew(String mode) {
        oldAbsent = true;
        newMode = mode;
    }

    void isGone(String mode) {
        newAbsent = true;
        oldMode = mode;
    }

    void isBinary() {
        binary = true;
    }

    void count(long plus, long minus) {
        added += plus;
        deleted += minus;
    }

    long added() {
        return added;
    }

    long deleted() {
        return deleted;
    }

    /** Returns the path under which changed lines are handed out: that at head, or at base for a deleted file. */
    String path() throws IOException {
        if (to != null) {
            return checked(to);
        }
        DiffNames both = both();
        return checked(newAbsent ? both.pathBefore(oldAbsent, true) : both.pathAfter(oldAbsent, newAbsent));
    }

    FileChange change() throws IOException {
        if (oldAbsent && newAbsent || (from == null) != (to == null)) {
            throw new IOException("a file that is neither before nor after the change");
        }
        String path = path();
        String before = from;
        if (from == null && !oldAbsent && !newAbsent) {
            String other = both().pathBefore(false, false);
            before = other.equals(path) ? null : other;
        }
        boolean moved = before != null;
        return new FileChange(
                Tokens.text(path),
                moved ? Tokens.text(checked(before)) : null,
                status(moved),
                (int) Math.min(added, Integer.MAX_VALUE),
                (int) Math.min(deleted, Integer.MAX_VALUE),
                binary,
                oldMode.equals(SUBMODULE) || newMode.equals(SUBMODULE),
                !oldAbsent && !newAbsent && !oldMode.equals(newMode),
                !newAbsent && newMode.equals(SYMLINK));
    }

    private Status status(boolean moved) {
        if (moved) {
            return copied ? Status.COPIED : Status.RENAMED;
        }
        if (oldAbsent) {
            return Status.ADDED;
        }
        return newAbsent ? Status.DELETED : Status.MODIFIED;
    }

    private DiffNames both() throws IOException {
        if (header != null) {
            return header;
        }
        if (names == null) {
            throw new IOException("a file whose name cannot be told");
        }
        return names;
    }

    private static String checked(String path) throws IOException {
        if (path.isEmpty()) {
            throw new IOException("a file without a name");
        }
        if (path.length() > DiffParser.PATH_LIMIT) {
            throw new IOException("a name longer than " + DiffParser.PATH_LIMIT + " bytes");
        }
        return path;
    }
}
