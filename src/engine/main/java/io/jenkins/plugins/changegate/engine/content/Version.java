package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One version: its numbers, and what follows them.
 *
 * @param numbers as many as are written, at most {@value #NUMBERS}
 * @param qualifier what follows, without build metadata; may be empty
 */
record Version(List<BigInteger> numbers, String qualifier) {

    private static final int NUMBERS = 6;

    /** Longest number, in digits. */
    private static final int DIGITS = 30;

    /** Qualifiers that promise no less than none: those of releases, also with a date as Eclipse writes it. */
    private static final Pattern RELEASE = Pattern.compile("[.-]?(final|ga|release|v\\d+)?");

    /**
     * The abbreviated commit after a number that counts commits, as continuously delivered projects write it ({@code
     * 1424.vc64a_edde7777}): the number rises with each release, and promises nothing. See JEP-229,
     * https://github.com/jenkinsci/jep/tree/master/jep/229.
     */
    private static final Pattern COUNTED = Pattern.compile("\\.v[0-9a-f_]{12,}.*");

    /** The words of pre-releases, each as a whole; fourteen digits are the time in a pseudo-version of Go. */
    private static final Pattern PRE_RELEASE = Pattern.compile(
            "(^|[^a-z])(alpha|beta|rc|cr|m\\d|milestone|snapshot|dev|pre|preview|canary|nightly|next|ea|a\\d|b\\d)"
                    + "([^a-z]|$)|(^|\\D)\\d{14}(\\D|$)");

    Version {
        numbers = List.copyOf(numbers);
    }

    /**
     * Reads a version that begins with a digit.
     *
     * @return {@code null} if it is none: the name of a commit, or a number too long to be one of a version
     */
    static Version of(String text) {
        if (text.length() >= 7 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0) && !isNumber(text)) {
            return null;
        }
        List<BigInteger> numbers = new ArrayList<>();
        int at = 0;
        while (at < text.length() && numbers.size() < NUMBERS) {
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at || end - at > DIGITS) {
                break;
            }
            numbers.add(new BigInteger(text.substring(at, end)));
            at = end;
            if (end + 1 >= text.length() || text.charAt(end) != '.' || !isDigit(text.charAt(end + 1))) {
                break;
            }
            at++;
        }
        String rest = text.substring(Math.min(at, text.length()));
        int build = rest.indexOf('+');
        return numbers.isEmpty() ? null : new Version(numbers, build < 0 ? rest : rest.substring(0, build));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> isDigit((char) c));
    }

    /** Returns a number by its place; 0 where none is written. */
    BigInteger number(int place) {
        return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
    }

    /** Whether it says of itself that it is not released yet. */
    boolean isPreRelease() {
        return PRE_RELEASE.matcher(qualifier.toLowerCase(Locale.ROOT)).find();
    }

    /** Returns the kind of the step to another version. */
    Bump to(Version after) {
        int places = Math.max(numbers.size(), after.numbers.size());
        for (int place = 0; place < places; place++) {
            int difference = after.number(place).compareTo(number(place));
            if (difference != 0) {
                return difference < 0 ? Bump.DOWNGRADE : up(place, after);
            }
        }
        boolean back = after.isPreRelease()
                && (!isPreRelease() || naturally(after.qualifier).compareTo(naturally(qualifier)) < 0);
        return back ? Bump.DOWNGRADE : Bump.UNKNOWN;
    }

    private boolean countsCommits() {
        return COUNTED.matcher(qualifier).matches();
    }

    private Bump up(int place, Version after) {
        if (countsCommits() || after.countsCommits()) {
            return Bump.UNKNOWN;
        }
        // Before 1.0.0 the second number says what the first does later: semver.org, 4, and how Cargo and npm read it.
        int weight = number(0).signum() == 0 && place > 0 ? place - 1 : place;
        if (weight == 0) {
            return Bump.MAJOR;
        }
        boolean promised = !isPreRelease()
                && !after.isPreRelease()
                && (qualifier.equalsIgnoreCase(after.qualifier) || isRelease(qualifier) && isRelease(after.qualifier));
        if (!promised || place > 2) {
            return Bump.UNKNOWN;
        }
        return weight == 1 ? Bump.MINOR : Bump.PATCH;
    }

    private static boolean isRelease(String qualifier) {
        return RELEASE.matcher(qualifier.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns a qualifier so that the order of texts is that of its numbers and words. */
    private static String naturally(String qualifier) {
        StringBuilder text = new StringBuilder();
        int digits = 0;
        for (int i = qualifier.length() - 1; i >= 0; i--) {
            char c = qualifier.charAt(i);
            boolean digit = isDigit(c);
            if (!digit && digits > 0) {
                text.append("0".repeat(Math.max(0, DIGITS - digits)));
            }
            digits = digit ? digits + 1 : 0;
            text.append(Character.toLowerCase(c));
        }
        if (digits > 0) {
            text.append("0".repeat(Math.max(0, DIGITS - digits)));
        }
        return text.reverse().toString();
    }
}
