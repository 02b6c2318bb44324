package io.jenkins.plugins.changegate.engine.content;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the changed lines of dependency manifests what kinds of bumps they hold. Where a manifest is understood, it
 * is compared as a whole, and names its dependencies. The changed lines that are not understood are compared line by
 * line: a deleted and an added line of one file that differ in nothing but a version are one bump without a name; what
 * has no such partner is new or removed. A lock file says nothing that its manifest doesn't, so it is no manifest here.
 *
 * <p>Not thread-safe.
 */
final class BumpScan {

    /** A version: digits with at least one dot, or a number right after a colon, quote or tag. Possessive: no recursion. */
    private static final Pattern VERSION = Pattern.compile(
            "(?<![0-9A-Za-z.])v?(\\d++(?:\\.\\d++)++[0-9A-Za-z.+_-]*+|(?<=[:>\"'^~=])\\d+(?=[\"'<\\s]|$))");

    private static final int PLACES = 5;
    private static final int LINES_KEPT = 5_000;

    private final Map<String, List<Line>> deleted = new HashMap<>();
    private final Map<String, List<Line>> added = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private final List<DependencyBump> named = new ArrayList<>();
    private int kept;

    /** Lines come file by file. */
    private String lastPath = "";

    private Optional<Ecosystem> last = Optional.empty();

    private record Line(String shape, List<String> versions, int number) {}

    /** Whether a file is a manifest of dependencies, by its name. */
    static boolean isManifest(String path) {
        return Ecosystem.of(path).isPresent();
    }

    void line(String path, boolean isAdded, int number, String text) {
        if (!path.equals(lastPath)) {
            lastPath = path;
            last = Ecosystem.of(path);
        }
        if (last.isEmpty()) {
            return;
        }
        boolean wholly = last.get().isWholly();
        com.google.re2j.Matcher key = ImageManifest.KEYS.matcher(text);
        boolean keyed = !wholly && ImageManifest.mayHaveKey(text) && key.find();
        if (wholly || keyed) {
            touched.add(path);
        }
        boolean image = keyed && (key.group(1).equals("image") || key.group(1).equals("uses"));
        if (wholly || image) {
            keep(path, isAdded, number, text);
        }
    }

    private void keep(String path, boolean isAdded, int number, String text) {
        List<String> versions = new ArrayList<>();
        Matcher matcher = VERSION.matcher(text);
        StringBuilder shape = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            versions.add(matcher.group(1));
            shape.append(text, end, matcher.start()).append('\0');
            end = matcher.end();
        }
        if (versions.isEmpty() || ++kept > LINES_KEPT) {
            return;
        }
        shape.append(text.substring(end));
        (isAdded ? added : deleted)
                .computeIfAbsent(path, p -> new ArrayList<>())
                .add(new Line(shape.toString().strip(), versions, number));
    }

    /** Returns the manifests of which a line changes that may be about a dependency. */
    Set<String> touched() {
        return touched;
    }

    /** Takes over what a comparison of a whole manifest has found, in the place of the lines that it explains. */
    void compared(String oldPath, String path, ManifestDiff diff) {
        named.addAll(diff.bumps());
        deleted.getOrDefault(oldPath, new ArrayList<>()).removeIf(line -> explains(oldPath, diff.linesBefore(), line));
        added.getOrDefault(path, new ArrayList<>()).removeIf(line -> explains(path, diff.linesAfter(), line));
    }

    /** What is not about dependencies from beginning to end is understood as far as it is. */
    private static boolean explains(String path, Set<Integer> lines, Line line) {
        return lines.contains(line.number)
                || Ecosystem.of(path).filter(Ecosystem::isWholly).isEmpty();
    }

    /** Whether every line was kept. */
    boolean whole() {
        return kept <= LINES_KEPT;
    }

    /** Returns what moved, a few of each kind, those with a name first. */
    Map<Bump, List<DependencyBump>> result() {
        Map<Bump, List<DependencyBump>> found = new EnumMap<>(Bump.class);
        named.forEach(bump -> add(found, bump));
        added.forEach((path, lines) -> {
            List<Line> old = deleted.getOrDefault(path, new ArrayList<>());
            for (Line line : lines) {
                Line partner = take(old, line.shape);
                if (partner == null) {
                    add(found, unnamed(path, line, "", line.versions.get(0), Bump.NEW));
                } else {
                    compare(found, path, partner, line);
                }
            }
        });
        deleted.forEach((path, lines) ->
                lines.forEach(line -> add(found, unnamed(path, line, line.versions.get(0), "", Bump.REMOVED))));
        return found;
    }

    private static Line take(List<Line> lines, String shape) {
        for (Iterator<Line> i = lines.iterator(); i.hasNext(); ) {
            Line line = i.next();
            if (line.shape.equals(shape)) {
                i.remove();
                return line;
            }
        }
        return null;
    }

    private static void compare(Map<Bump, List<DependencyBump>> found, String path, Line before, Line after) {
        for (int i = 0; i < after.versions.size(); i++) {
            String from = before.versions.get(i);
            String to = after.versions.get(i);
            if (!from.equals(to)) {
                add(found, unnamed(path, after, from, to, Bump.between(from, to)));
            }
        }
    }

    private static DependencyBump unnamed(String path, Line line, String from, String to, Bump kind) {
        String ecosystem = Ecosystem.of(path).map(Ecosystem::key).orElse("");
        return new DependencyBump(ecosystem, "", from, to, kind, path + ":" + line.number);
    }

    private static void add(Map<Bump, List<DependencyBump>> found, DependencyBump bump) {
        List<DependencyBump> places = found.computeIfAbsent(bump.kind(), b -> new ArrayList<>());
        if (places.size() < PLACES) {
            places.add(bump);
        }
    }
}
