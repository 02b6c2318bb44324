package io.jenkins.plugins.changegate.engine.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Words {

    /** More letters than this are wrong only in another word. */
    private static final int MOST_WRONG = 3;

    private Words() {}

    /** Names the word that was probably meant, and all that are possible. */
    public static String nearest(String wrong, Collection<?> known) {
        String all =
                String.join(", ", known.stream().map(Object::toString).sorted().toList());
        return meant(wrong, known, MOST_WRONG)
                .map(word -> "did you mean '" + word + "'? Possible: " + all)
                .orElse("possible: " + all);
    }

    /** Returns the word that was probably meant, if it is near enough. */
    public static Optional<String> meant(String wrong, Collection<?> known) {
        return meant(wrong, known, MOST_WRONG);
    }

    /**
     * Returns the word that was almost certainly meant: at most a third of it is wrong. For words of which there are so
     * many that one is always near.
     */
    public static Optional<String> surelyMeant(String wrong, Collection<?> known) {
        return meant(wrong, known, Math.min(MOST_WRONG, wrong.length() / 3));
    }

    private static Optional<String> meant(String wrong, Collection<?> known, int most) {
        String best = null;
        int least = most + 1;
        for (Object each : known) {
            String word = each.toString();
            int longer = Math.max(wrong.length(), word.length());
            // A word this much longer or shorter is not near, whatever its letters.
            if (Math.abs(wrong.length() - word.length()) > most) {
                continue;
            }
            int distance = distance(wrong, word);
            // Of a short word, half may be wrong.
            boolean near = distance <= most && distance < longer && distance <= Math.max(1, longer / 2);
            if (near && (distance < least || distance == least && isLiker(wrong, word, best))) {
                best = word;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether of two words that are as near a wrong one, the first is liker: as long, or begins with it. */
    private static boolean isLiker(String wrong, String word, String best) {
        return best.length() != wrong.length() && (word.length() == wrong.length() || word.startsWith(wrong));
    }

    /**
     * Returns how many letters have to be added, removed, replaced or exchanged with the next one: the distance of
     * Damerau and Levenshtein, restricted to one exchange of a letter.
     */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
