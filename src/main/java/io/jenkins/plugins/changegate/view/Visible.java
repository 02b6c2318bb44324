package io.jenkins.plugins.changegate.view;

import hudson.model.User;
import java.util.List;
import java.util.Locale;

/**
 * Makes text from a commit fit to be shown. HTML escaping is the page's work; this is about characters that no escaping
 * stops: those that turn the direction of writing, hide, or break lines, and so let a file look like another one.
 */
final class Visible {

    /** Longest text shown, in characters; git allows paths much longer. */
    private static final int LENGTH = 400;

    private Visible() {}

    /** Returns a text with invisible characters written as their numbers, cut in the middle if it is very long. */
    static String of(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(character -> append(visible, character));
        return cut(visible.toString());
    }

    /** Returns a text, cut in the middle if it is very long. */
    static String cut(String text) {
        return text.length() <= LENGTH
                ? text
                : text.substring(0, LENGTH / 2) + " … " + text.substring(text.length() - LENGTH / 2);
    }

    private static void append(StringBuilder visible, int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> visible.append(String.format(Locale.ROOT, "\\u{%X}", character));
            default -> visible.appendCodePoint(character);
        }
    }

    /** Returns what a person wrote, line by line, whole and with invisible characters written as their numbers. */
    static List<String> lines(String text) {
        return text.strip()
                .lines()
                .map(line -> {
                    StringBuilder visible = new StringBuilder();
                    line.codePoints().forEach(character -> append(visible, character));
                    return visible.toString();
                })
                .toList();
    }

    /**
     * Returns what a file has, line by line, whole, with its indentation and with other invisible characters written
     * as their numbers.
     */
    static List<String> text(String text) {
        return text.lines()
                .map(line -> {
                    StringBuilder visible = new StringBuilder();
                    line.codePoints().forEach(character -> {
                        if (character == '\t') {
                            visible.append('\t');
                        } else {
                            append(visible, character);
                        }
                    });
                    return visible.toString();
                })
                .toList();
    }

    /** Returns the name of a user; the id if there is no such user any more. */
    static String user(String id) {
        User user = id.isEmpty() ? null : User.getById(id, false);
        return of(user == null ? id : user.getDisplayName());
    }

    /** Returns the beginning of a hash, as long as people need to tell it from others. */
    static String abbreviated(String hash) {
        return hash.length() > 12 ? hash.substring(0, 12) : hash;
    }
}
