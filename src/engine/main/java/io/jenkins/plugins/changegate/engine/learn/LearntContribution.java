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

    /**
     * Returns the reason as a person checks it, for whom points say how much it weighs, and what would lower it.
     *
     * @param whose of what the recent changes are, in words that follow "of"
     */
    public String because(String whose) {
        if (value.isEmpty()) {
            return "Not known: " + term.words() + "; the mean is assumed.";
        }
        if (term.isYesOrNo()) {
            return (value.getAsDouble() > 0 ? "Is a " : "Is no ") + term.words() + ".";
        }
        String number = counted(value.getAsDouble(), term.words());
        if (percentBelow.isEmpty()) {
            return number + ".";
        }
        double percent = percentBelow.getAsDouble();
        // Rounded down, so that nothing is more than all of them unless it is.
        String text = percent >= 50
                ? "%s: more than %d %% of the last changes of %s.".formatted(number, (int) percent, whose)
                : "%s: %d %% of the last changes of %s have as many or more."
                        .formatted(number, (int) (100 - percent), whose);
        return logOdds > 0 && percent >= 50 && term.isCount() ? text + " Fewer would score less." : text;
    }

    private static String counted(double value, String words) {
        int end = words.indexOf(' ');
        String noun = words.substring(0, end);
        if (value != 1 || !noun.endsWith("s")) {
            return number(value) + " " + words;
        }
        String one = noun.endsWith("ies") ? noun.replaceAll("ies$", "y") : noun.substring(0, noun.length() - 1);
        return "1 " + one + words.substring(end);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
