package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the hunks of a unified diff, with or without context, and hands out their changed lines. Not thread-safe. */
final class DiffHunks {

    /** What follows the second mark is a line of content, and may be anything. */
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

    private final TextLines in;
    private final GitReader.LineSink sink;
    private long left;
    private boolean cut;

    /**
     * @param text how many bytes of changed lines are handed out
     */
    DiffHunks(TextLines in, long text, GitReader.LineSink sink) {
        this.in = in;
        this.left = text;
        this.sink = sink;
    }

    static boolean isHeader(String line) {
        return HUNK.matcher(line).matches();
    }

    /** Whether all was handed out: no line was cut, and nothing was left out. */
    boolean whole() {
        return left > 0 && !cut;
    }

    /**
     * Reads one hunk.
     *
     * @param header the line that {@link #isHeader}
     * @throws IOException if it has not the lines that its header counts
     */
    void read(String header, DiffSection section) throws IOException {
        Matcher matcher = HUNK.matcher(header);
        if (!matcher.matches()) {
            throw new IOException("not a hunk header: " + QuotedName.shown(header));
        }
        String path = Tokens.text(section.path());
        int deleted = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        int added = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
        int before = Integer.parseInt(matcher.group(1));
        int after = Integer.parseInt(matcher.group(3));
        int minus = 0;
        int plus = 0;
        int both = 0;
        while (minus + both < deleted || plus + both < added) {
            String line = in.next();
            if (line == null) {
                throw new IOException("the diff ends in the middle of a hunk");
            }
            // Some mail programs take the space from an empty line.
            char mark = line.isEmpty() || line.equals("\r") ? ' ' : line.charAt(0);
            if (mark == '-') {
                hand(path, false, before + both + minus++, line);
            } else if (mark == '+') {
                hand(path, true, after + both + plus++, line);
            } else if (mark == ' ') {
                both++;
            } else if (mark != '\\') {
                throw new IOException("not a line of a hunk: " + QuotedName.shown(line));
            }
        }
        if (minus + both != deleted || plus + both != added) {
            throw new IOException("a hunk has other lines than its header counts");
        }
        section.count(plus, minus);
    }

    private void hand(String path, boolean isAdded, int number, String line) {
        if (left > 0) {
            cut |= in.cut();
            sink.line(path, isAdded, number, Tokens.text(line.substring(1)));
        }
        left -= in.bytes();
    }
}
