package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cannot be read has a gap that says so, and nothing is guessed. */
class GitReaderGapsTest {

    private static final String NOWHERE = "f".repeat(40);

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;
    private String head;

    @BeforeEach
    void commitTwice() {
        repository = TestRepository.in(directory.resolve("origin"));
        base = repository.write("file", "one\n").commit("One");
        repository.write("file", "two\n").commit("Two");
        head = repository.write("file", "three\n").commit("Three");
    }

    @Test
    void shallowCloneWithoutBaseIsShallow() {
        TestRepository clone = TestRepository.shallowCloneOf(repository, 1, directory.resolve("clone"));
        Gap gap = clone.reader().missingBase(base);
        assertThat(gap.kind()).isEqualTo(Gap.Kind.SHALLOW);
        assertThat(gap.because()).contains(base.substring(0, 12)).contains("depth");
        assertThat(clone.reader().look(base, "file").gap()).isNotNull();
        assertThat(clone.reader().read(base, head).delta()).isEmpty();
    }

    @Test
    void wholeCloneWithoutBaseMissesIt() {
        assertThat(repository.reader().missingBase(NOWHERE).kind()).isEqualTo(Gap.Kind.BASE_MISSING);
        assertThat(repository.reader().read(NOWHERE, head).gaps())
                .extracting(Gap::kind)
                .containsExactly(Gap.Kind.GIT_FAILED);
    }

    @Test
    void shallowCloneWithBothTreesHasItsHistoryCut() {
        TestRepository clone = TestRepository.shallowCloneOf(repository, 1, directory.resolve("clone"));
        clone.git("fetch", "-q", "--depth", "1", "origin", base);
        Reading reading = clone.reader().read(base, head);
        assertThat(reading.delta().orElseThrow().totals()).isEqualTo(new Totals(1, 0, 0, 1, 1));
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.HISTORY_CUT);
    }

    @Test
    void shallowCloneWithTheWholeHistoryBetweenHasNoGap() {
        TestRepository clone = TestRepository.shallowCloneOf(repository, 2, directory.resolve("clone"));
        String parent = repository.git("rev-parse", head + "~1").strip();
        assertThat(clone.reader().read(parent, head).gaps()).isEmpty();
        Path below = directory.resolve("clone/sub");
        assertThat(below.toFile().mkdir()).isTrue();
        assertThat(new GitReader(below, Limits.DEFAULT).missingBase(base).kind())
                .isEqualTo(Gap.Kind.SHALLOW);
    }

    @Test
    void directoryOutsideOfARepositoryIsNone() throws java.io.IOException {
        Path outside = java.nio.file.Files.createDirectory(directory.resolve("outside"));
        GitReader reader = new GitReader(outside, Limits.DEFAULT);
        assertThat(reader.look("HEAD", "file").gap().kind()).isEqualTo(Gap.Kind.NO_REPOSITORY);
        assertThat(reader.read(base, head).gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.NO_REPOSITORY);
    }

    @Test
    void missingDirectoryIsSaidSo() {
        GitReader reader = new GitReader(directory.resolve("nowhere"), Limits.DEFAULT);
        Gap gap = reader.look("HEAD", "file").gap();
        assertThat(gap.kind()).isEqualTo(Gap.Kind.NO_REPOSITORY);
        assertThat(gap.because()).contains("no directory").contains("nowhere");
        assertThat(reader.read(base, head).delta()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nowhere", "ffffffffffffffffffffffffffffffffffffffff", "HEAD:file", "HEAD~99", "a b missing"})
    void missingHeadIsSaidSo(String revision) {
        GitReader.Look look = repository.reader().look(revision, "file");
        assertThat(look.commit()).isNull();
        assertThat(look.gap().kind()).isEqualTo(Gap.Kind.HEAD_MISSING);
    }

    @Test
    void fileIsReadAsItIsInTheCommitAndNotInTheWorkTree() {
        repository.write("file", "changed by the build\n");
        GitReader.Look look = repository.reader().look("HEAD", "file");
        assertThat(look.gap()).isNull();
        assertThat(look.file()).isEqualTo("three\n");
        assertThat(look.commit().id()).isEqualTo(head);
        assertThat(repository.reader().look(base, "file").file()).isEqualTo("one\n");
        assertThat(repository.reader().look("HEAD", "no such file").file()).isNull();
        assertThat(repository.reader().look("HEAD", "no such file").gap()).isNull();
    }

    @Test
    void directoryInPlaceOfTheFileIsNoFile() {
        repository.write("sub/file", "text\n").commit("Directory");
        assertThat(repository.reader().look("HEAD", "sub").file()).isNull();
    }

    @Test
    void tooLargeFileIsAGap() {
        repository.write("large", "x".repeat((1 << 20) + 1)).commit("Large");
        GitReader.Look look = repository.reader().look("HEAD", "large");
        assertThat(look.commit()).isNotNull();
        assertThat(look.file()).isNull();
        assertThat(look.gap().kind()).isEqualTo(Gap.Kind.POLICY_UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-n", "--help", "--output=x", "", "HEAD\nHEAD", "HEAD\0", "HEAD\t", "HE\u001bAD", "\u007f"})
    void revisionThatGitCouldMistakeIsRefused(String revision) {
        Gap gap = repository.reader().look(revision, "file").gap();
        assertThat(gap.kind()).isEqualTo(Gap.Kind.GIT_FAILED);
        assertThat(gap.because()).doesNotContain("\n").doesNotContain("\u001b").contains("Not a name");
        assertThat(repository.reader().look("HEAD", revision).commit()).isNull();
        assertThat(repository.reader().read(revision, head).delta()).isEmpty();
        assertThat(repository.reader().read(head, revision).delta()).isEmpty();
    }

    @Test
    void veryLongRevisionIsRefused() {
        assertThat(repository.reader().look("x".repeat(5_000), "file").commit()).isNull();
    }

    @Test
    void fewerFilesThanThereAreIsAGapAndTheTotalsStayRight() {
        for (int i = 0; i < 7; i++) {
            repository.write("f" + i, "line\n");
        }
        String many = repository.commit("Many");
        Limits limits = new Limits(3, 100, 100, 1000, 1000, Duration.ofMinutes(1));
        Reading reading = new GitReader(repository.directory(), limits).read(head, many);
        assertThat(reading.gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.TOO_LARGE);
        assertThat(reading.delta().orElseThrow().files()).hasSize(3);
        assertThat(reading.delta().orElseThrow().totals()).isEqualTo(new Totals(7, 0, 0, 7, 0));
    }

    @Test
    void readingWithoutDeltaMustSayWhy() {
        assertThatThrownBy(() -> new Reading(null, java.util.List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
