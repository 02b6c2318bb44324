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
        int length = 0;
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b > 0; b = in.read()) {
            if (length < keep) {
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
                buffer[length++] = (byte) b;
            } else {
                cut = true;
            }
        }
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
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
