package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change undoes a commit only if every file is again what it was before that, and no other file changes. */
class RevertTest {

    private static final long SEED = 20_261_123;

    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void begin() {
        repository = TestRepository.in(directory.resolve("origin"));
        repository.write("a", "1\n").write("b", "1\n").write("c", "1\n").commit("Begin");
    }

    private static Revert read(TestRepository clone, String base, String head, Background.Asked asked) {
        return clone.reader()
                .lookAndRead(base, head, "policy", asked, () -> {})
                .background()
                .revert();
    }

    private Revert read(String base, String head) {
        return read(repository, base, head, Background.Asked.EARLIER);
    }

    private String undo(String commit) {
        repository.git("revert", "--no-edit", commit);
        return repository.head();
    }

    @Test
    void commitThatIsUndoneExactlyIsNamedThoughOthersCameSince() {
        String bad = repository.write("a", "2\n").write("b", "2\n").commit("Bad");
        String base = repository.write("c", "2\n").commit("Since");
        long committed =
                Long.parseLong(repository.git("log", "-1", "--format=%ct", bad).strip());
        assertThat(read(base, undo(bad))).isEqualTo(new Revert(bad, committed, 2));
    }

    @Test
    void oneFileMoreOrLessOrOneLineElseIsNoProof() {
        String bad = repository.write("a", "2\n").write("b", "2\n").commit("Bad");
        String less = repository.write("a", "1\n").commit("Revert \"Bad\"");
        assertThat(read(bad, less)).isNull();
        String more =
                repository.write("b", "1\n").write("c", "2\n").commit("Revert \"Bad\"\n\nThis reverts commit " + bad);
        assertThat(read(bad, more)).isNull();
        String other =
                repository.write("c", "1\n").write("b", "1\n\n").commit("Revert \"Bad\"\n\nThis reverts commit " + bad);
        assertThat(read(bad, other)).isNull();
        assertThat(read(bad, repository.write("b", "1\n").commit("Something else")))
                .isNotNull();
    }

    @Test
    void whatWasChangedAgainSinceIsNotUndoneExactly() {
        String bad = repository.write("a", "1\n2\n3\n").commit("Bad");
        String base = repository.write("a", "0\n1\n2\n3\n").commit("Since");
        String head = repository.write("a", "0\n1\n").commit("Revert \"Bad\"");
        assertThat(read(base, head)).isNull();
        assertThat(read(bad, repository.write("a", "1\n").commit("Both"))).isNotNull();
    }

    @Test
    void modesAndNamesAndKindsOfFilesAreUndoneToo() {
        String mode = executable("a").commit("Executable");
        assertThat(read(mode, undo(mode)).files()).isEqualTo(1);
        repository.write("c", "2\n");
        String both = executable("c").commit("Text and mode");
        assertThat(read(both, repository.write("c", "1\n").commit("The text alone")))
                .isNull();
        String renamed = repository.rename("a", "dir/z").commit("Rename");
        assertThat(read(renamed, undo(renamed)).files()).isEqualTo(2);
        String linked = repository.delete("b").link("b", "c").commit("Link");
        assertThat(read(linked, undo(linked)).commit()).isEqualTo(linked);
        String text = repository.delete("b").write("b", "c").commit("What the link said, as text");
        assertThat(read(linked, text)).isNull();
    }

    @Test
    void rollbackByOneCommitIsARevertOfThatOneAndOneByTwoIsNone() {
        String first = repository.head();
        String second = repository.write("a", "2\n").commit("Two");
        String third = repository.write("b", "2\n").commit("Three");
        assertThat(read(third, second).commit()).isEqualTo(third);
        assertThat(read(third, first)).isNull();
    }

    @Test
    void newestOfSeveralEqualCommitsIsNamed() {
        String bad = repository.write("a", "2\n").commit("Bad");
        undo(bad);
        String again = repository.write("a", "2\n").commit("Bad again");
        String head = undo(again);
        assertThat(read(again, head).commit()).isEqualTo(again);
    }

    @Test
    void nothingIsProvenWhereNothingIsAskedOrNothingChangesOrTheCloneEnds() {
        String bad = repository.write("a", "2\n").commit("Bad");
        String head = undo(bad);
        assertThat(read(repository, bad, head, Background.Asked.NOTHING)).isNull();
        assertThat(read(repository, bad, head, Background.Asked.COMMITS)).isNotNull();
        repository.git("commit", "-q", "--allow-empty", "-m", "Nothing");
        repository.git("commit", "-q", "--allow-empty", "-m", "Nothing again");
        assertThat(read(repository.git("rev-parse", "HEAD~1").strip(), repository.head()))
                .isNull();
        // All that a shallow clone knows of its last commit is that every file is there: this deletes them all.
        String last = repository.head();
        repository.git("rm", "-q", "-r", ".");
        String empty = repository.commit("Delete everything");
        TestRepository shallow = TestRepository.shallowCloneOf(repository, 2, directory.resolve("shallow"));
        assertThat(read(shallow, last, empty, Background.Asked.EARLIER)).isNull();
    }

    @Test
    void ofMoreFilesThanAreKeptNothingIsProven() {
        for (int i = 0; i < Swaps.FILES; i++) {
            repository.write("many/" + i, i + "\n");
        }
        String most = repository.commit("As many as are kept");
        assertThat(read(most, undo(most)).files()).isEqualTo(Swaps.FILES);
        for (int i = 0; i <= Swaps.FILES; i++) {
            repository.write("many/" + i, i + "\n");
        }
        String more = repository.commit("One more");
        assertThat(read(more, undo(more))).isNull();
    }

    /** Whatever is changed, and undone in part, in whole or with something else: git tells the same of both ways. */
    @Test
    void exactlyThoseChangesAreRevertsWhoseRawEntriesAreTurnedRound() {
        Random random = new Random(SEED);
        List<String> history = new ArrayList<>(List.of(repository.head()));
        int proven = 0;
        int not = 0;
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(3) > 0 || history.size() < 3) {
                edit(random, 1 + random.nextInt(3));
            } else {
                String undone = history.get(history.size() - 1 - random.nextInt(Math.min(4, history.size() - 1)));
                for (String path : paths(undone)) {
                    if (random.nextInt(8) > 0) {
                        restore(undone + "~1", path);
                    }
                }
                if (random.nextInt(4) == 0) {
                    edit(random, 1);
                }
            }
            String base = history.get(history.size() - 1);
            String head = repository.commit("Change " + i);
            if (!head.equals(base)) {
                history.add(head);
            }
            Set<String> change = entries(base, head, false);
            String expected = null;
            for (int j = history.size() - 2; j > 0 && expected == null && !change.isEmpty(); j--) {
                if (entries(history.get(j) + "~1", history.get(j), true).equals(change)) {
                    expected = history.get(j);
                }
            }
            Revert revert = read(base, head);
            assertThat(revert == null ? null : revert.commit())
                    .as("seed %d, change %d, %s", SEED, i, change)
                    .isEqualTo(expected);
            proven += expected == null ? 0 : 1;
            not += expected == null ? 1 : 0;
        }
        assertThat(proven).isGreaterThan(5);
        assertThat(not).isGreaterThan(20);
    }

    private TestRepository executable(String path) {
        assertThat(repository.directory().resolve(path).toFile().setExecutable(true))
                .isTrue();
        return repository;
    }

    private void edit(Random random, int files) {
        for (int i = 0; i < files; i++) {
            String path = "f" + random.nextInt(6) + (random.nextBoolean() ? "" : "/ü \"x");
            String beside = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
            repository.git("rm", "-q", "-r", "-f", "--ignore-unmatch", beside);
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> repository.link(path, "f" + random.nextInt(3));
                case 2 -> {
                    repository.write(path, "x\n");
                    executable(path);
                }
                default -> repository.write(path, "line\n".repeat(random.nextInt(4)));
            }
            repository.git("add", "-A");
        }
    }

    private void restore(String commit, String path) {
        repository.git("rm", "-q", "-r", "-f", "--ignore-unmatch", path);
        if (!repository.git("ls-tree", commit, "--", path).isEmpty()) {
            String top = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
            repository.git("rm", "-q", "-r", "-f", "--ignore-unmatch", top);
            repository.git("checkout", commit, "--", path);
        }
    }

    private Set<String> paths(String commit) {
        Set<String> paths = new TreeSet<>();
        entries(commit + "~1", commit, false).forEach(entry -> paths.add(entry.split(" ", 5)[4]));
        return paths;
    }

    /** Returns what {@code git diff-tree} tells of each file: modes and names of both sides, and its path. */
    private Set<String> entries(String from, String to, boolean back) {
        String[] fields = repository
                .git("diff-tree", "-r", "-z", "--no-renames", "--full-index", back ? to : from, back ? from : to)
                .split("\0");
        Set<String> entries = new TreeSet<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            entries.add(fields[i].substring(0, fields[i].lastIndexOf(' ')) + " " + fields[i + 1]);
        }
        return entries;
    }
}
