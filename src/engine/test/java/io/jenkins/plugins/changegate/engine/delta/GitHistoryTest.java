package io.jenkins.plugins.changegate.engine.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many changes read at once are what each of them is when it is read alone. */
class GitHistoryTest {

    @TempDir
    private Path directory;

    private TestRepository repository;

    @BeforeEach
    void make() {
        repository = TestRepository.in(directory.resolve("repository"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyChangeOfARandomHistoryIsWhatTheReaderReads(long seed) throws IOException {
        grow(new Random(seed), 40);
        GitHistory history = history(Limits.DEFAULT);
        List<GitHistory.Step> steps = steps(history);
        assertThat(steps).hasSizeGreaterThan(20);
        assertSame(history, repository.reader(), steps);
        // Steps over several commits, as there are when a deployment is made once a day.
        List<GitHistory.Step> longer = new ArrayList<>();
        for (int i = 0; i + 3 <= steps.size(); i += 3) {
            longer.add(new GitHistory.Step(steps.get(i).base(), steps.get(i + 2).head()));
        }
        assertSame(history, repository.reader(), longer);
        // Some left out.
        assertSame(history, repository.reader(), List.of(steps.get(2), steps.get(3), steps.get(9), steps.get(15)));
    }

    @Test
    void whatGoesBeyondALimitIsSaidOfThatChangeAlone() throws IOException {
        repository.write("a", "a\n").commit("One");
        repository.write("b", "b\n".repeat(20)).write("c", "c\n").commit("Two");
        repository.write("b", "d\n").commit("Three");
        repository.write("a", "x\n").commit("Four");
        Limits small = new Limits(1, 10, 10, 1000, 30, Duration.ofMinutes(1));
        GitHistory history = history(small);
        List<GitHistory.Step> steps = steps(history);
        assertThat(history.read(steps).stream().map(Reading::gaps).map(List::size))
                .containsExactly(1, 0, 0);
        assertSame(history, new GitReader(repository.directory(), small), steps);
    }

    @Test
    void historyOfAShallowCloneIsCutWhereItEnds() throws IOException {
        repository.write("a", "a\n").commit("One");
        repository.write("a", "b\n").commit("Two");
        repository.write("a", "c\n").commit("Three");
        TestRepository clone = TestRepository.shallowCloneOf(repository, 2, directory.resolve("shallow"));
        GitHistory history = new GitHistory(clone.directory(), Limits.DEFAULT);
        List<GitHistory.Tip> tips = history.tips(clone.head());
        assertThat(history.isShallow()).isTrue();
        assertThat(tips).hasSize(2);
        assertThat(tips.get(0).parent()).isEmpty();
        assertThat(history(Limits.DEFAULT).isShallow()).isFalse();
    }

    @Test
    void sideBranchThatACloneCutsIsAGap() throws IOException {
        repository.write("a", "a\n").commit("One");
        repository.git("checkout", "-q", "-b", "side");
        repository.write("s", "1\n").commit("Side one");
        repository.write("s", "2\n").commit("Side two");
        repository.git("checkout", "-q", "main");
        repository.write("a", "b\n").commit("Two");
        repository.git("merge", "-q", "--no-ff", "-m", "Merge", "side");
        TestRepository clone = TestRepository.shallowCloneOf(repository, 2, directory.resolve("shallow"));
        GitHistory history = new GitHistory(clone.directory(), Limits.DEFAULT);
        List<GitHistory.Step> steps = steps(history, clone.head());
        assertThat(steps).hasSize(1);
        assertThat(history.read(steps).get(0).gaps()).extracting(Gap::kind).containsExactly(Gap.Kind.HISTORY_CUT);
        assertSame(history, clone.reader(), steps);
    }

    @Test
    void fileIsReadAsItIsInEachCommit() throws IOException {
        String without = repository.write("a", "a\n").commit("One");
        String with = repository.write("p.yml", "x: \u00fc\n").commit("Two");
        String large =
                repository.write("p.yml", "y".repeat(GitReader.FILE_LIMIT + 1)).commit("Three");
        String directoryThere =
                repository.delete("p.yml").write("p.yml/inner", "z\n").commit("Four");
        Map<String, GitHistory.Version> versions =
                history(Limits.DEFAULT).versions(List.of(without, with, large, directoryThere), "p.yml");
        assertThat(versions)
                .containsEntry(without, new GitHistory.Version(null, false))
                .containsEntry(with, new GitHistory.Version("x: \u00fc\n", false))
                .containsEntry(large, new GitHistory.Version(null, true))
                .containsEntry(directoryThere, new GitHistory.Version(null, false));
    }

    @Test
    void whatIsNoCommitIsAnErrorAndNothingIsRead() {
        String id = repository.write("a", "a\n").commit("One");
        GitHistory history = history(Limits.DEFAULT);
        for (String wrong : List.of("HEAD", "--all", "", "f".repeat(40))) {
            assertThatThrownBy(() -> history.tips(wrong)).as(wrong).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> history.read(List.of(new GitHistory.Step(wrong, id))))
                    .as(wrong)
                    .isInstanceOf(IOException.class);
        }
    }

    private void grow(Random random, int commits) {
        repository
                .write("f0.txt", "0\n".repeat(30))
                .write("run.sh", "#!/bin/sh\n")
                .commit("Begin");
        String first = repository.head();
        for (int i = 1; i <= commits; i++) {
            boolean merge = random.nextInt(4) == 0;
            if (merge) {
                repository.git("checkout", "-q", "-b", "side" + i);
                for (int n = random.nextInt(3); n >= 0; n--) {
                    repository
                            .write("side/" + i + "-" + n + ".txt", "s\n")
                            .commit("Side\n\nCo-authored-by: S" + n + " <s" + n + "@example.org>");
                }
                repository.git("checkout", "-q", "main");
            }
            change(random, i, first);
            if (merge) {
                repository.git("merge", "-q", "--no-ff", "-m", "Merge " + i, "side" + i);
            }
        }
    }

    private void change(Random random, int i, String submodule) {
        switch (random.nextInt(9)) {
            case 0 -> repository.write("f0.txt", i + "\n" + "0\n".repeat(30)).commit("Modify");
            case 1 -> {
                repository
                        .write("moved" + i, "line " + i + "\n" + "m\n".repeat(20))
                        .commit("Add");
                repository.rename("moved" + i, "to/moved" + i).commit("Rename");
            }
            case 2 ->
                repository.write("b" + i + ".bin", new byte[] {0, 1, (byte) i}).commit("Binary");
            case 3 -> {
                repository.git("update-index", "--chmod=" + (i % 2 == 0 ? "+x" : "-x"), "run.sh");
                repository.commitIndex("Mode", TestRepository.AUTHOR);
                repository.git("checkout", "-q", "--", ".");
            }
            case 4 -> {
                repository.commitSubmodule("module" + i, submodule);
                // The next "add -A" would take it away again, which is a change too.
            }
            case 5 -> repository.commit("Nothing");
            case 6 ->
                repository
                        .write("a\nb\t\"" + i, "odd\n")
                        .write(" -x \u00fc" + i + " ", submodule + "\n")
                        .commit("Odd names");
            case 7 -> repository.link("link" + i, "f0.txt").commit("Link");
            default ->
                repository
                        .write("looks" + i, submodule + "\n@@ -1 +1 @@\n+++ a\n--- b\n:100644\n1\t2\ta")
                        .commit("Looks\n\n" + submodule);
        }
    }

    private GitHistory history(Limits limits) {
        return new GitHistory(repository.directory(), limits);
    }

    private List<GitHistory.Step> steps(GitHistory history) throws IOException {
        return steps(history, repository.head());
    }

    private static List<GitHistory.Step> steps(GitHistory history, String head) throws IOException {
        return history.tips(head).stream()
                .filter(tip -> !tip.parent().isEmpty())
                .map(tip -> new GitHistory.Step(tip.parent(), tip.id()))
                .toList();
    }

    private static void assertSame(GitHistory history, GitReader reader, List<GitHistory.Step> steps)
            throws IOException {
        List<Reading> readings = history.read(steps);
        List<Lines> lines = steps.stream().map(step -> new Lines()).toList();
        List<Boolean> whole = history.lines(steps, List.of(), lines);
        for (int i = 0; i < steps.size(); i++) {
            Reading alone = reader.read(steps.get(i).base(), steps.get(i).head());
            assertThat(readings.get(i)).isEqualTo(alone);
            Lines expected = new Lines();
            assertThat(whole.get(i)).isEqualTo(reader.lines(alone.deltaOrNull(), List.of(), expected));
            assertThat(lines.get(i).all).isEqualTo(expected.all);
        }
    }

    private static final class Lines implements GitReader.LineSink {
        private final List<String> all = new ArrayList<>();

        @Override
        public void line(String path, boolean added, int number, String text) {
            all.add(path + (added ? "+" : "-") + number + ":" + text);
        }
    }
}
