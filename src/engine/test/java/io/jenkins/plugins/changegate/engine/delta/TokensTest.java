package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However the bytes arrive, the tokens are those between NUL bytes, cut at the bound. */
class TokensTest {

    private static final long SEED = 31_415;
    private static final int KEEP = 300;

    @Test
    void tokensAreThoseBetweenNulBytesHoweverTheBytesArrive() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<String> written = new ArrayList<>();
            StringBuilder all = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String token = letters(random, random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(350));
                written.add(token);
                all.append(token).append('\0');
            }
            Tokens tokens = new Tokens(dripping(random, all.toString()), KEEP);
            for (String token : written) {
                assertThat(tokens.next()).isEqualTo(token.substring(0, Math.min(KEEP, token.length())));
                assertThat(tokens.cut()).isEqualTo(token.length() > KEEP);
            }
            assertThat(tokens.next()).isNull();
        }
    }

    @Test
    void theLastTokenNeedNotBeEnded() throws IOException {
        Tokens tokens = new Tokens(new ByteArrayInputStream("a\0\0bc".getBytes(StandardCharsets.ISO_8859_1)), KEEP);
        assertThat(tokens.next()).isEqualTo("a");
        assertThat(tokens.next()).isEmpty();
        assertThat(tokens.next()).isEqualTo("bc");
        assertThat(tokens.next()).isNull();
    }

    /** What waits for more bytes than it needs would keep those from being used that are there. */
    @Test
    void aTokenIsHandedOutBeforeTheNextOneArrives() throws IOException {
        byte[] first = "first\0".getBytes(StandardCharsets.ISO_8859_1);
        InputStream stalls = new InputStream() {
            private int at;

            @Override
            public int read() {
                throw new AssertionError("blocks are read");
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                assertThat(at).as("waits for more").isZero();
                at = first.length;
                System.arraycopy(first, 0, bytes, from, first.length);
                return first.length;
            }
        };
        assertThat(new Tokens(stalls, KEEP).next()).isEqualTo("first");
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) (1 + random.nextInt(255)));
        }
        return letters.toString();
    }

    private static InputStream dripping(Random random, String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, 1 + random.nextInt(1 << random.nextInt(15))));
            }
        };
    }
}
