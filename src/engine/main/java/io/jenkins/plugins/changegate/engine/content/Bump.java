package io.jenkins.plugins.changegate.engine.content;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a dependency changes in a manifest; semantic versioning's words. */
public enum Bump {
    /** A dependency that was not there before. */
    NEW,
    /** A dependency that is gone. */
    REMOVED,
    MAJOR,
    MINOR,
    PATCH,
    /** A version changed in a way that is none of these: a qualifier, a range, a downgrade. */
    OTHER;

    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?([0-9A-Za-z.+_-]*)");

    /** Returns its name as it is written in a condition. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the bump that a condition's word names. */
    public static Optional<Bump> ofKey(String key) {
        for (Bump bump : values()) {
            if (bump.key().equals(key)) {
                return Optional.of(bump);
            }
        }
        return Optional.empty();
    }

    /** Returns the kind of a change from one version to another. */
    public static Bump between(String from, String to) {
        Matcher before = VERSION.matcher(from);
        Matcher after = VERSION.matcher(to);
        if (!before.matches() || !after.matches()) {
            return OTHER;
        }
        Bump[] kinds = {MAJOR, MINOR, PATCH};
        for (int part = 1; part <= kinds.length; part++) {
            int difference = compare(before.group(part), after.group(part));
            if (difference != 0) {
                // Going back is nothing that a version's number promises anything about.
                return difference < 0 ? kinds[part - 1] : OTHER;
            }
        }
        return OTHER;
    }

    private static int compare(String a, String b) {
        String x = strip(a);
        String y = strip(b);
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static String strip(String digits) {
        return digits == null ? "" : digits.replaceFirst("^0+", "");
    }
}
