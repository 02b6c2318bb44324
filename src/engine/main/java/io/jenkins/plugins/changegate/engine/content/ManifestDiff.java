package io.jenkins.plugins.changegate.engine.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a manifest declares before and after a change.
 *
 * @param bumps what moved, in the order of the manifest
 * @param linesBefore the lines that are understood, before
 * @param linesAfter the lines that are understood, after
 */
record ManifestDiff(List<DependencyBump> bumps, Set<Integer> linesBefore, Set<Integer> linesAfter) {

    ManifestDiff {
        bumps = List.copyOf(bumps);
        linesBefore = Set.copyOf(linesBefore);
        linesAfter = Set.copyOf(linesAfter);
    }

    /**
     * @param oldPath where it was before
     */
    static ManifestDiff of(
            Ecosystem ecosystem, String oldPath, String path, List<Declared> before, List<Declared> after) {
        Map<String, List<Declared>> old = new LinkedHashMap<>();
        before.stream()
                .filter(each -> !each.isNothing())
                .forEach(each -> old.computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(each));
        List<Declared> changed = new ArrayList<>();
        for (Declared each : after) {
            if (!each.isNothing() && !takeEqual(old.get(each.name()), each)) {
                changed.add(each);
            }
        }
        List<DependencyBump> bumps = new ArrayList<>();
        for (Declared each : changed) {
            List<Declared> partners = old.getOrDefault(each.name(), List.of());
            String place = path + ":" + each.lines().get(0);
            if (partners.isEmpty()) {
                bumps.add(new DependencyBump(ecosystem.key(), each.name(), "", each.version(), Bump.NEW, place));
            } else {
                String from = partners.remove(0).version();
                bumps.add(new DependencyBump(
                        ecosystem.key(), each.name(), from, each.version(), Bump.between(from, each.version()), place));
            }
        }
        old.values().stream()
                .flatMap(List::stream)
                .forEach(gone -> bumps.add(new DependencyBump(
                        ecosystem.key(),
                        gone.name(),
                        gone.version(),
                        "",
                        Bump.REMOVED,
                        oldPath + ":" + gone.lines().get(0))));
        return new ManifestDiff(bumps, lines(before), lines(after));
    }

    private static boolean takeEqual(List<Declared> old, Declared each) {
        if (old == null) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (old.get(i).version().equals(each.version())) {
                old.remove(i);
                return true;
            }
        }
        return false;
    }

    private static Set<Integer> lines(List<Declared> declared) {
        Set<Integer> lines = new HashSet<>();
        declared.forEach(each -> lines.addAll(each.lines()));
        return lines;
    }
}
