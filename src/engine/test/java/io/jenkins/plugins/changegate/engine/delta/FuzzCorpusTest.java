package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The fuzz targets on their corpus, and on what a fixed seed makes of it, without a fuzzer: what one has found stays
 * mended. {@code mvn -Pfuzz} goes on from here.
 */
class FuzzCorpusTest {

    private static final long SEED = 27_182;
    private static final int MUTANTS = 400;

    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "Diff", FuzzTargets.Diff::fuzzerTestOneInput,
            "DiffMany", FuzzTargets.DiffMany::fuzzerTestOneInput,
            "Log", FuzzTargets.Log::fuzzerTestOneInput,
            "Earlier", FuzzTargets.Earlier::fuzzerTestOneInput,
            "Batch", FuzzTargets.Batch::fuzzerTestOneInput,
            "Sizes", FuzzTargets.Sizes::fuzzerTestOneInput,
            "CommitObject", FuzzTargets.CommitObject::fuzzerTestOneInput,
            "Patch", FuzzTargets.Patch::fuzzerTestOneInput,
            "Unified", FuzzTargets.Unified::fuzzerTestOneInput,
            "Packed", FuzzTargets.Packed::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> everyReaderHoldsOnItsCorpusAndWhatIsMadeOfIt() throws Exception {
        Path corpus = Path.of(FuzzCorpusTest.class.getResource("corpus").toURI());
        return Files.list(corpus).sorted().flatMap(FuzzCorpusTest::files).map(file -> {
            String target = file.getParent().getFileName().toString();
            return DynamicTest.dynamicTest(target + " " + file.getFileName(), () -> holds(target, file));
        });
    }

    private static void holds(String target, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(SEED);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] tried = i == 0 ? bytes : mutant(bytes, random);
            assertThatCode(() -> TARGETS.get(target).accept(tried))
                    .as("seed %s, mutant %s: %s", SEED, i, Arrays.toString(tried))
                    .doesNotThrowAnyException();
        }
    }

    /** Returns the bytes with a few taken out, put in, doubled or changed. */
    private static byte[] mutant(byte[] bytes, Random random) {
        byte[] result = bytes;
        for (int n = random.nextInt(6); n >= 0; n--) {
            int from = random.nextInt(result.length + 1);
            int to = from + random.nextInt(Math.min(40, result.length - from) + 1);
            int copied = random.nextInt(3) == 0 ? to - from : 0;
            byte[] put = Arrays.copyOfRange(result, from, from + copied + random.nextInt(2));
            if (put.length > copied) {
                put[copied] = (byte) random.nextInt(256);
            }
            byte[] next = new byte[result.length - (to - from) * (1 - random.nextInt(2)) + put.length];
            System.arraycopy(result, 0, next, 0, Math.min(from, next.length));
            System.arraycopy(put, 0, next, Math.min(from, next.length - put.length), put.length);
            int rest = Math.min(result.length - to, next.length - from - put.length);
            System.arraycopy(result, result.length - rest, next, next.length - rest, rest);
            result = next;
        }
        return result;
    }

    private static Stream<Path> files(Path directory) {
        try {
            return Files.list(directory).sorted();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
