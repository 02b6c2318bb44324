package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commits of a change one by one, in real repositories. */
class SingleCommitsTest {

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;

    @BeforeEach
    void begin() {
        repository = TestRepository.in(directory.resolve("origin"));
        base = repository.write("core/a", "1\n2\n").write("b", "1\n").commit("Begin");
    }

    private static List<SingleCommit> read(TestRepository clone, String base, String head) {
        return clone.reader().lookAndRead(base, head, "policy").background().commits();
    }

    @Test
    void eachCommitHasItsOwnNumbersAndTheHistoryOfBeforeTheWholeChange() {
        String first = repository.write("core/a", "1\n2\n3\n").commit("First");
        String second =
                repository.write("core/a", "1\n").write("web/new", "1\n2\n").commit("Second");
        List<SingleCommit> commits = read(repository, base, second);
        assertThat(commits).extracting(SingleCommit::id).containsExactly(second, first);
        assertThat(commits.get(1).totals()).isEqualTo(new Totals(1, 0, 0, 1, 0));
        assertThat(commits.get(1).spread()).isEqualTo(new Spread(1, 1, 0));
        assertThat(commits.get(0).totals()).isEqualTo(new Totals(2, 0, 0, 2, 2));
        assertThat(commits.get(0).spread()).isEqualTo(new Spread(2, 2, 1));
        assertThat(commits).extracting(each -> each.earlier().changes()).containsExactly(1, 1);
        assertThat(commits.get(0).earlier().byAuthors()).isEqualTo(new AuthorHistory(1, 1, 1));
    }

    @Test
    void whatIsChangedAndChangedBackIsInTheCommitsOnly() {
        repository.write("b", "other\n").commit("There");
        String head = repository.write("b", "1\n").commit("And back");
        assertThat(repository.reader().read(base, head).delta().orElseThrow().isEmpty())
                .isTrue();
        assertThat(read(repository, base, head))
                .extracting(SingleCommit::totals)
                .containsExactly(new Totals(1, 0, 0, 1, 1), new Totals(1, 0, 0, 1, 1));
    }

    @Test
    void mergesAndEmptyCommitsAddNothingAndOneCommitIsTheDifferenceItself() {
        repository.git("checkout", "-q", "-b", "side");
        String side = repository.write("side", "1\n").commit("Side");
        repository.git("checkout", "-q", "-");
        String one = repository.write("b", "2\n").commit("One");
        repository.git("commit", "-q", "--allow-empty", "-m", "Empty");
        assertThat(read(repository, base, repository.head())).isEmpty();
        repository.git("merge", "-q", "--no-edit", "side");
        assertThat(read(repository, base, repository.head()))
                .extracting(SingleCommit::id)
                .containsExactlyInAnyOrder(side, one);
    }

    @Test
    void whatIsTakenBackIsNoCommitOfTheChange() {
        repository.write("b", "2\n").commit("Two");
        String head = repository.write("b", "3\n").commit("Three");
        assertThat(read(repository, head, base)).isEmpty();
    }

    @Test
    void ofManyTheNewestAreRead() {
        for (int i = 0; i <= SingleCommits.COMMITS; i++) {
            repository.write("b", "commit " + i + "\n").commit("Commit " + i);
        }
        List<SingleCommit> commits = read(repository, base, repository.head());
        assertThat(commits).hasSize(SingleCommits.COMMITS);
        assertThat(commits.get(0).id()).isEqualTo(repository.head());
    }

    @Test
    void whereTheCloneEndsItIsNotKnownWhatACommitChanges() {
        repository.write("b", "2\n").commit("Two");
        String head = repository.write("b", "3\n").commit("Three");
        TestRepository clone = TestRepository.shallowCloneOf(repository, 2, directory.resolve("clone"));
        clone.git("fetch", "-q", "--depth=1", "origin", base);
        assertThat(clone.reader().read(base, head).delta()).isPresent();
        assertThat(read(clone, base, head)).isEmpty();
        assertThat(read(repository, base, head)).hasSize(2);
    }

    @Test
    void ofACommitWithManyFilesOnlyTheSumsAreKnown() {
        for (int i = 0; i < 201; i++) {
            repository.write("file" + i, "1\n");
        }
        repository.commit("Many");
        String head = repository.write("b", "2\n").commit("One");
        SingleCommit many = read(repository, base, head).get(1);
        assertThat(many.totals().files()).isEqualTo(201);
        assertThat(many.spread()).isNull();
        assertThat(many.earlier()).isNull();
    }
}
