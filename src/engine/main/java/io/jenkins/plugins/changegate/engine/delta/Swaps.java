package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which contents a difference puts in the place of which, in a form by which two differences can be told to be equal,
 * whatever order their files come in. For one difference; not thread-safe.
 */
final class Swaps {

    /** Of a difference of more files, a renamed one counted twice, nothing is told: this bounds what is kept. */
    static final int FILES = 1_000;

    private static final String ABSENT = "000000";

    private final List<String> files = new ArrayList<>();
    private boolean told = true;

    /**
     * What is known of a difference.
     *
     * @param digest equal for equal differences, and for no others
     * @param files how many files it has, a renamed one counted twice
     */
    record Told(String digest, int files) {}

    /** One side of a raw entry. */
    private record Side(String mode, String id) {}

    /**
     * Adds a raw entry.
     *
     * @param entry the modes, object names and status, without a path
     * @param path as git tells it, after the difference
     * @param oldPath before the difference, if that is another one, else {@code null}
     * @param back whether it is added the other way round, as undoing it would be
     * @throws IOException if the entry is not of the expected form
     */
    void add(String entry, String path, String oldPath, boolean back) throws IOException {
        String[] fields = entry.substring(entry.indexOf(':') + 1).split(" ");
        if (fields.length != 5) {
            throw new IOException("git told no raw entry: " + GitNames.abbreviate(entry));
        }
        Side before = new Side(fields[0], fields[2]);
        Side after = new Side(fields[1], fields[3]);
        if (oldPath == null) {
            add(path, back ? after : before, back ? before : after);
            return;
        }
        Side none = new Side(ABSENT, "0".repeat(before.id.length()));
        if (fields[4].startsWith("R")) {
            add(oldPath, back ? none : before, back ? before : none);
        }
        add(path, back ? after : none, back ? none : after);
    }

    private void add(String path, Side before, Side after) {
        told = told && files.size() < FILES && path.length() <= DiffParser.PATH_LIMIT;
        if (told) {
            // A path has every byte but this one.
            files.add(String.join("\0", path, before.mode, before.id, after.mode, after.id));
        } else {
            files.clear();
        }
    }

    /** Returns what is known; empty if there are no files, or too many. */
    Optional<Told> told() {
        if (!told || files.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        files.stream().sorted().forEach(file -> sha256.update((file + "\0").getBytes(StandardCharsets.ISO_8859_1)));
        return Optional.of(new Told(HexFormat.of().formatHex(sha256.digest()), files.size()));
    }
}
