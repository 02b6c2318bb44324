package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code git log --raw -z} in the form of {@link #FORMAT}: of each commit when, who, and which files. A path can
 * be taken for nothing else, because it always follows an entry of its file's modes, which begins with a colon.
 */
final class EarlierParser {

    /** The fields: id, commit time, author's mail address. */
    static final String FORMAT = "--format=tformat:%H %ct %ae";

    /** So many paths are kept at most; what comes then counts as if it were not looked at. */
    private static final int PATHS = 50_000;

    /** Longest entry that is kept, in bytes; of a longer path nothing is known. */
    private static final int KEEP = 8_192;

    private EarlierParser() {}

    /**
     * A commit.
     *
     * @param committed when, in seconds since 1970 UTC
     * @param author the mail address, in lower case
     * @param paths the files that it changes
     */
    record Entry(long committed, String author, List<String> paths) {}

    /**
     * Commits, the newest first.
     *
     * @param cut whether the clone ends within them
     */
    record Earlier(List<Entry> commits, boolean cut) {}

    /**
     * @param shallow the commits at which a shallow clone ends
     * @throws IOException if the output is not of the expected form
     */
    static Earlier parse(InputStream stdout, Set<String> shallow) throws IOException {
        Tokens tokens = new Tokens(stdout, KEEP);
        List<Entry> commits = new ArrayList<>();
        boolean cut = false;
        int paths = 0;
        String token = tokens.next();
        while (token != null) {
            String[] fields = token.split(" ", 3);
            if (fields.length < 3 || !Git.isObjectName(fields[0])) {
                throw new IOException("git log told no commit: " + GitReader.abbreviate(token));
            }
            cut |= shallow.contains(fields[0]);
            List<String> changed = new ArrayList<>();
            for (token = tokens.next(); token != null && isModes(token); token = tokens.next()) {
                String path = tokens.require();
                if (paths < PATHS) {
                    changed.add(Tokens.text(path));
                }
                paths++;
            }
            if (paths <= PATHS) {
                commits.add(new Entry(time(fields[1]), fields[2].strip().toLowerCase(Locale.ROOT), changed));
            }
        }
        return new Earlier(List.copyOf(commits), cut);
    }

    /** The first one of a commit comes on a line of its own. */
    private static boolean isModes(String token) {
        return token.startsWith(":") || token.startsWith("\n:");
    }

    private static long time(String seconds) throws IOException {
        try {
            return Long.parseLong(seconds);
        } catch (NumberFormatException e) {
            throw new IOException("git log told no time: " + GitReader.abbreviate(seconds), e);
        }
    }
}
