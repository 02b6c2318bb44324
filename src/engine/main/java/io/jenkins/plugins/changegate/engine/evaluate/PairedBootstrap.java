package io.jenkins.plugins.changegate.engine.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How sure it is that one way to score has a higher AUC than another, in the mean over projects: the changes of each
 * project are drawn anew many times, with repetition, the same for both, and each time the difference is computed.
 * Draws with the same seed are the same everywhere.
 */
final class PairedBootstrap {

    private static final int DRAWS = 1000;
    private static final long SEED = 20261123;
    private static final double TAIL = 0.025;

    /**
     * The same changes, scored in two ways.
     *
     * @param bad what came
     */
    record Pair(double[] ours, double[] theirs, boolean[] bad) {}

    /**
     * A difference of mean AUCs, ours less theirs.
     *
     * @param auc theirs
     * @param difference measured
     * @param lower of the 95 % interval
     * @param upper of the 95 % interval
     */
    record Difference(double auc, double difference, double lower, double upper) {}

    private PairedBootstrap() {}

    /** Compares; projects whose changes are all bad, or all not, are left out. */
    static Difference compare(List<Pair> projects) {
        List<Pair> usable = projects.stream()
                .filter(pair -> !Double.isNaN(new Metrics(pair.ours, pair.bad).auc()))
                .toList();
        if (usable.isEmpty()) {
            return new Difference(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double ours = 0;
        double theirs = 0;
        double[] differences = new double[DRAWS];
        SplittableRandom random = new SplittableRandom(SEED);
        for (Pair pair : usable) {
            ours += new Metrics(pair.ours, pair.bad).auc() / usable.size();
            theirs += new Metrics(pair.theirs, pair.bad).auc() / usable.size();
            Weighted a = new Weighted(pair.ours, pair.bad);
            Weighted b = new Weighted(pair.theirs, pair.bad);
            for (int draw = 0; draw < DRAWS; draw++) {
                int[] times = draw(random, pair.bad);
                differences[draw] += (a.auc(times) - b.auc(times)) / usable.size();
            }
        }
        Arrays.sort(differences);
        return new Difference(
                theirs,
                ours - theirs,
                differences[(int) Math.floor(TAIL * (DRAWS - 1))],
                differences[(int) Math.ceil((1 - TAIL) * (DRAWS - 1))]);
    }

    /** Returns how often each change is drawn; a draw with only bad changes, or none, is drawn again. */
    private static int[] draw(SplittableRandom random, boolean[] bad) {
        while (true) {
            int[] times = new int[bad.length];
            int bads = 0;
            for (int i = 0; i < times.length; i++) {
                int drawn = random.nextInt(times.length);
                times[drawn]++;
                bads += bad[drawn] ? 1 : 0;
            }
            if (bads > 0 && bads < times.length) {
                return times;
            }
        }
    }

    /** The AUC of changes that count several times, fast because they are sorted once. */
    private static final class Weighted {

        private final int[] order;
        private final boolean[] endsTie;
        private final boolean[] bad;

        Weighted(double[] scores, boolean[] bad) {
            this.bad = bad;
            order = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            endsTie = new boolean[order.length];
            for (int i = 0; i < order.length; i++) {
                endsTie[i] = i + 1 == order.length || scores[order[i]] != scores[order[i + 1]];
            }
        }

        double auc(int[] times) {
            double pairs = 0;
            long below = 0;
            long bads = 0;
            long badHere = 0;
            long othersHere = 0;
            for (int i = 0; i < order.length; i++) {
                if (bad[order[i]]) {
                    badHere += times[order[i]];
                } else {
                    othersHere += times[order[i]];
                }
                if (endsTie[i]) {
                    pairs += badHere * (below + othersHere / 2.0);
                    below += othersHere;
                    bads += badHere;
                    badHere = 0;
                    othersHere = 0;
                }
            }
            return pairs / ((double) bads * below);
        }
    }
}
