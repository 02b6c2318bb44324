package io.jenkins.plugins.changegate.engine.delta;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the output of {@code git cat-file --batch}: a header line and, for an object that is there, its bytes. */
final class BatchParser {

    /** Longest header: the longest name that is asked for, and some. */
    private static final int HEADER_LIMIT = 1 << 14;

    private BatchParser() {}

    /**
     * One object.
     *
     * @param id its full name
     * @param text its beginning, decoded as UTF-8
     * @param whole whether that is all of it
     */
    record Blob(String id, String text, boolean whole) {}

    /**
     * Returns the next object, or {@code null} if what was asked for is not there or is a directory.
     *
     * @param limit how many bytes of it are kept
     * @throws IOException if the output is not of the expected form
     */
    static Blob next(InputStream stdout, int limit) throws IOException {
        String header = line(stdout);
        if (header.endsWith(" missing") || header.endsWith(" ambiguous")) {
            return null;
        }
        String[] fields = header.split(" ");
        if (fields.length != 3 || !fields[2].matches("\\d{1,18}")) {
            throw new IOException("Not a header of git cat-file: " + header);
        }
        long size = Long.parseLong(fields[2]);
        int kept = (int) Math.min(size, limit);
        byte[] bytes = stdout.readNBytes(kept);
        try {
            stdout.skipNBytes(size - kept + 1);
        } catch (EOFException e) {
            throw new IOException("git's output ended in the middle of an object", e);
        }
        return fields[1].equals("tree")
                ? null
                : new Blob(fields[0], new String(bytes, StandardCharsets.UTF_8), kept == size);
    }

    /**
     * Returns the next line, without its end.
     *
     * @throws IOException if there is none, or one of more than {@value #HEADER_LIMIT} bytes
     */
    static String line(InputStream stdout) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = stdout.read(); b != '\n'; b = stdout.read()) {
            if (b < 0) {
                throw new IOException("git's output ended in the middle of an entry");
            }
            if (line.size() == HEADER_LIMIT) {
                throw new IOException("Not a header of git cat-file");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
