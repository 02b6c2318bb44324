package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    void filesAreToldBeforeTheirLinesAreCounted() throws IOException {
        List<FileChange> told = new ArrayList<>();
        InputStream raw = bytes(":100644 100644 1111111 2222222 M\0a\0:100644 100644 1111111 2222222 R080\0b\0c\0");
        InputStream first = bytes("1\t2\ta\0");
        InputStream others = new ByteArrayInputStream("3\t4\t\0b\0c\0".getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public int read(byte[] bytes, int from, int length) {
                assertThat(told).as("told before the second number").hasSize(2);
                return super.read(bytes, from, length);
            }
        };
        InputStream all = new SequenceInputStream(Collections.enumeration(List.of(raw, first, others)));
        DiffParser.Files files = DiffParser.parse(all, 10, told::addAll);
        assertThat(told).extracting(FileChange::path).containsExactly("a", "c");
        assertThat(told).extracting(FileChange::oldPath).containsExactly(null, "b");
        assertThat(told).extracting(FileChange::added).containsOnly(0);
        assertThat(files.listed()).extracting(FileChange::added).containsExactly(1, 3);
    }

    @Test
    void changeIsToldWithItsFilesWhileItIsRead() {
        String base = repository.write("a", "1\n").write("b", "b\n").commit("One");
        String head = repository.write("a", "2\n").rename("b", "c").commit("Two");
        List<Delta> told = new ArrayList<>();
        Delta delta = repository
                .reader()
                .lookAndRead(base, head, "policy", told::add)
                .reading()
                .delta()
                .orElseThrow();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).base()).isEqualTo(base);
        assertThat(told.get(0).head()).isEqualTo(head);
        assertThat(told.get(0).files())
                .extracting(FileChange::path)
                .isEqualTo(delta.files().stream().map(FileChange::path).toList());
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

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
