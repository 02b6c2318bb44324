package io.jenkins.plugins.changegate.engine.schedule;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The names of zones as IANA lists them. */
final class ZoneNames {

    /** How many characters may be wrong in a name that is still recognised. */
    private static final int CLOSE = 3;

    private static final int LONGEST = 100;

    private ZoneNames() {}

    static boolean isKnown(String name) {
        return ZoneId.getAvailableZoneIds().contains(name);
    }

    /**
     * Returns the zone of a name.
     *
     * @throws ScheduleException if there is none; it names the nearest one
     */
    static ZoneId find(String part, String text) throws ScheduleException {
        String name = text.strip();
        if (isKnown(name)) {
            return ZoneId.of(name);
        }
        throw new ScheduleException(
                part,
                "There is no zone '" + name + "'; "
                        + nearest(name)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("")
                        + "Possible: names of the IANA time zone database, as Europe/Berlin");
    }

    private static Optional<String> nearest(String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        return ZoneId.getAvailableZoneIds().stream()
                .min(Comparator.<String>comparingInt(known -> difference(name, known))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(known -> difference(name, known) <= CLOSE);
    }

    /** How different a name is from a known one, or from its city alone. */
    private static int difference(String name, String known) {
        String wrong = name.toLowerCase(Locale.ROOT).replace(' ', '_');
        String right = known.toLowerCase(Locale.ROOT);
        int whole = distance(wrong, right);
        return wrong.contains("/") ? whole : Math.min(whole, 1 + distance(wrong, right.replaceFirst(".*/", "")));
    }

    /** The edit distance after Levenshtein. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
