package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;

/**
 * Undoes the quoting of unusual file names in the text of a difference: within double quotes as in a C string, with
 * octal numbers for bytes. git-config(1), {@code core.quotePath}.
 *
 * <p>Works on ISO 8859-1, one character a byte, as {@link Tokens} does.
 */
final class QuotedName {

    /** The letters after a backslash, and what they stand for. */
    private static final String LETTERS = "abtnvfr\"\\";

    private static final String MEANT = "\u0007\b\t\n\u000b\f\r\"\\";

    private final String plain;
    private final int end;

    private QuotedName(String plain, int end) {
        this.plain = plain;
        this.end = end;
    }

    /**
     * Reads the name that begins with the quote at a place.
     *
     * @throws IOException if no quote ends it, or it has an escape that stands for nothing
     */
    static QuotedName at(String text, int begin) throws IOException {
        StringBuilder plain = new StringBuilder();
        int i = begin + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i++));
                continue;
            }
            int letter = i + 1 < text.length() ? LETTERS.indexOf(text.charAt(i + 1)) : -1;
            if (letter >= 0) {
                plain.append(MEANT.charAt(letter));
                i += 2;
            } else {
                plain.append(octal(text, i + 1));
                i += 4;
            }
        }
        if (i >= text.length()) {
            throw new IOException("a quoted name has no end: " + shown(text));
        }
        return new QuotedName(plain.toString(), i + 1);
    }

    /**
     * Returns a whole field without its quotes; as it is if it has none.
     *
     * @throws IOException if it begins with a quote and is no quoted name
     */
    static String unquote(String field) throws IOException {
        if (!field.startsWith("\"")) {
            return field;
        }
        QuotedName name = at(field, 0);
        if (name.end != field.length()) {
            throw new IOException("something follows a quoted name: " + shown(field));
        }
        return name.plain;
    }

    /** Returns the name itself. */
    String plain() {
        return plain;
    }

    /** Returns the place after the quote that ends it. */
    int end() {
        return end;
    }

    private static char octal(String text, int from) throws IOException {
        int value = 0;
        for (int i = from; i < from + 3; i++) {
            int digit = i < text.length() ? text.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 7) {
                throw new IOException("a quoted name has an unknown escape: " + shown(text));
            }
            value = value * 8 + digit;
        }
        if (value == 0 || value > 0xff) {
            throw new IOException("a quoted name has a byte that no name has: " + shown(text));
        }
        return (char) value;
    }

    /** Returns the beginning of a text that is somebody else's, fit for one line of a message. */
    static String shown(String text) {
        String decoded = Tokens.text(text.length() > 80 ? text.substring(0, 80) : text);
        return decoded.replaceAll("\\p{Cntrl}", "?");
    }
}
