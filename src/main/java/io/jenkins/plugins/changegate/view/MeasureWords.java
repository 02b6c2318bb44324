package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.measure.Share;
import io.jenkins.plugins.changegate.engine.measure.Spread;
import java.util.Locale;
import java.util.function.Function;

/** How measures are written. */
final class MeasureWords {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** What is written where there is nothing to tell. */
    static final String NOTHING = "–";

    private MeasureWords() {}

    /** Returns a time with its two largest units. */
    static String time(long seconds) {
        if (seconds < MINUTE) {
            return Messages.MeasureWords_seconds(seconds);
        }
        if (seconds < HOUR) {
            return two(
                    Messages.MeasureWords_minutes(seconds / MINUTE), seconds % MINUTE, Messages::MeasureWords_seconds);
        }
        if (seconds < DAY) {
            return two(
                    Messages.MeasureWords_hours(seconds / HOUR),
                    seconds % HOUR / MINUTE,
                    Messages::MeasureWords_minutes);
        }
        return two(Messages.MeasureWords_days(seconds / DAY), seconds % DAY / HOUR, Messages::MeasureWords_hours);
    }

    private static String two(String first, long rest, Function<Object, String> second) {
        return rest == 0 ? first : first + " " + second.apply(rest);
    }

    static String median(Spread spread) {
        return spread.count() == 0 ? NOTHING : time(spread.median());
    }

    static String ninetieth(Spread spread) {
        return spread.count() == 0 ? NOTHING : time(spread.ninetieth());
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number).replace(',', '\u00a0');
    }

    static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", 100 * share).replace(' ', '\u00a0');
    }

    static String percent(Share share) {
        return share.of() == 0 ? NOTHING : percent(share.value());
    }

    /** Returns how far chance alone may have moved it. */
    static String interval(Share share) {
        return share.of() == 0
                ? NOTHING
                : String.format(Locale.ENGLISH, "%.1f–%.1f %%", 100 * share.low(), 100 * share.high())
                        .replace(' ', '\u00a0');
    }
}
