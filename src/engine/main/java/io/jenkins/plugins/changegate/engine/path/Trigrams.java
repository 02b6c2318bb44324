package io.jenkins.plugins.changegate.engine.path;

import java.util.Arrays;
import java.util.List;

/**
 * Says which of many texts may contain a piece: those with all of the piece's rarest three bytes in a row. May name too
 * many texts, never too few. Immutable.
 */
final class Trigrams {

    private static final int BITS = 15;
    private static final int SIZE = 3;

    /** Where each hash's texts begin in {@link #texts}; one more at the end. */
    private final int[] begins;

    /** Numbers of texts, rising for each hash. */
    private final int[] texts;

    /**
     * @param all the texts, numbered from 0
     */
    Trigrams(List<byte[]> all) {
        int[] counts = new int[(1 << BITS) + 1];
        int[] lastText = new int[1 << BITS];
        int number = 0;
        for (byte[] text : all) {
            number++;
            for (int i = 0; i + SIZE <= text.length; i++) {
                int hash = hash(text, i);
                if (lastText[hash] != number) {
                    lastText[hash] = number;
                    counts[hash + 1]++;
                }
            }
        }
        for (int hash = 0; hash < 1 << BITS; hash++) {
            counts[hash + 1] += counts[hash];
        }
        begins = counts;
        texts = new int[counts[1 << BITS]];
        int[] ends = counts.clone();
        Arrays.fill(lastText, 0);
        number = 0;
        for (byte[] text : all) {
            number++;
            for (int i = 0; i + SIZE <= text.length; i++) {
                int hash = hash(text, i);
                if (lastText[hash] != number) {
                    lastText[hash] = number;
                    texts[ends[hash]++] = number - 1;
                }
            }
        }
    }

    private static int hash(byte[] text, int at) {
        int three = (text[at] & 0xff) << 16 | (text[at + 1] & 0xff) << 8 | text[at + 2] & 0xff;
        // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): 2^32 divided by the golden ratio.
        return three * 0x9E3779B9 >>> Integer.SIZE - BITS;
    }

    /**
     * Returns the numbers of the texts that may contain all pieces, rising; {@code null} if that cannot be said, because
     * no piece has three bytes.
     */
    int[] mayContain(List<byte[]> pieces) {
        int rarest = -1;
        for (byte[] piece : pieces) {
            for (int i = 0; i + SIZE <= piece.length; i++) {
                int hash = hash(piece, i);
                if (rarest < 0 || count(hash) < count(rarest)) {
                    rarest = hash;
                }
            }
        }
        return rarest < 0 ? null : Arrays.copyOfRange(texts, begins[rarest], begins[rarest + 1]);
    }

    private int count(int hash) {
        return begins[hash + 1] - begins[hash];
    }
}
