package io.jenkins.plugins.changegate.engine.policy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Finds the word that somebody probably meant. */
final class Words {

    private Words() {}

    /** Names the word that was probably meant, and all that are possible. */
    static String nearest(String wrong, Collection<?> known) {
        TreeMap<Integer, String> byDistance = new TreeMap<>();
        known.forEach(word -> byDistance.putIfAbsent(distance(wrong, word.toString()), word.toString()));
        String all =
                String.join(", ", known.stream().map(Object::toString).sorted().toList());
        Map.Entry<Integer, String> best = byDistance.firstEntry();
        return best != null && best.getKey() <= 3
                ? "did you mean '" + best.getValue() + "'? Possible: " + all
                : "possible: " + all;
    }

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
