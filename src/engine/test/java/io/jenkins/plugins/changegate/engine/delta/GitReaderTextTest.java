package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changed lines of a difference, with their places. */
class GitReaderTextTest {

    @TempDir
    private Path directory;

    private TestRepository repository;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void init() {
        repository = TestRepository.in(directory);
    }

    @Test
    void linesComeWithTheirPlaces() throws IOException {
        String base = repository.write("f", "1\n2\n3\n4\n5\n").commit("One");
        String head = repository.write("f", "1\n2\nnew\n3\nfour\n5\nend").commit("Two");
        assertThat(read(base, head, Limits.DEFAULT)).isTrue();
        assertThat(lines).containsExactly("f +3 new", "f -4 4", "f +5 four", "f +7 end");
    }

    @Test
    void contentThatLooksLikeAHeaderIsContent() throws IOException {
        String base = repository
                .write("f", "-- a/x\nkeep\n-- /dev/null\n++ b/y\n")
                .write("g", "g\n")
                .commit("One");
        String head = repository
                .write("f", "++ b/evil\nkeep\n@@ -1 +1 @@\n\\ No newline at end of file\ndiff --git a b\n")
                .write("g", "changed\n")
                .commit("Two");
        assertThat(read(base, head, Limits.DEFAULT)).isTrue();
        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "f -1 -- a/x",
                        "f +1 ++ b/evil",
                        "f -3 -- /dev/null",
                        "f -4 ++ b/y",
                        "f +3 @@ -1 +1 @@",
                        "f +4 \\ No newline at end of file",
                        "f +5 diff --git a b",
                        "g -1 g",
                        "g +1 changed");
    }

    @Test
    void functionNameInAHunkHeaderMayHoldAnything() throws IOException {
        String context = "void strange\u2028name\u0085with\rbreaks() {\n";
        String base = repository.write("f.java", context + " a\n b\n c\n d\n").commit("One");
        String head =
                repository.write("f.java", context + " a\n b\n c\n changed\n").commit("Two");
        assertThat(read(base, head, Limits.DEFAULT)).isTrue();
        assertThat(lines).containsExactly("f.java -5  d", "f.java +5  changed");
    }

    @Test
    void moreTextThanIsLookedAtIsNotWhole() throws IOException {
        String base = repository.write("a", "x\n").commit("One");
        String head =
                repository.write("a", "some text in a line\n".repeat(100_000)).commit("Two");
        assertThat(read(base, head, limits(1000, 500))).isFalse();
        assertThat(lines).isNotEmpty().hasSizeLessThan(100);
    }

    @Test
    void lineThatIsCutIsNotWhole() throws IOException {
        String base = repository.write("a", "x\n").commit("One");
        String head = repository.write("a", "y".repeat(2000) + "password\n").commit("Two");
        assertThat(read(base, head, limits(1000, 1_000_000))).isFalse();
        assertThat(lines).last().satisfies(line -> assertThat(line).hasSize("a +1 ".length() + 999));
    }

    @Test
    void onlyFilesOfThePatternsAreRead() throws IOException {
        String base = repository.commit("One");
        String head = repository
                .write("pom.xml", "top\n")
                .write("sub/dir/pom.xml", "below\n")
                .write("other", "other\n")
                .commit("Two");
        head = repository.put("\u00fc/pom.xml", "100644", "umlaut\n").commitIndex("Three", TestRepository.AUTHOR);
        Delta delta = repository.reader().read(base, head).delta().orElseThrow();
        repository.reader().lines(delta, List.of(":(top,glob)**/pom.xml"), this::add);
        assertThat(lines)
                .containsExactlyInAnyOrder("pom.xml +1 top", "sub/dir/pom.xml +1 below", "\u00fc/pom.xml +1 umlaut");
    }

    private static Limits limits(int message, long text) {
        return new Limits(100, 100, 100, message, text, Duration.ofMinutes(1));
    }

    private boolean read(String base, String head, Limits limits) throws IOException {
        GitReader reader = new GitReader(directory, limits);
        return reader.lines(reader.read(base, head).delta().orElseThrow(), List.of(), this::add);
    }

    private void add(String path, boolean added, int number, String text) {
        lines.add(path + (added ? " +" : " -") + number + " " + text);
    }
}
