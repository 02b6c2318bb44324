package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the output of {@code git diff --raw --numstat -z}: first one raw entry a file (modes, status, names), then one
 * numstat entry a file (line counts), both in the same order.
 *
 * <p>Format: git-diff(1), "Raw output format" and "Other diff formats".
 */
final class DiffParser {

    private static final String SUBMODULE = "160000";
    private static final String SYMLINK = "120000";
    private static final String ABSENT = "000000";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int TOKEN_LIMIT = 1 << 16;

    /** Longest path that is listed, in bytes: what Linux lets a path have. git itself knows no bound. */
    static final int PATH_LIMIT = 4_096;

    /** How many bytes all listed paths have together: 400 for each of as many files as are listed. */
    static final long PATHS_LIMIT = 8L << 20;

    private DiffParser() {}

    /**
     * The files listed and the sums over all of them.
     *
     * @param swaps which contents are put in the place of which; {@code null} if that is not known
     */
    record Files(List<FileChange> listed, Totals totals, Swaps.Told swaps) {

        /** Contents are not known. */
        Files(List<FileChange> listed, Totals totals) {
            this(listed, totals, null);
        }
    }

    /** A raw entry, before its line counts are known. */
    private record Raw(String path, String oldPath, String oldMode, String newMode, char status) {

        int bytes() {
            return path.length() + (oldPath == null ? 0 : oldPath.length());
        }

        boolean isListable() {
            return path.length() <= PATH_LIMIT && (oldPath == null || oldPath.length() <= PATH_LIMIT);
        }

        boolean hasContentBefore() {
            return !oldMode.equals(ABSENT) && !oldMode.equals(SUBMODULE);
        }

        FileChange counted(int added, int deleted, boolean binary) {
            boolean both = !oldMode.equals(ABSENT) && !newMode.equals(ABSENT);
            return new FileChange(
                    Tokens.text(path),
                    oldPath == null ? null : Tokens.text(oldPath),
                    statusOf(status),
                    added,
                    deleted,
                    binary,
                    oldMode.equals(SUBMODULE) || newMode.equals(SUBMODULE),
                    both && !oldMode.equals(newMode),
                    newMode.equals(SYMLINK));
        }
    }

    /**
     * @param limit how many files are listed; all are counted
     * @throws IOException if the output is not of the expected form
     */
    static Files parse(InputStream stdout, int limit) throws IOException {
        return parse(stdout, limit, before -> {});
    }

    /**
     * The same, and tells what the files were before as soon as that is known, which is before git has counted lines.
     *
     * @param before is told the object names of what the files were before, but for submodules; not told of more files
     *     than are listed
     */
    static Files parse(InputStream stdout, int limit, Consumer<List<String>> before) throws IOException {
        return parse(new Tokens(stdout, TOKEN_LIMIT), limit, before);
    }

    /**
     * Reads the differences that {@code git diff-tree --stdin --always} tells of many pairs of commits, each after the
     * name of its second commit.
     *
     * @param heads the second commits, in order
     * @param limit how many files are listed of each
     * @throws IOException if the output is not of the expected form
     */
    static List<Files> parseMany(InputStream stdout, List<String> heads, int limit) throws IOException {
        Tokens tokens = new Tokens(stdout, TOKEN_LIMIT);
        List<Files> all = new ArrayList<>();
        for (String head : heads) {
            String name = tokens.require();
            if (!name.equals(head)) {
                throw new IOException("Not the commit " + head + ": " + Tokens.text(name));
            }
            all.add(parse(tokens, limit, before -> {}));
        }
        return all;
    }

    private static Files parse(Tokens tokens, int limit, Consumer<List<String>> before) throws IOException {
        Map<String, Raw> raws = new LinkedHashMap<>();
        int renamed = 0;
        int files = 0;
        long bytes = 0;
        Swaps swaps = new Swaps();
        List<String> contents = new ArrayList<>();
        String token = tokens.next();
        for (; token != null && token.startsWith(":"); token = tokens.next()) {
            Raw raw = raw(token, tokens);
            swaps.add(token, raw.path, raw.oldPath, false);
            files++;
            renamed += raw.status == 'R' ? 1 : 0;
            bytes += raw.bytes();
            if (contents.size() < limit && raw.hasContentBefore()) {
                contents.add(token.substring(1).split(" ")[2]);
            }
            if (raws.size() < limit && raw.isListable() && bytes <= PATHS_LIMIT) {
                raws.put(raw.path, raw);
            }
        }
        if (files <= limit) {
            before.accept(contents);
        }
        Map<String, FileChange> listed = new LinkedHashMap<>();
        raws.forEach((path, raw) -> listed.put(path, raw.counted(0, 0, false)));
        int binary = 0;
        long added = 0;
        long deleted = 0;
        // An entry has tabs, so the name of a commit is none.
        for (; token != null && !Git.isObjectName(token); token = tokens.next()) {
            int first = token.indexOf('\t');
            int second = token.indexOf('\t', first + 1);
            if (first < 0 || second < 0) {
                throw new IOException("Not a numstat entry: " + Tokens.text(token));
            }
            String path = token.substring(second + 1);
            if (path.isEmpty()) {
                tokens.require();
                path = tokens.require();
            }
            boolean noLines = token.startsWith("-");
            int plus = noLines ? 0 : count(token.substring(0, first));
            int minus = noLines ? 0 : count(token.substring(first + 1, second));
            binary += noLines ? 1 : 0;
            added += plus;
            deleted += minus;
            Raw raw = raws.get(path);
            if (raw != null) {
                listed.put(path, raw.counted(plus, minus, noLines));
            }
        }
        tokens.putBack(token);
        return new Files(
                new ArrayList<>(listed.values()),
                new Totals(files, renamed, binary, added, deleted),
                swaps.told().orElse(null));
    }

    private static int count(String field) throws IOException {
        if (!NUMBER.matcher(field).matches()) {
            throw new IOException("Not a number of lines: " + Tokens.text(field));
        }
        return Integer.parseInt(field);
    }

    private static Raw raw(String token, Tokens tokens) throws IOException {
        String[] fields = token.substring(1).split(" ");
        if (fields.length != 5 || fields[4].isEmpty()) {
            throw new IOException("Not a raw entry: " + Tokens.text(token));
        }
        char status = fields[4].charAt(0);
        String path = tokens.require();
        String oldPath = null;
        if (status == 'R' || status == 'C') {
            oldPath = path;
            path = tokens.require();
        }
        return new Raw(path, oldPath, fields[0], fields[1], status);
    }

    private static FileChange.Status statusOf(char letter) {
        return switch (letter) {
            case 'A' -> FileChange.Status.ADDED;
            case 'C' -> FileChange.Status.COPIED;
            case 'D' -> FileChange.Status.DELETED;
            case 'M' -> FileChange.Status.MODIFIED;
            case 'R' -> FileChange.Status.RENAMED;
            case 'T' -> FileChange.Status.TYPE_CHANGED;
            default -> FileChange.Status.UNMERGED;
        };
    }
}
