package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole files of commits, and which files change before it is known by how much. */
class GitReaderFilesAtTest {

    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void init() {
        repository = TestRepository.in(directory);
    }

    @Test
    void filesComeInTheOrderInWhichTheyAreAskedFor() throws IOException {
        String large = "x".repeat(GitReader.FILE_LIMIT + 1);
        String one = repository.write("a b", "1\n").write("large", large).commit("One");
        String two = repository.write("a b", "").write("sub/\u00fc", "2").commit("Two");
        List<FileAt> files = List.of(
                new FileAt(two, "sub/\u00fc"),
                new FileAt(one, "a b"),
                new FileAt(one, "sub/\u00fc"),
                new FileAt(one, "large"),
                new FileAt(two, "sub"),
                new FileAt(two, "a b"));
        assertThat(texts(files)).containsExactly("2", "1\n", null, null, null, "");
    }

    @Test
    void moreFilesThanThePipeHoldsNamesOfAreRead() throws IOException {
        String commit = repository.write("a".repeat(200), "text").commit("One");
        FileAt file = new FileAt(commit, "a".repeat(200));
        assertThat(texts(Collections.nCopies(2_000, file))).hasSize(2_000).containsOnly("text");
    }

    @Test
    void nameThatGitWouldTakeForSomethingElseIsNotGivenToIt() throws IOException {
        String commit = repository.write("a", "text").commit("One");
        for (FileAt file : List.of(new FileAt(commit, "a\nHEAD"), new FileAt("HEAD", "a"), new FileAt(commit, ""))) {
            assertThatThrownBy(() -> texts(List.of(file))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesAreNamedWithoutTheirNumbers() throws IOException {
        String base = repository
                .write("a", "1\n")
                .write("b", "b\n".repeat(20))
                .write("bin", new byte[] {0, 1})
                .commit("One");
        String head = repository
                .write("a", "2\n")
                .rename("b", "c")
                .write("bin", new byte[] {0, 2})
                .commit("Two");
        Delta delta = repository.reader().read(base, head).delta().orElseThrow();
        Delta names = repository.reader().names(base, head);
        assertThat(names.base()).isEqualTo(base);
        assertThat(names.head()).isEqualTo(head);
        assertThat(names.files())
                .hasSize(3)
                .isEqualTo(delta.files().stream()
                        .map(file -> new FileChange(
                                file.path(),
                                file.oldPath(),
                                file.status(),
                                0,
                                0,
                                false,
                                false,
                                file.modeChanged(),
                                false))
                        .toList());
    }

    @Test
    void whatIsOnlyOneMoreThingToGoByIsReadWhereItIsAskedFor() {
        String base = repository.write("a", "1\n").commit("One");
        repository.write("a", "2\n").commit("Two");
        String head = repository.write("a", "3\n").commit("Three");
        GitReader reader = repository.reader();
        GitReader.LookAndReading without = reader.lookAndRead(base, head, "a", Background.Asked.NOTHING, () -> {});
        GitReader.LookAndReading with = reader.lookAndRead(base, head, "a", Background.Asked.COMMITS, () -> {});
        GitReader.LookAndReading earlier = reader.lookAndRead(base, head, "a", Background.Asked.EARLIER, () -> {});
        assertThat(without.background()).isEqualTo(Background.NONE);
        assertThat(earlier.background().commits()).isEmpty();
        assertThat(earlier.background().earlier())
                .isNotNull()
                .isEqualTo(with.background().earlier());
        assertThat(with.background().commits()).hasSize(2);
        assertThat(without.reading()).isEqualTo(with.reading());
        assertThat(without.look()).isEqualTo(with.look());
    }

    private List<String> texts(List<FileAt> files) throws IOException {
        return repository.reader().files().texts(files, texts -> {
            String[] all = new String[files.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = texts.next();
            }
            return Arrays.asList(all);
        });
    }
}
