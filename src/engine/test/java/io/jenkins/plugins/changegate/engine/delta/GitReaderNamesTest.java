package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of files are whatever git allows, which is nearly everything. */
class GitReaderNamesTest {

    private static final List<String> NAMES = List.of(
            "with space",
            " leading and trailing ",
            "with\ttab",
            "with\nnewline",
            "with\rreturn",
            "with \"quotes\"",
            "'single'",
            "back\\slash",
            "back\\ttab that is none",
            "\"whole\"",
            "-leading-dash",
            "--option=value",
            ":(glob)pathspec*",
            ":colon",
            "{brace => brace}",
            "a => b",
            "bell\u0007 and escape\u001b[31m",
            "ümläut/grüße.txt",
            "日本語",
            "emoji 🚀",
            "line\u2028separator",
            "next\u0085line",
            "dir/with space/-/deep");

    @TempDir
    private Path directory;

    @Test
    void everyNameIsReadAsItIs() {
        TestRepository repository = TestRepository.in(directory);
        String base = repository.commit("Begin");
        NAMES.forEach(name -> repository.put(name, "100644", "one line in " + name.length() + "\n"));
        String head = repository.commitIndex("Add", TestRepository.AUTHOR);
        Delta delta = repository.reader().read(base, head).delta().orElseThrow();
        assertThat(delta.files()).extracting(FileChange::path).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(delta.files()).allMatch(file -> file.added() == 1);
        assertThat(delta.totals().files()).isEqualTo(NAMES.size());
    }

    @Test
    void everyNameIsReadAsTheOldOneOfARename() {
        for (int i = 0; i < NAMES.size(); i++) {
            TestRepository repository = TestRepository.in(directory.resolve("r" + i));
            String text = "some text that is long enough to be found again\n";
            String base = repository
                    .put(NAMES.get(i), "100644", text)
                    .put("renamed", "100644", text)
                    .commitIndex("Begin", TestRepository.AUTHOR);
            repository.git("read-tree", "--empty");
            String target = NAMES.get((i + 1) % NAMES.size());
            String head = repository
                    .put(target, "100644", text)
                    .put("renamed", "100644", text)
                    .commitIndex("Rename", TestRepository.AUTHOR);
            assertThat(repository
                            .reader()
                            .read(base, head)
                            .delta()
                            .orElseThrow()
                            .files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.path()).isEqualTo(target))
                    .satisfies(file -> assertThat(file.oldPath())
                            .isEqualTo(NAMES.get(
                                    NAMES.indexOf(target) - 1 < 0 ? NAMES.size() - 1 : NAMES.indexOf(target) - 1)));
        }
    }

    @Test
    void everyNameIsReadAsItIsInTheTextToo() throws IOException {
        TestRepository repository = TestRepository.in(directory);
        String base = repository.commit("Begin");
        NAMES.forEach(name -> repository.put(name, "100644", "text\n"));
        String head = repository.commitIndex("Add", TestRepository.AUTHOR);
        GitReader reader = repository.reader();
        List<String> added = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        GitReader.LineSink sink = (path, isAdded, number, text) -> (isAdded ? added : deleted).add(path);
        Delta there = reader.read(base, head).delta().orElseThrow();
        assertThat(reader.lines(there, List.of(), sink)).isTrue();
        Delta back = reader.read(head, base).delta().orElseThrow();
        assertThat(reader.lines(back, List.of(), sink)).isTrue();
        assertThat(added).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(deleted).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @Test
    void namesThatAreNoUtf8StayTwoFiles() {
        Tokens one = tokens((byte) 0xe4);
        Tokens two = tokens((byte) 0xf6);
        assertThat(next(one)).isNotEqualTo(next(two));
    }

    private static Tokens tokens(byte b) {
        return new Tokens(new java.io.ByteArrayInputStream(new byte[] {b, 0}), 10);
    }

    private static String next(Tokens tokens) {
        try {
            return tokens.next();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
