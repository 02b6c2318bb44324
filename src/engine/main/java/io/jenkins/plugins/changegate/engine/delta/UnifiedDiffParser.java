package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads a unified diff as a stream: git's extended format, or that of {@code diff -u}. Lines are counted by the hunk
 * headers, so content that looks like a header is content; and where the two do not agree, nothing is guessed.
 *
 * <p>Formats: git-diff(1), "Generating patch text with -p"; POSIX {@code diff}, "Diff -u Output Format". Not
 * thread-safe.
 */
final class UnifiedDiffParser {

    private static final Pattern MODE = Pattern.compile("[0-7]{6}");
    private static final Pattern INDEX = Pattern.compile("[0-9a-f]+\\.\\.[0-9a-f]+ [0-7]{6}");
    private static final Pattern BINARY = Pattern.compile("Binary files .+ and .+ differ", Pattern.DOTALL);
    private static final Pattern ONLY_IN = Pattern.compile("Only in .+: .+");
    private static final Pattern SUBMODULE_LOG = Pattern.compile("Submodule .+ [0-9a-f]{7,}\\.{2,3}[0-9a-f]{7,}.*");

    /** What the next line can be. */
    private enum At {
        TEXT,
        HEADER,
        NAMES,
        HUNK_END
    }

    private final TextLines in;
    private final DiffHunks hunks;
    private final DiffListing listing;
    private DiffSection section;
    private At at = At.TEXT;
    private boolean text;
    private boolean git;
    private boolean plain;
    private long onlyIn;

    private UnifiedDiffParser(InputStream in, Limits limits, GitReader.LineSink sink) {
        this.in = new TextLines(in, limits.message());
        this.hunks = new DiffHunks(this.in, limits.text(), sink);
        this.listing = new DiffListing(limits.files());
    }

    /**
     * What a diff says.
     *
     * @param files the files
     * @param whole whether all of the text was handed out: no line was cut, and nothing was left out
     */
    record Parsed(DiffParser.Files files, boolean whole) {}

    /**
     * @param sink receives the changed lines
     * @throws IOException if the input cannot be read, or is no unified diff; names the line
     */
    static Parsed parse(InputStream in, Limits limits, GitReader.LineSink sink) throws IOException {
        UnifiedDiffParser parser = new UnifiedDiffParser(in, limits, sink);
        try {
            return parser.parse();
        } catch (IOException e) {
            throw new IOException("Line " + parser.in.number() + ": " + e.getMessage(), e);
        }
    }

    private Parsed parse() throws IOException {
        for (String line = in.next(); line != null; line = in.next()) {
            // Only content can end with a carriage return that means something: names with one are quoted.
            line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        finish();
        if (onlyIn > 0 && (plain || !git)) {
            throw new IOException(
                    "on line " + onlyIn + " a file is on one side only, and its lines are missing: use diff -ruN");
        }
        if (text && !git && !plain) {
            throw new IOException("this is no unified diff");
        }
        return new Parsed(listing.files(), hunks.whole());
    }

    private void line(String line) throws IOException {
        if (line.startsWith("diff --git ")) {
            finish();
            requireWhole();
            section = DiffSection.ofGit(DiffNames.ofHeader(line.substring("diff --git ".length())));
            git = true;
            at = At.HEADER;
        } else if (isCombined(line)) {
            throw new IOException("a combined diff, of a merge, has no one difference: compare with one parent");
        } else if (DiffHunks.isHeader(line)) {
            hunk(line);
        } else if (at == At.NAMES) {
            finish();
        } else if (isNames(line)) {
            names(line);
        } else if (at == At.HEADER) {
            header(line);
        } else {
            other(line);
        }
    }

    private static boolean isCombined(String line) {
        return line.startsWith("diff --cc ") || line.startsWith("diff --combined ") || line.startsWith("@@@ ");
    }

    private void hunk(String line) throws IOException {
        if (section == null || !section.hasNames() || at == At.HEADER) {
            throw new IOException("a hunk without the name of a file");
        }
        hunks.read(line, section);
        at = At.HUNK_END;
    }

    private boolean isNames(String line) throws IOException {
        return line.startsWith("--- ") && in.peek() != null && in.peek().startsWith("+++ ");
    }

    private void names(String line) throws IOException {
        if (at != At.HEADER) {
            finish();
            section = DiffSection.plain();
            plain = true;
        }
        requireWhole();
        DiffStamp before = DiffStamp.of(line.substring(4));
        String next = in.next();
        requireWhole();
        DiffStamp after = DiffStamp.of(next.substring(4, next.length() - (next.endsWith("\r") ? 1 : 0)));
        // A stamp is a habit of diff -u; git says of itself what comes and goes.
        boolean stamped = !section.isGit();
        section.names(
                new DiffNames(before.name(), after.name()), stamped && before.absent(), stamped && after.absent());
        at = At.NAMES;
    }

    private void header(String line) throws IOException {
        requireWhole();
        if (line.startsWith("old mode ")) {
            section.oldMode(mode(line, "old mode "));
        } else if (line.startsWith("new mode ")) {
            section.newMode(mode(line, "new mode "));
        } else if (line.startsWith("new file mode ")) {
            section.isNew(mode(line, "new file mode "));
        } else if (line.startsWith("deleted file mode ")) {
            section.isGone(mode(line, "deleted file mode "));
        } else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
            section.from(name(line, " from "), line.startsWith("copy"));
        } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
            section.to(name(line, " to "));
        } else if (line.startsWith("index ")) {
            index(line.substring("index ".length()));
        } else if (line.equals("GIT binary patch") || isBinary(line)) {
            section.isBinary();
            finish();
        } else if (!line.startsWith("similarity index ") && !line.startsWith("dissimilarity index ")) {
            finish();
            other(line);
        }
    }

    private void index(String objects) {
        if (INDEX.matcher(objects).matches()) {
            String mode = objects.substring(objects.length() - 6);
            section.modes(mode, mode);
        }
    }

    /** Takes a line that is part of no file; what is written between files is nobody's business. */
    private void other(String line) throws IOException {
        if (at == At.HUNK_END && !line.isEmpty() && " +-".indexOf(line.charAt(0)) >= 0 && !isSignature(line)) {
            throw new IOException("a changed line that its hunk's header does not count");
        }
        if (at == At.HUNK_END && line.startsWith("\\")) {
            return;
        }
        finish();
        if (ONLY_IN.matcher(line).matches() && onlyIn == 0) {
            onlyIn = in.number();
        } else if (SUBMODULE_LOG.matcher(line).matches()) {
            throw new IOException("a submodule without its lines: use --submodule=short");
        } else if (isBinary(line)) {
            requireWhole();
            listing.add(DiffStamp.binary(line));
            plain = true;
        }
        text |= !line.isBlank();
    }

    /** The end of what {@code git format-patch} writes. */
    private static boolean isSignature(String line) {
        return line.equals("-- ") || line.equals("--");
    }

    private static boolean isBinary(String line) {
        return BINARY.matcher(line).matches();
    }

    private static String mode(String line, String key) throws IOException {
        String mode = line.substring(key.length());
        if (!MODE.matcher(mode).matches()) {
            throw new IOException("not the mode of a file: " + QuotedName.shown(mode));
        }
        return mode;
    }

    private static String name(String line, String key) throws IOException {
        return QuotedName.unquote(line.substring(line.indexOf(key) + key.length()));
    }

    private void requireWhole() throws IOException {
        if (in.cut()) {
            throw new IOException("a name longer than is looked at");
        }
    }

    private void finish() throws IOException {
        if (at == At.NAMES) {
            throw new IOException("the names of a file are followed by no hunk");
        }
        if (section != null) {
            listing.add(section);
        }
        section = null;
        at = At.TEXT;
    }
}
