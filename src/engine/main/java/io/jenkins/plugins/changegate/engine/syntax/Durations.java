package io.jenkins.plugins.changegate.engine.syntax;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write and say them: {@code 30 minutes}, {@code 1 hour}, {@code 3 days}. */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]*+) ++(minute|hour|day)s?");

    /** More digits than any time has that is worth waiting, and few enough to count with. */
    private static final int DIGITS = 9;

    private Durations() {}

    /**
     * Returns the time that is written.
     *
     * @param text a whole number from 1, a space and a unit
     * @return empty if it is no time; more than a thousand years if its number has too many digits
     */
    static Optional<Duration> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(1);
        long count = Long.parseLong(digits.length() > DIGITS ? "9".repeat(DIGITS) : digits);
        ChronoUnit unit = ChronoUnit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT) + "S");
        return Optional.of(Duration.of(count, unit));
    }

    /**
     * Returns the time that is written; what is no time, or too long a one, is a mistake.
     *
     * @return empty if it is no time
     */
    static Optional<Duration> checked(Text written, PolicySource source, Duration longest) {
        Optional<Duration> time = parse(written.value());
        if (time.isEmpty()) {
            source.mistake(written, "'" + written.value() + "' is no time; write '30 minutes', '4 hours' or '3 days'");
        } else if (time.get().compareTo(longest) > 0) {
            source.mistake(written, "'" + written.value() + "' is too long a time; at most: " + words(longest));
        }
        return time;
    }

    /**
     * Returns a time in words, in the largest unit that it is a whole number of; what is below a minute is left out.
     *
     * @param time not negative
     */
    public static String words(Duration time) {
        long minutes = time.toMinutes();
        if (minutes % 60 != 0 || minutes == 0) {
            return count(minutes, "minute");
        }
        long hours = minutes / 60;
        return hours % 24 == 0 ? count(hours / 24, "day") : count(hours, "hour");
    }

    private static String count(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
