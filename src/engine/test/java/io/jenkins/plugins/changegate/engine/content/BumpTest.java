package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kind of a step from one version to another. */
class BumpTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 2.0.0, major",
        "1.2.3, 10.0.0, major",
        "1, 2, major",
        "1, 2.0, major",
        "0.9, 1.0, major",
        "1.2.3, 1.3.0, minor",
        "1.2, 1.10, minor",
        "1, 1.1, minor",
        "1.2.3, 1.2.4, patch",
        "1.2.9, 1.2.10, patch",
        "1.2, 1.2.1, patch",
        "1.2.3.Final, 1.2.4.Final, patch",
        "1.2.3, 1.2.3, other",
        "2.0.0, 1.0.0, other",
        "1.3.0, 1.2.9, other",
        "1.2.4, 1.2.3, other",
        "1.2.3-rc1, 1.2.3, other",
        "1.2.3, 1.2.3-rc1, other",
        "1.2.3.4, 1.2.3.5, other",
        "1.0, 1.0.0, other",
        "01.2, 1.2, other",
        "1.2.3, latest, other",
        "'', 1.0, other",
        "99999999999999999999, 100000000000000000000, major",
        "2024.01.15, 2024.02.01, minor",
    })
    void stepIsOfAKind(String from, String to, String kind) {
        assertThat(Bump.between(from, to).key()).isEqualTo(kind);
        assertThat(Bump.ofKey(kind)).contains(Bump.between(from, to));
    }

    @ParameterizedTest
    @CsvSource({"MAJOR", "majr", "''"})
    void unknownWordIsNoBump(String key) {
        assertThat(Bump.ofKey(key)).isEmpty();
    }
}
