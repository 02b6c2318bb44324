package io.jenkins.plugins.changegate.engine.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * In what two sets of policies differ for the same past changes.
 *
 * @param same for how many changes they say the same
 * @param differences the others by what becomes of them, the most frequent first
 */
public record Differences(int same, List<Difference> differences) {

    /** So many changes are named as examples of one difference. */
    public static final int EXAMPLES = 5;

    /**
     * Changes of which one set says this and the other that.
     *
     * @param from what the first set says
     * @param to what the second set says
     * @param count how many changes
     * @param examples some of them, by id, in their order
     */
    public record Difference(Result from, Result to, int count, List<String> examples) {
        public Difference {
            examples = List.copyOf(examples);
        }
    }

    public Differences {
        differences = List.copyOf(differences);
    }

    /**
     * Compares.
     *
     * @param first what the first set says, today's for instance
     * @param second what the second set says of the same changes, in the same order
     * @throws IllegalArgumentException if they are not the same changes
     */
    public static Differences between(List<Replayed> first, List<Replayed> second) {
        if (!ids(first).equals(ids(second))) {
            throw new IllegalArgumentException("Only what is said of the same changes can be compared");
        }
        Map<Result, Map<Result, List<String>>> ids = new TreeMap<>();
        int same = 0;
        for (int i = 0; i < first.size(); i++) {
            Result from = first.get(i).result();
            Result to = second.get(i).result();
            if (from == to) {
                same++;
            } else {
                ids.computeIfAbsent(from, r -> new TreeMap<>())
                        .computeIfAbsent(to, r -> new ArrayList<>())
                        .add(first.get(i).id());
            }
        }
        List<Difference> differences = new ArrayList<>();
        ids.forEach((from, targets) -> targets.forEach((to, changed) -> differences.add(
                new Difference(from, to, changed.size(), changed.subList(0, Math.min(EXAMPLES, changed.size()))))));
        differences.sort(Comparator.comparingInt(Difference::count).reversed());
        return new Differences(same, differences);
    }

    private static List<String> ids(List<Replayed> changes) {
        return changes.stream().map(Replayed::id).toList();
    }
}
