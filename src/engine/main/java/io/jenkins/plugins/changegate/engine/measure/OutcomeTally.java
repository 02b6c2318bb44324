package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Adds up how deployments ended, by what was known of the change before. Not thread-safe. */
final class OutcomeTally {

    private static final int BINS = 10;
    private static final int HIGHEST = 100;

    private final long[] decided = new long[Decision.values().length];
    private final long[] decidedFailed = new long[decided.length];
    private final long[] levels = new long[RiskLevel.values().length];
    private final long[] levelsFailed = new long[levels.length];
    private final long[] bins = new long[BINS];
    private final long[] binsFailed = new long[BINS];
    private final long[] scores = new long[BINS];
    private long ended;
    private long failed;

    /** Adds a deployment that has ended. */
    void add(Block block, int row) {
        int decision = block.decision(row).ordinal();
        int level = block.level(row).ordinal();
        int bin = Math.min(BINS - 1, block.score[row] * BINS / HIGHEST);
        int bad = block.isFailed(row) ? 1 : 0;
        ended++;
        failed += bad;
        decided[decision]++;
        decidedFailed[decision] += bad;
        levels[level]++;
        levelsFailed[level] += bad;
        bins[bin]++;
        binsFailed[bin] += bad;
        scores[bin] += block.score[row];
    }

    /** Returns failures of all. */
    Share all() {
        return new Share(failed, ended);
    }

    /** Returns failures by the place of the decision. */
    Share[] decisions() {
        return IntStream.range(0, decided.length)
                .mapToObj(i -> new Share(decidedFailed[i], decided[i]))
                .toArray(Share[]::new);
    }

    List<Line.Outcome> byDecision() {
        List<Line.Outcome> lines = new ArrayList<>();
        for (Decision decision : Decision.values()) {
            if (decision.lets()) {
                lines.add(new Line.Outcome(decision.key(), decisions()[decision.ordinal()]));
            }
        }
        return lines;
    }

    List<Line.Outcome> byLevel() {
        List<Line.Outcome> lines = new ArrayList<>();
        for (RiskLevel level : RiskLevel.values()) {
            lines.add(new Line.Outcome(level.key(), new Share(levelsFailed[level.ordinal()], levels[level.ordinal()])));
        }
        return lines;
    }

    /** Returns scores in ten bins, and what came of them. */
    List<Line.Bin> calibration() {
        List<Line.Bin> lines = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int from = bin * HIGHEST / BINS;
            int to = bin == BINS - 1 ? HIGHEST : (bin + 1) * HIGHEST / BINS - 1;
            double mean = bins[bin] == 0 ? (from + to) / 2.0 : (double) scores[bin] / bins[bin];
            lines.add(new Line.Bin(from, to, mean / HIGHEST, new Share(binsFailed[bin], bins[bin])));
        }
        return lines;
    }
}
