package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code git diff -U0 --no-prefix} as a stream. Lines are counted by the hunk headers, so content that looks like
 * a header ({@code +++ }, {@code @@}) is content.
 */
final class PatchParser {

    /** What follows the second mark is a line of content, and may be anything. */
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

    private final TextLines in;
    private long left;
    private boolean cut;
    private String header;

    private PatchParser(InputStream in, Limits limits) {
        this.in = new TextLines(in, limits.message());
        this.left = limits.text();
    }

    /**
     * @return whether everything was read: no line was cut, and nothing was left out
     * @throws IOException if the input cannot be read, or is not of the expected form
     */
    static boolean parse(InputStream stdout, Limits limits, GitReader.LineSink sink) throws IOException {
        return new PatchParser(stdout, limits).parse(sink);
    }

    /**
     * Reads the text that {@code git diff-tree --stdin --always -p} tells of many pairs of commits, each after the name
     * of its second commit. The bound on text is for each.
     *
     * @param heads the second commits, in order
     * @param sinks receive the changed lines, one for each
     * @return for each, whether everything was read
     * @throws IOException if the input cannot be read, or is not of the expected form
     */
    static List<Boolean> parseMany(
            InputStream stdout, Limits limits, List<String> heads, List<? extends GitReader.LineSink> sinks)
            throws IOException {
        PatchParser parser = new PatchParser(stdout, limits);
        List<Boolean> whole = new ArrayList<>();
        parser.header = parser.next();
        for (int i = 0; i < heads.size(); i++) {
            if (!heads.get(i).equals(parser.header)) {
                throw new IOException("Not the commit " + heads.get(i) + ": " + parser.header);
            }
            parser.left = limits.text();
            parser.cut = false;
            whole.add(parser.parse(sinks.get(i)));
            parser.left = Long.MAX_VALUE;
            while (parser.header == null) {
                String line = parser.next();
                if (line == null) {
                    break;
                }
                parser.header = Git.isObjectName(line) ? line : null;
            }
        }
        return whole;
    }

    private boolean parse(GitReader.LineSink sink) throws IOException {
        String oldPath = "";
        String path = "";
        header = null;
        for (String line = next(); line != null; line = next()) {
            // A line of content begins with a mark, and the other lines with a word, so this is the next commit.
            if (Git.isObjectName(line)) {
                header = line;
                break;
            }
            if (line.startsWith("--- ")) {
                oldPath = name(line.substring(4));
            } else if (line.startsWith("+++ ")) {
                String newPath = name(line.substring(4));
                path = newPath.equals("/dev/null") ? oldPath : newPath;
            } else if (line.startsWith("@@ ")) {
                hunk(line, path, sink);
            }
        }
        return left > 0 && !cut;
    }

    private void hunk(String header, String path, GitReader.LineSink sink) throws IOException {
        Matcher matcher = HUNK.matcher(header);
        if (!matcher.matches()) {
            throw new IOException("Not a hunk header: " + header);
        }
        int deletedFrom = Integer.parseInt(matcher.group(1));
        int deleted = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        int addedFrom = Integer.parseInt(matcher.group(3));
        int added = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
        int minus = 0;
        int plus = 0;
        while (minus < deleted || plus < added) {
            String line = next();
            if (line == null && left > 0) {
                throw new IOException("git's output ended in the middle of a hunk");
            }
            if (line == null) {
                return;
            }
            if (line.startsWith("-")) {
                sink.line(path, false, deletedFrom + minus++, line.substring(1));
            } else if (line.startsWith("+")) {
                sink.line(path, true, addedFrom + plus++, line.substring(1));
            } else if (!line.startsWith("\\")) {
                throw new IOException("Not a changed line: " + line);
            }
        }
    }

    /** Returns the next line, cut at the bound, or {@code null} at the end or when enough was read. */
    private String next() throws IOException {
        if (left <= 0) {
            return null;
        }
        String line = in.next();
        if (line == null) {
            return null;
        }
        left -= in.bytes();
        cut |= in.cut();
        return Tokens.text(line);
    }

    /** Undoes git's C-style quoting of unusual file names, and the tab that ends a name with a space. */
    private static String name(String field) throws IOException {
        String name = field.endsWith("\t") ? field.substring(0, field.length() - 1) : field;
        // One that was cut has no end; that not everything was read is known then.
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? Tokens.text(QuotedName.unquote(
                        new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                : name;
    }
}
