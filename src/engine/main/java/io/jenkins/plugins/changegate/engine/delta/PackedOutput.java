package io.jenkins.plugins.changegate.engine.delta;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and texts in few bytes; {@link PackedInput} reads them. Not thread-safe. */
final class PackedOutput implements Closeable {

    private final OutputStream out;

    PackedOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /** Writes seven bits a byte, the lowest first; the eighth says that more follow. A number below 0 takes ten. */
    void number(long number) throws IOException {
        long left = number;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    void text(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** Writes a text without what its beginning shares with another. */
    void after(String other, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int difference = Arrays.mismatch(other.getBytes(StandardCharsets.UTF_8), bytes);
        int shared = difference < 0 ? bytes.length : difference;
        number(shared);
        bytes(bytes, shared);
    }

    private void bytes(byte[] bytes, int from) throws IOException {
        number(bytes.length - from);
        out.write(bytes, from, bytes.length - from);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
