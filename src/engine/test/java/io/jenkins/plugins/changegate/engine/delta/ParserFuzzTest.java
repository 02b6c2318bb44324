package io.jenkins.plugins.changegate.engine.delta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes come in place of git's output, the parsers return a result or throw an {@link IOException}. */
class ParserFuzzTest {

    private static final long SEED = 4_711;
    private static final int RANDOM_CASES = 400;
    private static final int MUTATED_CASES = 2_000;
    private static final Limits LIMITS = new Limits(50, 50, 50, 500, 5_000, Duration.ofMinutes(1));
    private static final String[] PIECES = {
        ":",
        " ",
        "\t",
        "\0",
        "\n",
        "-",
        "+",
        "@@ ",
        "99999999999999999999",
        "-1",
        "R100",
        "\"",
        "\\",
        "<",
        ">",
        "\u00ff"
    };

    @TempDir
    private static Path directory;

    private static String diff;
    private static String log;
    private static String batch;
    private static String patch;
    private static String commit;

    private final Random random = new Random(SEED);

    private interface Parser {
        void parse(InputStream in) throws IOException;
    }

    @BeforeAll
    static void askGit() {
        System.out.println("Seed: " + SEED);
        TestRepository repository = TestRepository.in(directory);
        String base = repository
                .write("a\tb", "1\n2\n3\n")
                .write("bin", new byte[] {0, 1})
                .commit("One");
        repository.rename("a\tb", "c d").write("new", "x\ny").write("bin", new byte[] {0, 2});
        String head = repository.commit("Two\n\nCo-authored-by: Eve <eve@example.org>\n");
        diff = repository.git("diff", "--raw", "--numstat", "-z", "-M", base, head);
        log = repository.git("log", "-z", "--left-right", LogParser.FORMAT, base + "..." + head);
        patch = repository.git("diff", "--no-prefix", "--text", "-U0", base, head);
        commit = repository.git("cat-file", "commit", head);
        batch = head + " commit " + commit.getBytes(UTF_8).length + "\n" + commit + "\n";
    }

    @Test
    void diffParserHolds() throws IOException {
        assertThat(DiffParser.parse(in(diff), 10).listed()).hasSize(3);
        fuzz(diff, in -> DiffParser.parse(in, LIMITS.files()));
    }

    @Test
    void logParserHolds() throws IOException {
        assertThat(LogParser.parse(in(log), LIMITS, Set.of()).people()).hasSize(3);
        fuzz(log, in -> LogParser.parse(in, LIMITS, Set.of("x")));
    }

    @Test
    void batchParserHolds() throws IOException {
        assertThat(BatchParser.next(in(batch), 1 << 20).whole()).isTrue();
        fuzz(batch, in -> {
            while (BatchParser.next(in, 100) != null) {
                // until it ends
            }
        });
    }

    @Test
    void patchParserHolds() throws IOException {
        int[] lines = {0};
        assertThat(PatchParser.parse(in(patch), Limits.DEFAULT, (p, a, n, t) -> lines[0]++))
                .isTrue();
        assertThat(lines[0]).isPositive();
        fuzz(patch, in -> PatchParser.parse(in, LIMITS, (path, added, number, text) -> {}));
    }

    @Test
    void commitParserHolds() throws IOException {
        assertThat(CommitParser.parse("id", commit).coAuthors()).hasSize(1);
        fuzz(commit, in -> CommitParser.parse("id", new String(in.readAllBytes(), UTF_8)));
    }

    @Test
    void coAuthorLinesOfAnyShapeAreReadInOnePass() {
        for (String piece :
                new String[] {"Co-authored-by:", "co-authored-by: <", " \t", "co-authored-by: a <b>\n", "<>"}) {
            assertThat(LogParser.coAuthors(piece.repeat(10_000))).isNotNull();
        }
    }

    @Test
    void headerWithoutEndIsNotKeptWhole() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> BatchParser.next(endless, 10))
                .isInstanceOf(IOException.class);
    }

    private void fuzz(String truth, Parser parser) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            attempt(bytes, parser);
        }
        for (int i = 0; i < MUTATED_CASES; i++) {
            attempt(mutated(truth.getBytes(UTF_8)), parser);
        }
    }

    private static void attempt(byte[] bytes, Parser parser) {
        try {
            parser.parse(new ByteArrayInputStream(bytes));
        } catch (IOException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } catch (RuntimeException | Error e) {
            throw new AssertionError("For " + new String(bytes, ISO_8859_1), e);
        }
    }

    private byte[] mutated(byte[] bytes) {
        byte[] result = bytes;
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(result.length + 1);
            byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(ISO_8859_1);
            int cut = Math.min(result.length - at, random.nextInt(4));
            byte[] next = Arrays.copyOf(result, result.length + piece.length - cut);
            System.arraycopy(piece, 0, next, at, piece.length);
            System.arraycopy(result, at + cut, next, at + piece.length, result.length - at - cut);
            result = random.nextInt(10) == 0 ? Arrays.copyOf(next, at) : next;
        }
        return result;
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
