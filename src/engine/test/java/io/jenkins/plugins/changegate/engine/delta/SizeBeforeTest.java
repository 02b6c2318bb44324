package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large the files of a change were before, in real repositories. */
class SizeBeforeTest {

    private static final long SEED = 20_261_124;

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void begin() {
        repository = TestRepository.in(directory.resolve("origin"));
        base = repository
                .write("a", "123456789\n")
                .write("b", "1234\n")
                .write("c", "x".repeat(20_000))
                .commit("Begin");
    }

    private Long before(Limits limits) {
        return new GitReader(repository.directory(), limits)
                .lookAndRead(base, repository.head(), "policy", Background.Asked.EARLIER, () -> {})
                .background()
                .sizeBefore();
    }

    @Test
    void isOfWhatWasThereOfTheFilesThatAreTouched() {
        repository.write("a", "1\n").write("new", "12345678\n").commit("Change");
        assertThat(before(Limits.DEFAULT)).isEqualTo(10);
        repository.git("mv", "c", "d");
        repository.git("rm", "b");
        repository.commit("Rename and delete");
        assertThat(before(Limits.DEFAULT)).isEqualTo(20_015);
    }

    @Test
    void isNothingWhereAllFilesAreNewOrNothingChanges() {
        assertThat(before(Limits.DEFAULT)).isZero();
        repository.write("new", "1\n").commit("Change");
        assertThat(before(Limits.DEFAULT)).isZero();
    }

    @Test
    void isNotKnownOfMoreFilesThanAreListedNorWhereNobodyAsks() {
        repository.write("a", "1\n").write("b", "1\n").commit("Change");
        Limits one = new Limits(1, 10, 5_000, 64 * 1024, Limits.DEFAULT.text(), Limits.DEFAULT.time());
        assertThat(before(one)).isNull();
        GitReader reader = new GitReader(repository.directory(), Limits.DEFAULT);
        assertThat(reader.lookAndRead(base, repository.head(), "policy", Background.Asked.NOTHING, () -> {})
                        .background()
                        .sizeBefore())
                .isNull();
    }

    /** More than a pipe holds of names, so that git answers while it is still being asked. */
    @Test
    void isTheSumOfManyFilesAsTheyWere() {
        Random random = new Random(SEED);
        long sum = 0;
        for (int i = 0; i < 2_500; i++) {
            String text = "y".repeat(random.nextInt(50)) + i;
            repository.write("many/" + i, text);
            sum += text.length();
        }
        base = repository.commit("Many");
        for (int i = 0; i < 2_500; i++) {
            repository.write("many/" + i, "now " + i);
        }
        repository.commit("All of them");
        assertThat(before(Limits.DEFAULT)).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12\n", "12\nabc missing\n", "12\n-1\n", "12\n9999999999999999\n", "12\n\n"})
    void isNotKnownIfOneOfThemIsNot(String told) {
        assertThatThrownBy(
                        () -> SizeBefore.sum(new ByteArrayInputStream(told.getBytes(StandardCharsets.ISO_8859_1)), 2))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("Not a size: .*|git's output ended in the middle of an entry");
    }
}
