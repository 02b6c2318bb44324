package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change is proven safe by every file of it, before and after, or not at all. */
class ProvenSafeTest {

    private static final Policy BUILT_IN = new PolicyReader().builtIn();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/guide/index.md",
                "docs/a.adoc",
                "a/b.rst",
                "docs/img/a.png",
                "docs/a.svg",
                "LICENSE",
                "LICENSE.txt",
                "CHANGELOG",
                "sub/CHANGELOG.md",
                ".github/CODEOWNERS"
            })
    void documentationIsSafe(String path) {
        assertSafe("docs-only", file(path));
        assertSafe("docs-only", file(path), file("other.md"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/test/java/ATest.java",
                "module/src/test/resources/x.txt",
                "test/a.py",
                "tests/unit/b.py",
                "web/__tests__/c.js",
                "pkg/a_test.go",
                "src/a.test.ts",
                "src/a.spec.js"
            })
    void testsAreSafe(String path) {
        assertSafe("tests-only", file(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/App.java",
                "docs/run.sh",
                "docs/conf.py",
                "README.md.sh",
                "image.png",
                "src/LICENSE/x",
                "src/tests/a.py",
                "contest/a.py",
                "src/main/test.js",
                "README.MD",
                "readme"
            })
    void everythingElseIsNot(String path) {
        assertNotSafe(file(path));
        assertNotSafe(file(path), file("README.md"));
        assertNotSafe(file("README.md"), file(path));
    }

    @Test
    void mixtureOfTwoSafeClassesIsNotProven() {
        assertNotSafe(file("README.md"), file("src/test/ATest.java"));
    }

    @Test
    void nothingProvesNothing() {
        assertThat(judge(Totals.NONE).assessment().contributions())
                .noneMatch(part -> part.source().endsWith("-only"));
    }

    @Test
    void oldPathOfARenameCountsToo() {
        assertNotSafe(new FileChange("docs/App.md", "src/App.java", Status.RENAMED, 1, 1, false, false, false, false));
        assertSafe("docs-only", new FileChange("b.md", "a.md", Status.RENAMED, 1, 1, false, false, false, false));
    }

    @Test
    void nameOfAnEntryThatIsNoOrdinaryFileProvesNothing() {
        assertNotSafe(new FileChange("a.md", null, Status.MODIFIED, 0, 0, false, false, true, false));
        assertNotSafe(new FileChange("a.md", null, Status.ADDED, 1, 0, false, false, false, true));
        assertNotSafe(new FileChange("a.md", null, Status.MODIFIED, 1, 1, false, true, false, false));
        assertNotSafe(new FileChange("a.md", null, Status.TYPE_CHANGED, 1, 1, false, false, true, true));
    }

    @Test
    void filesThatAreNotListedProveNothing() {
        assertThat(judge(new Totals(2, 0, 0, 10, 10), file("README.md"))
                        .assessment()
                        .score())
                .isPositive();
    }

    @Test
    void hiddenLinesOfADocumentAreNotSafe() {
        Judgement judgement = judge(
                new Totals(1, 0, 1, 0, 0),
                new FileChange("README.md", null, Status.MODIFIED, 0, 0, true, false, false, false));
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void safeChangeOfAnySizePasses() {
        Judgement judgement = judge(new Totals(1, 0, 0, 900, 50), file("README.md"));
        assertThat(judgement.assessment().score()).isZero();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
    }

    private static FileChange file(String path) {
        return new FileChange(path, null, Status.MODIFIED, 20, 10, false, false, false, false);
    }

    private static void assertSafe(String rule, FileChange... files) {
        Judgement judgement = judge(new Totals(files.length, 0, 0, 20, 10), files);
        assertThat(judgement.assessment().contributions())
                .anyMatch(part -> part.source().equals(rule) && part.points() < 0);
    }

    private static void assertNotSafe(FileChange... files) {
        Judgement judgement = judge(new Totals(files.length, 0, 0, 20, 10), files);
        assertThat(judgement.assessment().contributions())
                .noneMatch(part -> part.source().endsWith("-only") && part.points() < 0);
        assertThat(judgement.assessment().score()).isPositive();
    }

    private static Judgement judge(Totals totals, FileChange... files) {
        Delta delta = new Delta("b", "h", List.of(files), totals, List.of(), List.of());
        return new Judge(List.of(BUILT_IN), List.of())
                .judge("s", "production", new Reading(delta, List.of()), ContentFacts.NONE);
    }
}
