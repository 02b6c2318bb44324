package io.jenkins.plugins.changegate.engine.learn;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be promised of the failures that pass, and how the same promise was kept so far.
 *
 * @param state how far the known failures reach
 * @param threshold below which changes pass; empty if nothing is promised
 * @param failures how many failures are known, of all times
 * @param measured over how many of the last failures the promise was measured
 * @param missed how many of them would have passed, each by the threshold of its time
 * @param alarmed whether a stronger promise was possible by the number of failures, and was broken
 */
public record Guarantee(
        GuaranteeState state,
        Optional<PassThreshold> threshold,
        int failures,
        int measured,
        int missed,
        boolean alarmed) {

    /** So many failures make the threshold, at most: older ones say little of today. */
    public static final int WINDOW = 300;

    /** The usual probability with which a promise may fail. */
    public static final double DELTA = 0.10;

    /** How many standard errors more than alpha break a promise. */
    private static final double TOLERANCE = 2;

    /** One failure that passes breaks no promise: at the beginning it would be more than any tolerance. */
    private static final int CHANCE = 1;

    public Guarantee {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(threshold, "threshold");
    }

    /**
     * Returns the strongest promise that the failures allow and that was kept: if more than alpha and two standard
     * errors of the last failures would have passed, the next weaker one is tried, and so on.
     *
     * @param scores of all known failures, oldest first, each as it was before anybody knew that it would fail
     * @param strictest no smaller alpha than this is wanted
     */
    public static Guarantee of(List<Double> scores, double strictest) {
        GuaranteeState state = GuaranteeState.of(scores.size());
        while (state != GuaranteeState.ADVISORY && state.alpha().getAsDouble() < strictest) {
            state = state.weaker();
        }
        boolean alarmed = false;
        while (state != GuaranteeState.ADVISORY) {
            double alpha = state.alpha().getAsDouble();
            Past past = Past.of(scores, alpha);
            if (!past.isBroken(alpha)) {
                Optional<PassThreshold> threshold = PassThreshold.of(last(scores, scores.size()), alpha, DELTA);
                return new Guarantee(state, threshold, scores.size(), past.measured, past.missed, alarmed);
            }
            alarmed = true;
            state = state.weaker();
        }
        return new Guarantee(state, Optional.empty(), scores.size(), 0, 0, alarmed);
    }

    /** Returns the same as {@link #of(List, double)}, with the strongest promise that there is. */
    public static Guarantee of(List<Double> scores) {
        return of(scores, 0);
    }

    /** What became of the last failures, each judged by those before it alone. */
    private record Past(int measured, int missed) {

        static Past of(List<Double> scores, double alpha) {
            int measured = 0;
            int missed = 0;
            for (int i = Math.max(0, scores.size() - WINDOW); i < scores.size(); i++) {
                Optional<PassThreshold> then = PassThreshold.of(last(scores, i), alpha, DELTA);
                if (then.isPresent()) {
                    measured++;
                    missed += then.get().passes(scores.get(i)) ? 1 : 0;
                }
            }
            return new Past(measured, missed);
        }

        boolean isBroken(double alpha) {
            return missed > CHANCE
                    && (double) missed / measured > alpha + TOLERANCE * Math.sqrt(alpha * (1 - alpha) / measured);
        }
    }

    private static List<Double> last(List<Double> scores, int end) {
        return scores.subList(Math.max(0, end - WINDOW), end);
    }

    /** Returns the promise as a sentence, with what it rests on and how it was kept. */
    public String sentence() {
        String fallen = alarmed ? " A stronger promise was broken and is withdrawn." : "";
        if (threshold.isEmpty()) {
            return alarmed
                    ? "No promise can be made: the " + failures + " known failures broke the weakest one."
                    : "No promise can be made yet: %d failures are known, and at least %d are needed."
                            .formatted(failures, GuaranteeState.FIRST.failures());
        }
        PassThreshold promise = threshold.get();
        String past = measured == 0
                ? "This could not be measured yet."
                : String.format(
                        Locale.ROOT,
                        "Of the last %d failures %d (%.1f %%) would have passed.",
                        measured,
                        missed,
                        100.0 * missed / measured);
        return "By the last %d failures (n), with %s confidence (delta %s) at most %s of the failures pass (alpha %s). %s%s"
                .formatted(
                        promise.failures(),
                        percent(1 - promise.delta()),
                        promise.delta(),
                        percent(promise.alpha()),
                        promise.alpha(),
                        past,
                        fallen);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
