package io.jenkins.plugins.changegate.engine.condition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds what an RE2 pattern may cost. Its time is linear in the text, but RE2/J writes counted repetitions out, so
 * {@code ((a{1000}){1000}){1000}} would take all the memory there is, and deep nesting all of the stack.
 */
final class PatternSize {

    /** Longest pattern, in characters. */
    private static final int LENGTH_LIMIT = 1_000;

    /** How many characters a pattern may have once its repetitions are written out. */
    private static final int SIZE_LIMIT = 5_000;

    private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private final String pattern;
    private final Deque<long[]> around = new ArrayDeque<>();
    private long size;
    private long last;
    private boolean quotes;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** Returns what is too much about a pattern; empty if nothing is. */
    static Optional<String> tooLarge(String pattern) {
        if (pattern.length() > LENGTH_LIMIT) {
            return Optional.of("A pattern may have at most " + LENGTH_LIMIT + " characters");
        }
        PatternSize all = new PatternSize(pattern);
        if (all.estimate() > SIZE_LIMIT) {
            return Optional.of(
                    "The counted repetitions of a pattern may come to at most " + SIZE_LIMIT + " characters");
        }
        return all.quotes ? Optional.of("A pattern may not quote with \\Q: escape each character") : Optional.empty();
    }

    /** Never less than what RE2/J makes of it: where that is not sure, too much is taken for it. */
    private long estimate() {
        Matcher counts = COUNTS.matcher(pattern);
        int at = 0;
        while (at < pattern.length() && size <= SIZE_LIMIT) {
            char c = pattern.charAt(at);
            if (counts.region(at, pattern.length()).lookingAt()) {
                String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
                long times = Math.max(1, Long.parseLong(most));
                size += last * (times - 1);
                last *= times;
                at = counts.end();
            } else if (c == '(') {
                around.push(new long[] {size, last});
                size = 0;
                last = 0;
                at++;
            } else if (c == ')' && !around.isEmpty()) {
                long[] before = around.pop();
                // A group that only sets flags leaves what stands before it to be repeated.
                last = Math.max(before[1], size);
                size += before[0];
                at++;
            } else if (c == '*' || c == '+' || c == '?' || c == '|') {
                at++;
            } else if (pattern.startsWith("\\Q", at) || pattern.startsWith("\\E", at)) {
                quotes |= pattern.charAt(at + 1) == 'Q';
                at += 2;
            } else {
                at = c == '[' ? afterClass(at) : c == '\\' ? afterEscape(at) : at + 1;
                size++;
                last = 1;
            }
        }
        return size;
    }

    private int afterEscape(int from) {
        int end = pattern.startsWith("{", from + 2) && "xpP".indexOf(pattern.charAt(from + 1)) >= 0
                ? pattern.indexOf('}', from)
                : -1;
        return end < 0 ? from + 2 : end + 1;
    }

    private int afterClass(int from) {
        int at = pattern.startsWith("^", from + 1) ? from + 2 : from + 1;
        at += pattern.startsWith("]", at) ? 1 : 0;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            at += pattern.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
