package io.jenkins.plugins.changegate.engine.content;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answers to {@link ContentQuestions}: places, and names and versions of dependencies; no other text. A place whose
 * name is long is without its beginning, and if the places are long all together, one of each kind is kept: so they
 * travel in a few kilobytes, whatever names the files of a change have.
 *
 * @param added by pattern, where it was found in added lines, as {@code file:line}; a pattern found nowhere is absent
 * @param deleted the same for deleted lines
 * @param bumps by kind of bump, a few dependencies that moved so; a kind that was not found is absent
 * @param migrations by what a statement of a schema migration does, where; a risk that was not found is absent
 * @param whitespaceOnly whether the lines that were looked at differ in white space only; false if that was not asked
 * @param whole whether all of the text was looked at; if not, what was not found is unknown
 */
public record ContentFacts(
        Map<String, List<String>> added,
        Map<String, List<String>> deleted,
        Map<Bump, List<DependencyBump>> bumps,
        Map<MigrationRisk, List<String>> migrations,
        boolean whitespaceOnly,
        boolean whole)
        implements Serializable {

    /** Nothing was asked, so nothing is missing. */
    public static final ContentFacts NONE = new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, true);

    /** So long a place may be, in characters. */
    private static final int LONGEST = 200;

    /** The same, where there are too many. */
    private static final int SHORT = 40;

    /** So long all places of lines may be, in characters. */
    private static final int ROOM = 24 * 1024;

    public ContentFacts {
        boolean fits = length(added) + length(deleted) + length(migrations) <= ROOM;
        added = kept(added, fits);
        deleted = kept(deleted, fits);
        bumps = Map.copyOf(bumps);
        migrations = kept(migrations, fits);
    }

    private static long length(Map<?, List<String>> places) {
        return places.values().stream()
                .flatMap(List::stream)
                .mapToLong(place -> Math.min(LONGEST, place.length()))
                .sum();
    }

    private static <K> Map<K, List<String>> kept(Map<K, List<String>> places, boolean fits) {
        return places.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .limit(fits ? Integer.MAX_VALUE : 1)
                                .map(place -> end(place, fits ? LONGEST : SHORT))
                                .toList()));
    }

    /** Returns the end of a place, which says the file and the line. */
    static String end(String place) {
        return end(place, LONGEST);
    }

    private static String end(String place, int longest) {
        return place.length() <= longest ? place : "…" + place.substring(place.length() - longest + 1);
    }
}
