package io.jenkins.plugins.changegate.engine.content;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells from the changed lines of dependency manifests what kinds of bumps they hold: a deleted and an added line of
 * one file that differ in nothing but a version are one bump; what has no such partner is new or removed. Lines
 * without a version don't count. A lock file says nothing that its manifest doesn't, so it is no manifest here.
 *
 * <p>Not thread-safe.
 */
final class BumpScan {

    private static final Set<String> MANIFESTS = Set.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "libs.versions.toml",
            "package.json",
            "go.mod",
            "requirements.txt",
            "pyproject.toml",
            "Pipfile",
            "Gemfile",
            "Cargo.toml",
            "composer.json",
            "packages.config",
            "Directory.Packages.props",
            "Dockerfile",
            "Chart.yaml");

    /** A version: digits with at least one dot, or a number right after a colon, quote or tag. Possessive: no recursion. */
    private static final Pattern VERSION = Pattern.compile(
            "(?<![0-9A-Za-z.])v?(\\d++(?:\\.\\d++)++[0-9A-Za-z.+_-]*+|(?<=[:>\"'^~=])\\d+(?=[\"'<\\s]|$))");

    /** Manifests as pathspecs of git: at least those that {@link #isManifest} knows. */
    static final List<String> PATHSPECS = Stream.concat(
                    MANIFESTS.stream().sorted(), Stream.of("*.csproj", "requirements*.txt"))
            .map(name -> ":(top,glob)**/" + name)
            .toList();

    private static final int PLACES = 5;
    private static final int LINES_KEPT = 5_000;

    private final Map<String, List<Line>> deleted = new HashMap<>();
    private final Map<String, List<Line>> added = new HashMap<>();
    private int kept;

    private record Line(String shape, List<String> versions, String place) {}

    /** Whether a file is a manifest of dependencies, by its name. */
    static boolean isManifest(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return MANIFESTS.contains(name) || name.endsWith(".csproj") || name.matches("requirements[\\w.-]*\\.txt");
    }

    void line(String path, boolean isAdded, int number, String text) {
        if (!isManifest(path)) {
            return;
        }
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
                .add(new Line(shape.toString().strip(), versions, path + ":" + number));
    }

    /** Whether every line was kept. */
    boolean whole() {
        return kept <= LINES_KEPT;
    }

    Map<Bump, List<String>> result() {
        Map<Bump, List<String>> found = new EnumMap<>(Bump.class);
        added.forEach((path, lines) -> {
            List<Line> old = deleted.getOrDefault(path, new ArrayList<>());
            for (Line line : lines) {
                Line partner = take(old, line.shape);
                if (partner == null) {
                    add(found, Bump.NEW, line.place);
                } else {
                    compare(found, partner, line);
                }
            }
        });
        deleted.values().forEach(lines -> lines.forEach(line -> add(found, Bump.REMOVED, line.place)));
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

    private static void compare(Map<Bump, List<String>> found, Line before, Line after) {
        for (int i = 0; i < after.versions.size(); i++) {
            String from = before.versions.get(i);
            String to = after.versions.get(i);
            if (!from.equals(to)) {
                add(found, Bump.between(from, to), after.place);
            }
        }
    }

    private static void add(Map<Bump, List<String>> found, Bump bump, String place) {
        List<String> places = found.computeIfAbsent(bump, b -> new ArrayList<>());
        if (places.size() < PLACES) {
            places.add(place);
        }
    }
}
