package io.jenkins.plugins.changegate.engine.measure;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;

/** Some thousands of changes with numbers that follow each other, column by column. Not thread-safe. */
final class Block {

    static final int SIZE = 1 << 13;

    /** Marks a time that there is not. */
    static final int NONE = -1;

    /** Seconds before this are not told from it: 2000-01-01. Those up to 2068 are exact. */
    private static final long BEGIN = 946_684_800L;

    private static final Decision[] DECISIONS = Decision.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final RiskLevel[] LEVELS = RiskLevel.values();

    final int[] opened = new int[SIZE];
    final int[] decided = new int[SIZE];
    final int[] ended = new int[SIZE];
    final int[] age = new int[SIZE];
    final int[] recovery = new int[SIZE];
    final int[] target = new int[SIZE];
    final int[] job = new int[SIZE];
    final int[] product = new int[SIZE];
    final int[] rules = new int[SIZE];
    final int[] policy = new int[SIZE];
    final int[][] waits = new int[SIZE][];
    final byte[] score = new byte[SIZE];
    final boolean[] undone = new boolean[SIZE];
    final boolean[] incident = new boolean[SIZE];
    private final byte[] decision = new byte[SIZE];
    private final byte[] outcome = new byte[SIZE];
    private final byte[] level = new byte[SIZE];
    private final byte[] kind = new byte[SIZE];

    static int seconds(long epochSecond) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, epochSecond - BEGIN));
    }

    static long epochSecond(int seconds) {
        return seconds + BEGIN;
    }

    /** Says what a change is. */
    void is(int row, Decision how, RiskLevel risk, Verdict.Kind verdict, ChangeType type) {
        decision[row] = (byte) (how.ordinal() + 1);
        level[row] = (byte) risk.ordinal();
        kind[row] = (byte) (verdict.ordinal() << 1 | (type == ChangeType.EMERGENCY ? 1 : 0));
    }

    /** Says how its deployment ended; {@code null} if it has not. */
    void ends(int row, Outcome how) {
        outcome[row] = (byte) (how == null ? 0 : how.ordinal() + 1);
    }

    boolean has(int row) {
        return decision[row] != 0;
    }

    Decision decision(int row) {
        return DECISIONS[decision[row] - 1];
    }

    RiskLevel level(int row) {
        return LEVELS[level[row]];
    }

    boolean isEmergency(int row) {
        return (kind[row] & 1) != 0;
    }

    boolean isAsked(int row) {
        return kind[row] >> 1 == Verdict.Kind.ASK.ordinal();
    }

    boolean hasEnded(int row) {
        return outcome[row] != 0;
    }

    boolean isDeployed(int row) {
        return hasEnded(row) && OUTCOMES[outcome[row] - 1].isDeployed();
    }

    boolean isUnsuccessful(int row) {
        return hasEnded(row) && !isDeployed(row);
    }

    /** Whether its deployment ended, and was unsuccessful, caused an incident or was taken back. */
    boolean isFailed(int row) {
        return hasEnded(row) && (isUnsuccessful(row) || incident[row] || undone[row]);
    }
}
