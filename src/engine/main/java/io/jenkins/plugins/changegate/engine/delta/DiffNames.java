package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;

/**
 * The two names of a file in a unified diff, as written there: before and after the change, often below two different
 * names of the whole, such as {@code a/} and {@code b/}.
 *
 * @param before one character a byte
 * @param after one character a byte
 */
record DiffNames(String before, String after) {

    /** Two of the longest names, and what they are below. */
    private static final int HEADER_LIMIT = 2 * DiffParser.PATH_LIMIT + 200;

    /**
     * Returns the names of {@code diff --git}, or {@code null} if it cannot be told where the first one ends.
     *
     * <p>Without quotes the names of one path are told apart because they are equal: in halves below prefixes of the
     * same length, as git itself has it, else at the one space where they are. A renamed file's are not, but then other
     * lines have them.
     *
     * @throws IOException if a quoted name is broken, or one too long
     */
    static DiffNames ofHeader(String names) throws IOException {
        if (names.startsWith("\"")) {
            QuotedName first = QuotedName.at(names, 0);
            String rest = names.substring(first.end());
            return rest.startsWith(" ") ? new DiffNames(first.plain(), QuotedName.unquote(rest.substring(1))) : null;
        }
        if (names.endsWith("\"")) {
            int quote = names.indexOf(" \"");
            return quote < 0
                    ? null
                    : new DiffNames(names.substring(0, quote), QuotedName.unquote(names.substring(quote + 1)));
        }
        if (names.length() > HEADER_LIMIT) {
            throw new IOException("a name longer than " + DiffParser.PATH_LIMIT + " bytes");
        }
        DiffNames halves = split(names, names.length() / 2);
        if (halves != null) {
            return halves;
        }
        DiffNames found = null;
        for (int space = names.indexOf(' '); space >= 0; space = names.indexOf(' ', space + 1)) {
            DiffNames both = split(names, space);
            if (both != null && found != null) {
                return null;
            }
            found = both == null ? found : both;
        }
        return found;
    }

    private static DiffNames split(String names, int space) {
        if (space == 0 || space >= names.length() || names.charAt(space) != ' ') {
            return null;
        }
        DiffNames both = new DiffNames(names.substring(0, space), names.substring(space + 1));
        return both.samePath() ? both : null;
    }

    /** Whether both are the same path, once what they are below is taken off. */
    private boolean samePath() {
        return before.equals(after) || isBelow() && below(before).equals(below(after));
    }

    /** Whether both are below something. */
    private boolean isBelow() {
        return before.indexOf('/') > 0 && after.indexOf('/') > 0;
    }

    /** Returns the path at base. */
    String pathBefore(boolean oldAbsent, boolean newAbsent) {
        return path(before, oldAbsent || newAbsent, "a/");
    }

    /** Returns the path at head. */
    String pathAfter(boolean oldAbsent, boolean newAbsent) {
        return path(after, oldAbsent || newAbsent, "b/");
    }

    /** The one name of a file that comes or goes has no other to compare with, unless it is written twice. */
    private String path(String name, boolean alone, String usual) {
        if (!before.equals(after) && samePath()) {
            return below(name);
        }
        return alone && !before.equals(after) && name.startsWith(usual) ? name.substring(usual.length()) : name;
    }

    private static String below(String name) {
        return name.substring(name.indexOf('/') + 1);
    }
}
