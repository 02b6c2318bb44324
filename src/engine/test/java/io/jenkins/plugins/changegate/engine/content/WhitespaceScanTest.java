package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only white space changes if every place has the same other characters as before, and nothing has moved. */
class WhitespaceScanTest {

    private static final long SEED = 99;

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory);
        base = repository.write("a.txt", "one\ntwo\nthree\nfour\nfive\n").commit("Begin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  one\ntwo\nthree\nfour\nfive\n",
                "one\ntwo\nthree\nfour\nfive",
                "one\ntwo \nthree\nfour\n\tfive\n",
                "one\n\n\ntwo\nthree\nfour\nfive\n",
                "one two\nthree\nfour\nfive\n",
                "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n"
            })
    void whiteSpaceOnly(String text) throws IOException {
        assertThat(only(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nthree\nfour\nfive\none\n",
                "one\nthree\ntwo\nfour\nfive\n",
                "one\ntwo\nthree\nfour\nfive\nsix\n",
                "one\ntwo\nfour\nfive\n",
                "One\ntwo\nthree\nfour\nfive\n",
                " one\ntwo\nthree\nfour\nfive!\n",
                "one!\ntwo\nthree\nfour\n five\n"
            })
    void moreThanWhiteSpace(String text) throws IOException {
        assertThat(only(text)).isFalse();
    }

    /** Against the whole texts: what differs in white space only is the same without it, and nothing else is. */
    @Test
    void randomChangesAreJudgedAsTheWholeTextsAre() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < 25; i++) {
            List<String> lines = new ArrayList<>();
            for (int n = 0; n < 12; n++) {
                lines.add("x" + random.nextInt(4));
            }
            base = repository.write("a.txt", String.join("\n", lines)).commit("Before");
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
                case 1 -> lines.set(at, " " + lines.get(at) + "\t");
                default -> lines.add(at, "");
            }
            String before =
                    String.join("", repository.git("show", base + ":a.txt")).replaceAll("\\s", "");
            String after = String.join("", lines).replaceAll("\\s", "");
            String text = String.join("\n", lines);
            if (!text.equals(repository.git("show", base + ":a.txt"))) {
                assertThat(only(text)).as(lines.toString()).isEqualTo(before.equals(after));
            }
        }
    }

    private boolean only(String text) throws IOException {
        String head = repository.write("a.txt", text).commit("Change");
        Delta delta = repository.reader().read(base, head).delta().orElseThrow();
        return ContentScan.scan(
                        repository.reader(), delta, new ContentQuestions(Set.of(), Set.of(), false, false, true))
                .whitespaceOnly();
    }
}
