package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a text at line feeds, with a bound on what one line may keep in memory. Lines are handed out as ISO 8859-1,
 * one character a byte, without the line feed. Not thread-safe.
 */
final class TextLines {

    private final InputStream in;
    private final int keep;
    private final byte[] block = new byte[1 << 16];
    private int at;
    private int filled;
    private byte[] line = new byte[256];
    private boolean cut;
    private boolean nextCut;
    private long number;
    private long bytes;
    private long nextBytes;
    private String peeked;

    /**
     * @param keep how many bytes of a line are kept
     */
    TextLines(InputStream in, int keep) {
        this.in = in;
        this.keep = keep;
    }

    /**
     * Returns the next line, cut at the bound, or {@code null} at the end.
     *
     * @throws IOException if the input cannot be read
     */
    String next() throws IOException {
        String next = peek();
        peeked = null;
        cut = nextCut;
        bytes = nextBytes;
        number++;
        return next;
    }

    /**
     * Returns what {@link #next} will, without taking it.
     *
     * @throws IOException if the input cannot be read
     */
    String peek() throws IOException {
        if (peeked == null) {
            peeked = read();
        }
        return peeked;
    }

    /** Whether the last line was longer than what was kept of it. */
    boolean cut() {
        return cut;
    }

    /** Returns how long the last line was, with its line feed, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Returns the number of the last line, from 1. */
    long number() {
        return number;
    }

    private String read() throws IOException {
        nextCut = false;
        nextBytes = 0;
        int length = 0;
        if (!fill()) {
            return null;
        }
        while (fill()) {
            int end = at;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            int room = Math.min(end - at, keep - length);
            if (length + room > line.length) {
                line = Arrays.copyOf(line, Math.min(keep, Math.max(length + room, line.length * 2)));
            }
            System.arraycopy(block, at, line, length, room);
            length += room;
            nextCut |= room < end - at;
            nextBytes += end - at;
            at = end;
            if (end < filled) {
                at++;
                nextBytes++;
                break;
            }
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether there is at least one more byte. */
    private boolean fill() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, in.readNBytes(block, 0, block.length));
        }
        return at < filled;
    }
}
