package io.jenkins.plugins.changegate.engine.learn;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one term makes of a score, compared with the median change.
 *
 * @param term what it is about
 * @param value of the change: of x per y it is (1 + x) / (1 + y); empty if it is missing, and then the mean was assumed
 * @param logOdds how much more it adds than for the median of the recent changes; negative if less
 * @param percentBelow the share of the recent changes, from 0 to 100, for which the value is less; empty if there are
 *     none to compare with, or if the value is missing
 */
public record LearntContribution(Term term, OptionalDouble value, double logOdds, OptionalDouble percentBelow) {

    public LearntContribution {
        Objects.requireNonNull(term, "term");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(percentBelow, "percentBelow");
    }

    /** Returns what the odds of a failure are multiplied by, compared with the median change. */
    public double oddsRatio() {
        return Math.exp(logOdds);
    }

    /** Returns the reason as one sentence that a person understands. */
    public String sentence() {
        StringBuilder text = new StringBuilder();
        if (value.isEmpty()) {
            text.append("Not known: ").append(term.words()).append("; the mean is assumed");
        } else if (term.isYesOrNo()) {
            text.append(value.getAsDouble() > 0 ? "Is a " : "Is no ").append(term.words());
        } else {
            text.append(number(value.getAsDouble())).append(' ').append(term.words());
            percentBelow.ifPresent(percent ->
                    text.append(String.format(Locale.ROOT, ": more than for %.0f %% of the recent changes", percent)));
        }
        return text.append(String.format(Locale.ROOT, "; odds x%.2f.", oddsRatio()))
                .toString();
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
