package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Place;

/**
 * Finds in a YAML text where a place within a piece of text stands that is written in it, whatever the style:
 * characters are followed one by one, leaving out the white space, which is what folding changes.
 */
final class ScalarPlaces {

    private static final String ESCAPES = "0abtnvfre N_LP";
    private static final String ESCAPED = "\0\u0007\b\t\n\u000b\f\r\u001b \u0085\u00a0\u2028\u2029";

    private final String yaml;
    private final char style;
    private int at;

    /** Where the last visible character begins. */
    private int visible;

    private ScalarPlaces(String yaml, int begin) {
        this.yaml = yaml;
        this.at = begin;
        // An anchor or a tag may stand before the text.
        while (peek() == '&' || peek() == '!') {
            while (at < yaml.length() && !Character.isWhitespace(peek())) {
                at++;
            }
            skipSpace();
        }
        this.style = peek();
    }

    /**
     * @param lines of the whole YAML
     * @param text a piece of text in it
     * @param line within the piece, from 1
     * @param column within the piece, from 0, in code points
     * @return where the piece begins if the place cannot be followed
     */
    static Place within(Lines lines, Text text, int line, int column) {
        String value = text.value();
        String before = value.substring(0, new Lines(value).offset(line, column));
        int found = new ScalarPlaces(lines.text(), lines.offset(text.place()))
                .after(before, before.length() < value.stripTrailing().length());
        return found < 0 ? text.place() : lines.place(found);
    }

    /**
     * @param before the text before the place
     * @param inside whether there is something after it, which then is where the place is
     * @return how many characters of the YAML stand before the place; -1 if it cannot be followed
     */
    private int after(String before, boolean inside) {
        if (style == '|' || style == '>') {
            while (at < yaml.length() && peek() != '\n' && peek() != '\r') {
                at++;
            }
        } else if (isQuoted()) {
            at++;
        }
        int end = at;
        for (int i = 0; i < before.length(); i++) {
            if (Character.isWhitespace(before.charAt(i))) {
                continue;
            }
            int read = nextVisible();
            if (read != before.charAt(i)) {
                return -1;
            }
            end = at;
        }
        return inside && nextVisible() >= 0 ? visible : end;
    }

    private boolean isQuoted() {
        return style == '\'' || style == '"';
    }

    private char peek() {
        return at < yaml.length() ? yaml.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < yaml.length() && Character.isWhitespace(peek())) {
            at++;
        }
    }

    /** Returns the next character that is no white space, and goes behind it; -1 at the end. */
    private int nextVisible() {
        while (at < yaml.length()) {
            visible = at;
            char c = yaml.charAt(at++);
            if (style == '"' && c == '\\') {
                int escaped = escaped();
                if (!Character.isWhitespace(escaped)) {
                    return escaped;
                }
            } else if (!Character.isWhitespace(c)) {
                // In single quotes, a quote is written twice.
                at += style == '\'' && c == '\'' ? 1 : 0;
                return c;
            }
        }
        return -1;
    }

    /** Returns what a backslash and what follows it stand for, and goes behind it; a space for the end of a line. */
    private int escaped() {
        char c = peek();
        at++;
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0) {
            int end = Math.min(yaml.length(), at + digits);
            int code = Integer.parseUnsignedInt(yaml.substring(at, end), 16);
            at = end;
            return code;
        }
        int known = ESCAPES.indexOf(c);
        return known >= 0 ? ESCAPED.charAt(known) : c;
    }
}
