package io.jenkins.plugins.changegate.engine.delta;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits git's {@code -z} output at NUL bytes, with a bound on what one token may keep in memory.
 *
 * <p>Tokens are handed out as ISO 8859-1, one character a byte, so that two different file names never become one;
 * {@link #text} turns such a token into what a person reads. Not thread-safe.
 */
final class Tokens {

    private final InputStream in;
    private final int keep;
    private final byte[] block = new byte[1 << 14];
    private int at;
    private int filled;
    private byte[] buffer = new byte[256];
    private boolean cut;
    private String again;

    Tokens(InputStream in, int keep) {
        this.in = in;
        this.keep = keep;
    }

    /**
     * Returns the next token, cut at the bound, or {@code null} at the end.
     *
     * @throws IOException if the input cannot be read
     */
    String next() throws IOException {
        if (again != null) {
            String token = again;
            again = null;
            return token;
        }
        cut = false;
        if (!fill()) {
            return null;
        }
        int length = 0;
        while (fill()) {
            int end = at;
            while (end < filled && block[end] != 0) {
                end++;
            }
            if (length == 0 && end < filled && end - at <= keep) {
                return token(end);
            }
            int room = Math.min(end - at, keep - length);
            if (length + room > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.min(keep, Math.max(length + room, buffer.length * 2)));
            }
            System.arraycopy(block, at, buffer, length, room);
            length += room;
            cut |= room < end - at;
            at = end;
            if (end < filled) {
                at++;
                break;
            }
        }
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Mostly all of a token is in one block. */
    private String token(int end) {
        String token = new String(block, at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 1;
        return token;
    }

    /** Whether there is at least one more byte. Takes what there is, so as not to wait where the first may be used. */
    private boolean fill() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, in.read(block));
        }
        return at < filled;
    }

    /**
     * Returns the next token, which must be there.
     *
     * @throws IOException if the input ends instead
     */
    String require() throws IOException {
        String token = next();
        if (token == null) {
            throw new IOException("git's output ended in the middle of an entry");
        }
        return token;
    }

    /** Makes {@link #next} return this token once more; {@code null} is passed over. */
    void putBack(String token) {
        again = token;
    }

    /** Whether the last token was longer than what was kept of it. */
    boolean cut() {
        return cut;
    }

    /** Decodes a token as UTF-8; bytes that are none become the replacement character. */
    static String text(String token) {
        return new String(token.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
