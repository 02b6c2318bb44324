package io.jenkins.plugins.changegate.engine.delta;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link PackedOutput} writes, and no more of it than fits into memory. Not thread-safe. */
final class PackedInput implements Closeable {

    /** How many bytes are read at most: what can be listed at most, with room to spare. */
    private static final int LIMIT = 32 << 20;

    /** What a text takes in memory besides its bytes, by which many empty ones are no way around the limit. */
    private static final int OBJECT = 32;

    private final InputStream in;
    private long left = LIMIT;

    PackedInput(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * @throws IOException if there is none, or it has more than 64 bits
     */
    long number() throws IOException {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = in.read();
            if (b < 0 || --left < 0) {
                throw new EOFException("No more numbers");
            }
            number |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return number;
            }
        }
        throw new IOException("Not a number of 64 bits");
    }

    /**
     * @throws IOException if there is none
     */
    String text() throws IOException {
        return new String(bytes(new byte[0]), StandardCharsets.UTF_8);
    }

    /**
     * Reads a text that begins as another does.
     *
     * @throws IOException if there is none
     */
    String after(String other) throws IOException {
        byte[] all = other.getBytes(StandardCharsets.UTF_8);
        long shared = number();
        if (shared < 0 || shared > all.length) {
            throw new IOException("More of a text than there is");
        }
        left -= shared;
        return new String(bytes(Arrays.copyOf(all, (int) shared)), StandardCharsets.UTF_8);
    }

    private byte[] bytes(byte[] begun) throws IOException {
        long length = number();
        if (length < 0 || length > left) {
            throw new EOFException("A text longer than what is read");
        }
        left -= length + OBJECT;
        byte[] rest = in.readNBytes((int) length);
        if (rest.length < length) {
            throw new EOFException("A text ended early");
        }
        byte[] bytes = Arrays.copyOf(begun, begun.length + rest.length);
        System.arraycopy(rest, 0, bytes, begun.length, rest.length);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
