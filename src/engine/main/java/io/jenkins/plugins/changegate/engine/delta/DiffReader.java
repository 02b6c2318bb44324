package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Reads a change from a file that holds its unified diff, as {@code git diff} or {@code diff -ruN} writes it, where
 * there is no clone.
 *
 * <p>A diff says what changes, and not who wrote it nor from which commit to which. So base is empty, head is the
 * SHA-256 of the diff, and the reading has a {@link Gap.Kind#HISTORY_CUT} gap. Nor does it say of a file that is only
 * renamed whether it is a link or a submodule. Stateless; may be used from several threads.
 */
public final class DiffReader implements ChangedText {

    private final Path file;
    private final Limits limits;

    /**
     * @param file the diff
     * @param limits how much is read at most; the time does not apply
     */
    public DiffReader(Path file, Limits limits) {
        this.file = Objects.requireNonNull(file, "file");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Reads the change.
     *
     * @throws IOException if the file cannot be read or is no unified diff, or one of a merge with several parents; the
     *     message names the line
     */
    public Reading read() throws IOException {
        MessageDigest digest = sha256();
        DiffParser.Files files;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            files = UnifiedDiffParser.parse(in, limits, (path, added, number, text) -> {})
                    .files();
        }
        Gap authors = new Gap(
                Gap.Kind.HISTORY_CUT,
                "A diff does not say who wrote it, so nobody knows who may not approve it: assess it in a clone.");
        return Readings.ofFiles(HexFormat.of().formatHex(digest.digest()), files.listed(), files.totals())
                .with(authors);
    }

    /** A diff cannot be asked for some of its files: all are handed out. */
    @Override
    public boolean lines(Delta delta, List<String> pathspecs, GitReader.LineSink lines) throws IOException {
        MessageDigest digest = sha256();
        boolean whole;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            whole = UnifiedDiffParser.parse(in, limits, lines).whole();
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(delta.head())) {
            throw new IOException("The diff was changed while it was read: " + file);
        }
        return whole;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
