package io.jenkins.plugins.changegate.engine.delta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a unified diff tells, and what it is turned away for. */
class DiffReaderTest {

    private static final String HUNK = "@@ -1 +1 @@\n-x\n+y\n";

    @TempDir
    private Path directory;

    @Test
    void diffSaysWhatChangesButNotWhoWroteIt() throws IOException {
        Path file = Files.writeString(directory.resolve("diff"), git("a/f", "b/f") + HUNK);
        Reading reading = new DiffReader(file, Limits.DEFAULT).read();
        Delta delta = reading.delta().orElseThrow();
        assertThat(delta.files())
                .containsExactly(new FileChange("f", null, Status.MODIFIED, 1, 1, false, false, false, false));
        assertThat(delta.totals()).isEqualTo(new Totals(1, 0, 0, 1, 1));
        assertThat(delta.base()).isEmpty();
        assertThat(delta.head()).matches("[0-9a-f]{64}");
        assertThat(reading.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.kind()).isEqualTo(Gap.Kind.HISTORY_CUT));
    }

    @Test
    void textIsHandedOutWithItsLineNumbersAroundContext() throws IOException {
        Path file = Files.writeString(
                directory.resolve("diff"), git("a/f", "b/f") + "@@ -10,4 +20,5 @@ void f()\n a\n-b\n+B\n+C\n\n d\n");
        DiffReader reader = new DiffReader(file, Limits.DEFAULT);
        List<String> lines = new ArrayList<>();
        boolean whole = reader.lines(
                reader.read().delta().orElseThrow(),
                List.of(),
                (path, added, number, text) -> lines.add(path + (added ? "+" : "-") + number + text));
        assertThat(whole).isTrue();
        assertThat(lines).containsExactly("f-11b", "f+21B", "f+22C");
    }

    @Test
    void diffThatChangesMeanwhileIsNotBelieved() throws IOException {
        Path file = Files.writeString(directory.resolve("diff"), git("a/f", "b/f") + HUNK);
        DiffReader reader = new DiffReader(file, Limits.DEFAULT);
        Delta delta = reader.read().delta().orElseThrow();
        Files.writeString(file, git("a/f", "b/f") + HUNK.replace('y', 'z'));
        assertThatThrownBy(() -> reader.lines(delta, List.of(), (path, added, number, text) -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while");
    }

    @ParameterizedTest
    @CsvSource({
        "a/f, b/f, f",
        "i/f, w/f, f",
        "old/d/f, new/d/f, d/f",
        "d/f, d/f, d/f",
        "a/f b/f, b/f b/f, f b/f",
        "a/ f, b/ f, ' f'"
    })
    void whatBothNamesAreBelowIsTakenOff(String before, String after, String path) throws IOException {
        assertThat(parse("diff --git " + before + " " + after + "\nold mode 100644\nnew mode 100755\n"))
                .containsExactly(new FileChange(path, null, Status.MODIFIED, 0, 0, false, false, true, false));
        assertThat(parse("--- " + before + "\t\n+++ " + after + "\t\n" + HUNK))
                .extracting(FileChange::path)
                .containsExactly(path);
    }

    @Test
    void filesOfTwoPathsAreOneThatMoves() throws IOException {
        assertThat(parse("--- src/f\n+++ lib/g\n" + HUNK))
                .containsExactly(new FileChange("lib/g", "src/f", Status.RENAMED, 1, 1, false, false, false, false));
    }

    @Test
    void quotedNamesAreWhatTheyStandFor() throws IOException {
        assertThat(parse("diff --git \"a/t\\ta\\303\\274\\\"\" \"b/t\\ta\\303\\274\\\"\"\nnew file mode 120000\n"))
                .containsExactly(new FileChange("t\ta\u00fc\"", null, Status.ADDED, 0, 0, false, false, false, true));
    }

    @Test
    void timeOf1970MeansThatThereWasNoFile() throws IOException {
        assertThat(parse("--- old/f\t1970-01-01 01:00:00.000000000 +0100\n+++ new/f\t2026-01-02 03:04:05 +0000\n"
                        + "@@ -0,0 +1 @@\n+x\n--- old/g\t2026-01-02 03:04:05.5 +0000\n"
                        + "+++ new/g\t1970-01-01 00:00:00.000000000 +0000\n@@ -1 +0,0 @@\n-x\n"))
                .extracting(file -> file.path() + " " + file.status())
                .containsExactly("f ADDED", "g DELETED");
    }

    @Test
    void contentThatLooksLikeADiffIsContent() throws IOException {
        List<FileChange> files = parse(
                git("a/f", "b/f") + "@@ -1,3 +1,3 @@\n--- a/g\n-diff --git a/h b/h\n-@@ -1 +1 @@\n+++ b/g\n+x\n+y\n");
        assertThat(files).containsExactly(new FileChange("f", null, Status.MODIFIED, 3, 3, false, false, false, false));
    }

    @Test
    void textAroundTheDiffIsNobodysBusiness() throws IOException {
        assertThat(parse("From 1\nSubject: x\n\n- a list\n+ another\n---\n f | 2 +-\n\n" + git("a/f", "b/f") + HUNK
                        + "-- \n2.39.5\n\ncommit 2\n\n    indented\n\n" + git("a/g", "b/g") + HUNK))
                .extracting(FileChange::path)
                .containsExactly("f", "g");
    }

    @Test
    void wholeDiffMayHaveCarriageReturns() throws IOException {
        String diff = git("a/f", "b/f") + HUNK + "\\ No newline at end of file\n";
        assertThat(parse(diff.replace("\n", "\r\n"))).isEqualTo(parse(diff)).hasSize(1);
    }

    @Test
    void nothingIsNoChange() throws IOException {
        assertThat(parse("")).isEmpty();
        assertThat(parse("\n \n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "diff --cc f\nindex 1,2..3\n--- a/f\n+++ b/f\n@@@ -1,1 -1,1 +1,1 @@@\n--x\n++y\n",
                "diff --combined f\n",
                "@@@ -1 -1 +1 @@@\n",
                "no diff at all\n",
                "@@ -1 +1 @@\n-x\n+y\n",
                "--- a/f\n+++ b/f\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n+z\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n y\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n?y\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n",
                "--- /dev/null\n+++ /dev/null\n@@ -1 +1 @@\n-x\n+y\n",
                "diff --git a/f b/f\n--- a/f\n+++ b/g\n@@ -1 +1 @@\n-x\n+y\n",
                "diff --git a/f b/f\nnew file mode 100644\ndeleted file mode 100644\n",
                "diff --git a/f b/f\nnew file mode 9\n",
                "diff --git a/f b/g\nrename from f\n",
                "diff --git a/f b/longer\n",
                "diff --git \"a/f b/f\n",
                "diff --git \"a/\\9\" \"b/\\9\"\n",
                "diff --git \"a/\\000\" \"b/\\000\"\n",
                "diff -r old new\nOnly in new: f\n",
                "diff -r old new\nBinary files old/f and new/g differ\n",
                "Submodule lib 1234567..89abcde:\n  > Message\n",
            })
    void whatCannotBeTakenAtItsWordIsTurnedAway(String diff) {
        assertThatThrownBy(() -> parse(diff)).isInstanceOf(IOException.class).hasMessageStartingWith("Line ");
    }

    @Test
    void combinedDiffIsTurnedAwayWithWhatToDo() {
        assertThatThrownBy(() -> parse("x\ndiff --cc f\n"))
                .hasMessage("Line 2: a combined diff, of a merge, has no one difference: compare with one parent");
    }

    @Test
    void limitsCutTheListAndTheTextButNotTheSums() throws IOException {
        StringBuilder diff = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            diff.append(git("a/f" + i, "b/f" + i)).append(HUNK);
        }
        int[] lines = {0};
        Limits limits = new Limits(7, 1, 1, 1_000, 20, Limits.DEFAULT.time());
        UnifiedDiffParser.Parsed parsed =
                UnifiedDiffParser.parse(in(diff.toString()), limits, (path, added, number, text) -> lines[0]++);
        assertThat(parsed.whole()).isFalse();
        assertThat(lines[0]).isEqualTo(7);
        assertThat(parsed.files().listed()).hasSize(7);
        assertThat(parsed.files().totals()).isEqualTo(new Totals(30, 0, 0, 30, 30));
    }

    private static String git(String before, String after) {
        return "diff --git " + before + " " + after + "\nindex 1234567..89abcde 100644\n--- " + before + "\n+++ "
                + after + "\n";
    }

    private static List<FileChange> parse(String diff) throws IOException {
        return UnifiedDiffParser.parse(in(diff), Limits.DEFAULT, (path, added, number, text) -> {})
                .files()
                .listed();
    }

    private static ByteArrayInputStream in(String diff) {
        return new ByteArrayInputStream(diff.getBytes(ISO_8859_1));
    }
}
