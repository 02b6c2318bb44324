package io.jenkins.plugins.changegate.engine.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is written in the place of a version: one, a range of them, a tag with a digest, or a word such as latest. */
final class Versions {

    /** Longest text that is compared, in characters. */
    private static final int LONGEST = 200;

    /** Which of several steps counts. */
    private static final List<Bump> WORST_FIRST =
            List.of(Bump.MAJOR, Bump.UNKNOWN, Bump.DOWNGRADE, Bump.MINOR, Bump.PATCH);

    private final List<Version> versions = new ArrayList<>();
    private final StringBuilder shape = new StringBuilder();

    private Versions(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean begins = Version.isDigit(c) && (at == 0 || !isPart(text.charAt(at - 1)) || isV(text, at - 1));
            int end = at + 1;
            while (begins && end < text.length() && isPart(text.charAt(end))) {
                end++;
            }
            Version version = begins ? Version.of(text.substring(at, end)) : null;
            if (version != null) {
                versions.add(version);
                shape.append('\0');
            } else if (!isV(text, at)) {
                shape.append(text, at, end);
            }
            at = end;
        }
    }

    private static boolean isPart(char c) {
        return c == '.' || c == '+' || c == '_' || c == '-' || Character.isLetterOrDigit(c);
    }

    /** Whether there is a v that only says that a version follows. */
    private static boolean isV(String text, int at) {
        return (text.charAt(at) == 'v' || text.charAt(at) == 'V')
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                && at + 1 < text.length()
                && Version.isDigit(text.charAt(at + 1));
    }

    /** Returns what kind of step it is from one text to another. */
    static Bump step(String from, String to) {
        if (from.length() > LONGEST || to.length() > LONGEST) {
            return Bump.UNKNOWN;
        }
        Versions before = new Versions(withoutDigest(from));
        Versions after = new Versions(withoutDigest(to));
        if (before.versions.isEmpty() || after.versions.isEmpty()) {
            return Bump.UNKNOWN;
        }
        if (!before.shape.toString().contentEquals(after.shape)) {
            Bump last = last(before).to(last(after));
            return last == Bump.MAJOR ? Bump.MAJOR : Bump.UNKNOWN;
        }
        List<Bump> steps = new ArrayList<>();
        for (int i = 0; i < after.versions.size(); i++) {
            if (!before.versions.get(i).equals(after.versions.get(i))) {
                steps.add(before.versions.get(i).to(after.versions.get(i)));
            }
        }
        return steps.stream().min(Comparator.comparing(WORST_FIRST::indexOf)).orElse(Bump.UNKNOWN);
    }

    private static Version last(Versions all) {
        return all.versions.get(all.versions.size() - 1);
    }

    /** A digest names one image, and says nothing of how it differs from another. */
    private static String withoutDigest(String text) {
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }
}
