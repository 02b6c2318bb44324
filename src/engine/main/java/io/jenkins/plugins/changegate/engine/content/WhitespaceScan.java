package io.jenkins.plugins.changegate.engine.content;

/**
 * Tells whether the changed lines differ in nothing but white space and line ends: in every place, what is added has the
 * same other characters, in the same order, as what is deleted there. A place is a hunk of a diff without context. For
 * one change; not thread-safe.
 */
final class WhitespaceScan {

    /** So much of one place is compared, in characters. */
    private static final int MOST = 1 << 20;

    private final StringBuilder deleted = new StringBuilder();
    private final StringBuilder added = new StringBuilder();
    private String path = "";

    /** By how much a line's number at head is higher than at base, before the place that is read. */
    private long shift;

    private long deletedLines;
    private long addedLines;

    /** The line at base that the place begins at, or that it would. */
    private long begin;

    private boolean only = true;

    void line(String file, boolean isAdded, int number, String text) {
        boolean other = !file.equals(path);
        boolean follows = !other
                && (isAdded ? number == begin + shift + addedLines : addedLines == 0 && number == begin + deletedLines);
        if (!follows) {
            end();
            if (other) {
                path = file;
                shift = 0;
            }
            begin = isAdded ? number - shift : number;
        }
        if (isAdded) {
            addedLines++;
        } else {
            deletedLines++;
        }
        StringBuilder side = isAdded ? added : deleted;
        if (side.length() + text.length() > MOST) {
            only = false;
            return;
        }
        text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(side::appendCodePoint);
    }

    private void end() {
        only = only && deleted.compareTo(added) == 0;
        shift += addedLines - deletedLines;
        deleted.setLength(0);
        added.setLength(0);
        deletedLines = 0;
        addedLines = 0;
    }

    /** Whether that is so for all lines; ends the reading. */
    boolean result() {
        end();
        return only;
    }
}
