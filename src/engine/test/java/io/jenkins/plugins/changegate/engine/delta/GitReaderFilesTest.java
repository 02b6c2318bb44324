package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reader tells of each kind of file change. */
class GitReaderFilesTest {

    private static final String TEN_LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
    private static final String COMMIT_ONE = "1".repeat(40);
    private static final String COMMIT_TWO = "2".repeat(40);

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory);
        base = repository.write("old.txt", TEN_LINES).commit("Begin");
    }

    @Test
    void addedFileCountsItsLines() {
        String head = repository.write("new.txt", "a\nb\n").commit("Add");
        assertThat(read(head).files())
                .containsExactly(new FileChange("new.txt", null, Status.ADDED, 2, 0, false, false, false, false));
        assertThat(read(head).totals()).isEqualTo(new Totals(1, 0, 0, 2, 0));
    }

    @Test
    void modifiedFileCountsAddedAndDeletedLines() {
        String head = repository
                .write("old.txt", TEN_LINES.replace("5\n", "five\nfive and a half\n"))
                .commit("Modify");
        assertThat(read(head).files())
                .containsExactly(new FileChange("old.txt", null, Status.MODIFIED, 2, 1, false, false, false, false));
    }

    @Test
    void deletedFileKeepsItsOldPath() {
        String head = repository.delete("old.txt").commit("Delete");
        assertThat(read(head).files())
                .containsExactly(new FileChange("old.txt", null, Status.DELETED, 0, 10, false, false, false, false));
    }

    @Test
    void renamedFileNamesBothPathsAndOnlyTheChangedLines() {
        String head = repository
                .rename("old.txt", "sub dir/new.txt")
                .write("sub dir/new.txt", TEN_LINES + "11\n")
                .commit("Rename");
        assertThat(read(head).files())
                .containsExactly(
                        new FileChange("sub dir/new.txt", "old.txt", Status.RENAMED, 1, 0, false, false, false, false));
        assertThat(read(head).totals()).isEqualTo(new Totals(1, 1, 0, 1, 0));
    }

    @Test
    void copiedFileIsAnAddedOneAsInGitItself() {
        String head = repository.write("copy.txt", TEN_LINES).commit("Copy");
        assertThat(read(head).files())
                .containsExactly(new FileChange("copy.txt", null, Status.ADDED, 10, 0, false, false, false, false));
    }

    @Test
    void swappedFilesAreTwoChanges() {
        String both = repository.write("other.txt", "x\ny\nz\n").commit("Other");
        repository.rename("old.txt", "tmp").rename("other.txt", "old.txt").rename("tmp", "other.txt");
        String head = repository.commit("Swap");
        assertThat(repository.reader().read(both, head).delta().orElseThrow().files())
                .extracting(FileChange::path)
                .containsExactly("old.txt", "other.txt");
    }

    @Test
    void binaryFileHasNoLines() {
        String head =
                repository.write("image.bin", new byte[] {0, 1, 2, 0, '\n'}).commit("Binary");
        assertThat(read(head).files())
                .containsExactly(new FileChange("image.bin", null, Status.ADDED, 0, 0, true, false, false, false));
        assertThat(read(head).totals().binary()).isEqualTo(1);
    }

    @Test
    void fileThatAnAttributeHidesCountsAsBinary() {
        String head = repository
                .write(".gitattributes", "*.txt -diff\n")
                .write("old.txt", "nothing\n")
                .commit("Hide");
        assertThat(read(head).files())
                .filteredOn(file -> file.path().equals("old.txt"))
                .singleElement()
                .matches(FileChange::binary);
    }

    @Test
    void submoduleIsToldWhenItComesMovesAndGoes() {
        String added = repository.commitSubmodule("lib", COMMIT_ONE);
        String moved = repository.commitSubmodule("lib", COMMIT_TWO);
        repository.git("rm", "-q", "--cached", "lib");
        String gone = repository.commitIndex("Remove", TestRepository.AUTHOR);
        assertThat(between(base, added).files()).singleElement().satisfies(file -> {
            assertThat(file.submodule()).isTrue();
            assertThat(file.status()).isEqualTo(Status.ADDED);
        });
        assertThat(between(added, moved).files()).singleElement().satisfies(file -> {
            assertThat(file.submodule()).isTrue();
            assertThat(file.status()).isEqualTo(Status.MODIFIED);
            assertThat(file.modeChanged()).isFalse();
        });
        assertThat(between(moved, gone).files()).singleElement().satisfies(file -> {
            assertThat(file.submodule()).isTrue();
            assertThat(file.status()).isEqualTo(Status.DELETED);
        });
    }

    @Test
    void fileThatBecomesASubmoduleChangesItsType() {
        repository.git("rm", "-q", "--cached", "old.txt");
        String head = repository.commitSubmodule("old.txt", COMMIT_ONE);
        assertThat(read(head).files()).singleElement().satisfies(file -> {
            assertThat(file.status()).isEqualTo(Status.TYPE_CHANGED);
            assertThat(file.submodule()).isTrue();
            assertThat(file.modeChanged()).isTrue();
        });
    }

    @Test
    void executableBitIsAModeChange() {
        repository.git("update-index", "--chmod=+x", "old.txt");
        String head = repository.commitIndex("Executable", TestRepository.AUTHOR);
        assertThat(read(head).files())
                .containsExactly(new FileChange("old.txt", null, Status.MODIFIED, 0, 0, false, false, true, false));
    }

    @Test
    void renamedFileMayChangeItsMode() {
        repository.git("mv", "old.txt", "new.txt");
        repository.git("update-index", "--chmod=+x", "new.txt");
        String head = repository.commitIndex("Executable", TestRepository.AUTHOR);
        assertThat(read(head).files())
                .containsExactly(new FileChange("new.txt", "old.txt", Status.RENAMED, 0, 0, false, false, true, false));
    }

    @Test
    void symbolicLinkIsTold() {
        String head = repository.link("link", "old.txt").commit("Link");
        assertThat(read(head).files())
                .containsExactly(new FileChange("link", null, Status.ADDED, 1, 0, false, false, false, true));
    }

    @Test
    void fileThatBecomesASymbolicLinkChangesItsType() {
        String head = repository.delete("old.txt").link("old.txt", "elsewhere").commit("Link");
        assertThat(read(head).files())
                .containsExactly(new FileChange("old.txt", null, Status.TYPE_CHANGED, 1, 10, false, false, true, true));
    }

    @Test
    void sameCommitChangesNothing() {
        Delta delta = read(base);
        assertThat(delta.isEmpty()).isTrue();
        assertThat(delta.totals()).isEqualTo(Totals.NONE);
        assertThat(delta.commits()).isEmpty();
        assertThat(delta.people()).isEmpty();
    }

    private Delta read(String head) {
        return between(base, head);
    }

    private Delta between(String from, String to) {
        Reading reading = repository.reader().read(from, to);
        assertThat(reading.gaps()).isEmpty();
        return reading.delta().orElseThrow();
    }
}
