package io.jenkins.plugins.changegate.notify;

import java.util.List;
import java.util.stream.Stream;

/** Text of others, made harmless: what comes from a diff, a pipeline or a person is told as it is, but does nothing. */
final class Plain {

    private Plain() {}

    /**
     * Returns a text in which nothing can begin a line, a header or another writing direction.
     *
     * @param limit the longest it may be, in characters; what is cut off leaves an ellipsis
     */
    static String line(String text, int limit) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        if (clean.length() <= limit) {
            return clean;
        }
        int end = limit - 1;
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Returns the lines of a text, each harmless; those that are blank are left out. */
    static List<String> lines(String text, int limit) {
        return Stream.of(text.split("\\R"))
                .filter(line -> !line.isBlank())
                .map(line -> line(line, limit))
                .toList();
    }
}
