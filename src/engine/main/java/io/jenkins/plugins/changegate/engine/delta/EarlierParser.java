package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
     * @param revert what a change is that undoes it exactly; {@code null} if that is not known
     */
    record Entry(long committed, String author, List<String> paths, Undoing revert) {

        /** How it would be undone is not known. */
        Entry(long committed, String author, List<String> paths) {
            this(committed, author, paths, null);
        }
    }

    /**
     * What would undo a commit.
     *
     * @param digest of the difference ({@link Swaps}) that undoes it
     * @param commit what that would be
     */
    record Undoing(String digest, Revert commit) {}

    /**
     * Commits, the newest first.
     *
     * @param cut whether the clone ends within them
     */
    record Earlier(List<Entry> commits, boolean cut) {

        /**
         * Returns the newest commit that a difference undoes exactly.
         *
         * @param swaps what is known of the difference; {@code null} if nothing is
         */
        Optional<Revert> undoneBy(Swaps.Told swaps) {
            return commits.stream()
                    .map(Entry::revert)
                    .filter(undoing -> undoing != null && swaps != null && undoing.digest.equals(swaps.digest()))
                    .map(Undoing::commit)
                    .findFirst();
        }
    }

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
                throw new IOException("git log told no commit: " + GitNames.abbreviate(token));
            }
            boolean end = shallow.contains(fields[0]);
            cut |= end;
            long committed = time(fields[1]);
            List<String> changed = new ArrayList<>();
            Swaps back = new Swaps();
            for (token = tokens.next(); token != null && isModes(token); token = tokens.next()) {
                String path = tokens.require();
                back.add(token, path, null, true);
                if (paths < PATHS) {
                    changed.add(Tokens.text(path));
                }
                paths++;
            }
            if (paths <= PATHS) {
                // What the commits change at which a shallow clone ends is not known.
                Undoing undoing = end
                        ? null
                        : back.told()
                                .map(swaps ->
                                        new Undoing(swaps.digest(), new Revert(fields[0], committed, swaps.files())))
                                .orElse(null);
                commits.add(new Entry(committed, fields[2].strip().toLowerCase(Locale.ROOT), changed, undoing));
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
            throw new IOException("git log told no time: " + GitNames.abbreviate(seconds), e);
        }
    }
}
