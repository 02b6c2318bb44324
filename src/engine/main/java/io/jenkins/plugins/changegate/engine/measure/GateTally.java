package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the gate did. Not thread-safe. */
final class GateTally {

    private static final double SECONDS_OF_HOUR = 3600;

    private final long[] decisions = new long[Decision.values().length];
    private final Times waiting = new Times();
    private final Times[] byLevel = times(RiskLevel.values().length);
    private final long[] openByLevel = new long[byLevel.length];
    private final Times[] byRequirement;
    private final long[] openByRequirement;
    private long decided;
    private long asked;
    private long emergency;
    private long given;
    private long seconds;

    GateTally(int requirements) {
        byRequirement = times(requirements);
        openByRequirement = new long[requirements];
    }

    private static Times[] times(int count) {
        Times[] times = new Times[count];
        for (int i = 0; i < count; i++) {
            times[i] = new Times();
        }
        return times;
    }

    /** Whether people said what is to become of a change of which they were asked. */
    static boolean isAnswered(Decision decision) {
        return decision == Decision.APPROVED || decision == Decision.REJECTED || decision == Decision.OVERRIDDEN;
    }

    /** Adds a change that was decided. */
    void add(Block block, int row) {
        decided++;
        Decision decision = block.decision(row);
        decisions[decision.ordinal()]++;
        if (block.isEmergency(row)) {
            emergency++;
        }
        if (!block.isAsked(row)) {
            return;
        }
        asked++;
        int waited = Math.max(0, block.decided[row] - block.opened[row]);
        seconds += waited;
        int level = block.level(row).ordinal();
        if (isAnswered(decision)) {
            waiting.add(waited);
            byLevel[level].add(waited);
        } else {
            given++;
            openByLevel[level]++;
        }
        int[] waits = block.waits[row];
        for (int i = 0; i < waits.length; i += 2) {
            if (waits[i + 1] < 0) {
                openByRequirement[waits[i]]++;
            } else {
                byRequirement[waits[i]].add(waits[i + 1]);
            }
        }
    }

    /**
     * @param failures of the deployments that ended in the period, by the place of the decision
     */
    Gate gate(Share[] failures) {
        Map<String, Long> byDecision = new LinkedHashMap<>();
        for (Decision decision : Decision.values()) {
            byDecision.put(decision.key(), decisions[decision.ordinal()]);
        }
        return new Gate(
                decided,
                share(Decision.PASSED),
                new Share(asked, decided),
                share(Decision.REFUSED),
                share(Decision.OVERRIDDEN),
                new Share(emergency, decided),
                byDecision,
                waiting.spread(),
                seconds / SECONDS_OF_HOUR,
                new Gate.Catch(
                        decisions[Decision.REJECTED.ordinal()],
                        decisions[Decision.REFUSED.ordinal()],
                        given,
                        failures[Decision.PASSED.ordinal()],
                        failures[Decision.APPROVED.ordinal()],
                        failures[Decision.OVERRIDDEN.ordinal()]));
    }

    private Share share(Decision decision) {
        return new Share(decisions[decision.ordinal()], decided);
    }

    /** Returns how long changes waited by level, the lowest first. */
    List<Line.Waiting> byLevel() {
        List<Line.Waiting> lines = new ArrayList<>();
        for (RiskLevel level : RiskLevel.values()) {
            int place = level.ordinal();
            lines.add(new Line.Waiting(level.key(), byLevel[place].spread(), openByLevel[place]));
        }
        return lines;
    }

    /** Returns how long requirements took, those met most often first. */
    List<Line.Waiting> byRequirement(Names<String> requirements) {
        List<Line.Waiting> lines = new ArrayList<>();
        for (int i = 0; i < byRequirement.length; i++) {
            Line.Waiting line = new Line.Waiting(requirements.get(i), byRequirement[i].spread(), openByRequirement[i]);
            if (line.time().count() + line.open() > 0) {
                lines.add(line);
            }
        }
        lines.sort(Comparator.comparingLong((Line.Waiting line) -> -line.time().count())
                .thenComparing(Line.Waiting::name));
        return lines;
    }
}
