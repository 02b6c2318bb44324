package io.jenkins.plugins.changegate.engine.delta;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A name as {@code diff -u} writes it, with the time of the file after a tab.
 *
 * @param name one character a byte
 * @param absent whether the time is the beginning of 1970, by which {@code diff -N} says that there is no such file
 */
record DiffStamp(String name, boolean absent) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSSSSS] xx", Locale.ROOT);

    /**
     * @param field what follows {@code ---} or {@code +++}
     * @throws IOException if a quoted name is broken
     */
    static DiffStamp of(String field) throws IOException {
        int tab = field.indexOf('\t');
        return tab < 0
                ? new DiffStamp(QuotedName.unquote(field), false)
                : new DiffStamp(QuotedName.unquote(field.substring(0, tab)), isEpoch(field.substring(tab + 1)));
    }

    private static boolean isEpoch(String time) {
        try {
            return OffsetDateTime.parse(time, TIME).toInstant().toEpochMilli() == 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /**
     * Reads {@code Binary files x and y differ} as {@code diff -r} writes it, for two files below different names.
     *
     * @throws IOException if it cannot be told where the first name ends
     */
    static FileChange binary(String line) throws IOException {
        String names = line.substring("Binary files ".length(), line.length() - " differ".length());
        String path = null;
        for (int and = names.indexOf(" and "); and >= 0; and = names.indexOf(" and ", and + 1)) {
            DiffNames both = new DiffNames(
                    QuotedName.unquote(names.substring(0, and)), QuotedName.unquote(names.substring(and + 5)));
            boolean same = !both.pathAfter(false, false).isEmpty()
                    && both.pathBefore(false, false).equals(both.pathAfter(false, false));
            if (same && path != null) {
                throw new IOException("it cannot be told where the first name ends: " + QuotedName.shown(names));
            }
            path = same ? both.pathAfter(false, false) : path;
        }
        if (path == null || path.length() > DiffParser.PATH_LIMIT) {
            throw new IOException("two binary files of different names: " + QuotedName.shown(names));
        }
        return new FileChange(Tokens.text(path), null, Status.MODIFIED, 0, 0, true, false, false, false);
    }
}
