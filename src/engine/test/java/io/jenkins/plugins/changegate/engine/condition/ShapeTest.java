package io.jenkins.plugins.changegate.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.FileChange.Status;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Revert;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.path.FileKind;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a change is said only if it is certain. */
class ShapeTest {

    private static final FileChange RENAMED =
            new FileChange("b", "a", Status.RENAMED, 0, 0, false, false, false, false);
    private static final FileChange MODE = new FileChange("m", null, Status.MODIFIED, 0, 0, false, false, true, false);

    @Test
    void shapeIsThatOfEveryFile() throws Exception {
        assertThat(shapes(delta(RENAMED))).containsExactly(Shape.RENAMES_ONLY);
        assertThat(shapes(delta(MODE))).containsExactly(Shape.MODES_ONLY, Shape.MODE_CHANGE);
        assertThat(shapes(delta(RENAMED, MODE))).containsExactly(Shape.MODE_CHANGE);
        assertThat(shapes(delta(RENAMED, lines("x", 1, 0)))).isEmpty();
        assertThat(shapes(delta(lines("x", 0, 3)))).containsExactly(Shape.DELETIONS_ONLY);
        assertThat(shapes(delta(lines("x", 0, 3), lines("y", 1, 0)))).isEmpty();
        assertThat(shapes(delta())).isEmpty();
        assertThat(holds("'renames-only' in change.shape", delta(RENAMED))).isTrue();
    }

    @Test
    void renameThatChangesAnythingElseIsMore() {
        for (FileChange file : List.of(
                new FileChange("b", "a", Status.RENAMED, 1, 0, false, false, false, false),
                new FileChange("b", "a", Status.RENAMED, 0, 0, true, false, false, false),
                new FileChange("b", "a", Status.RENAMED, 0, 0, false, true, false, false),
                new FileChange("b", "a", Status.RENAMED, 0, 0, false, false, true, false),
                new FileChange("b", "a", Status.RENAMED, 0, 0, false, false, false, true))) {
            assertThat(shapes(delta(file))).as(file.toString()).doesNotContain(Shape.RENAMES_ONLY);
        }
    }

    @Test
    void filesThatAreNotListedMayHaveAnyShape() {
        Delta cut = new Delta("b", "h", List.of(RENAMED), new Totals(2, 1, 0, 0, 0), List.of(), List.of());
        assertThat(shapes(cut)).isEmpty();
    }

    @Test
    void rollbackTakesCommitsBackAndBringsNone() throws Exception {
        assertThat(shapes(with(true))).contains(Shape.ROLLBACK);
        assertThat(shapes(with(true, true))).contains(Shape.ROLLBACK);
        assertThat(shapes(with(true, false))).doesNotContain(Shape.ROLLBACK);
        assertThat(shapes(with())).doesNotContain(Shape.ROLLBACK);
        assertThat(holds("change.undone == 1", with(true, false))).isTrue();
    }

    @Test
    void revertIsWhatIsProvenAndNothingThatIsNotKnown() throws Exception {
        Circumstances nothing = Circumstances.at(Instant.EPOCH);
        Basis basis = new Basis(Features.NONE, -1);
        Delta delta = with(false);
        assertThat(holds("'revert' in change.shape", delta, nothing)).isFalse();
        assertThat(holds("'revert' in change.shape", delta, nothing.withBasis(Optional.of(basis))))
                .isFalse();
        Basis proven = basis.withRevert(new Revert("c".repeat(40), 1_700_000_000, 2));
        assertThat(holds("'revert' in change.shape", delta, nothing.withBasis(Optional.of(proven))))
                .isTrue();
        assertThat(holds("'revert' in change.shape", delta(), nothing.withBasis(Optional.of(proven))))
                .isFalse();
    }

    @Test
    void revertIsExplainedWithTheCommitItsDayAndItsFiles() {
        Basis basis =
                new Basis(Features.NONE, -1).withLot(0.5).withRevert(new Revert("c".repeat(40), 1_700_000_000, 2));
        assertThat(basis.lot()).isEqualTo(0.5);
        assertThat(basis.withLot(0.25).sentences())
                .containsExactly(
                        "It undoes exactly the commit cccccccccccc of 2023-11-14: each of its 2 files is again as"
                                + " it was before that. The files' contents prove that, and it has no points.");
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, 5",
        "web/vendor/lib.js, 5",
        "api/x.pb.go, 5",
        "src/App.java, 0",
    })
    void generatedLinesAreThoseOfFilesThatNobodyHereWrites(String path, int lines) throws Exception {
        Delta delta = delta(lines(path, 3, 2), lines("src/Other.java", 1, 1));
        assertThat(holds("change.generatedLines == " + lines, delta)).isTrue();
    }

    @Test
    void fileThatComesFromElsewhereOnlyByItsNewPathCounts() throws Exception {
        Delta moved = delta(
                new FileChange("vendor/App.java", "src/App.java", Status.RENAMED, 3, 2, false, false, false, false));
        assertThat(holds("change.generatedLines == 0", moved)).isTrue();
    }

    @Test
    void generatedLinesAreNotKnownIfNotAllFilesAreListed() {
        Delta cut = new Delta("b", "h", List.of(RENAMED), new Totals(2, 1, 0, 0, 0), List.of(), List.of());
        assertThat(CircumstanceFacts.variables(Circumstances.at(Instant.EPOCH), Optional.of(cut)))
                .doesNotContainKey("change.generatedLines");
    }

    @Test
    void generatedLinesCountForTheScoreLikeAnyOthers() {
        assertThat(SizePrior.contributions(delta(lines("vendor/a.js", 30, 4)).totals()))
                .isEqualTo(
                        SizePrior.contributions(delta(lines("src/a.js", 30, 4)).totals()));
    }

    @ParameterizedTest
    @CsvSource({
        "main.tf, TERRAFORM INFRASTRUCTURE",
        "ops/k8s/a.yaml, KUBERNETES INFRASTRUCTURE",
        "charts/a/values.yaml, HELM INFRASTRUCTURE",
        "ansible/site.yml, ANSIBLE INFRASTRUCTURE",
        "app/Dockerfile, CONTAINER CONFIGURATION",
        "api/v1/shop.proto, API CODE",
        "src/vendor/a.go, VENDORED CODE",
        "src/generated/A.java, GENERATED CODE",
        "src/auth/Login.java, AUTHENTICATION",
        "src/App.java, CODE"
    })
    void kindThatSaysMoreOfAFileTakesNothingFromTheOthers(String path, String kinds) {
        assertThat(FileKind.of(delta(lines(path, 1, 1))))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(kinds.split(" ")).map(FileKind::valueOf).toList());
    }

    private static List<Shape> shapes(Delta delta) {
        return Shape.of(delta, false);
    }

    private static boolean holds(String condition, Delta delta) throws Exception {
        return holds(condition, delta, Circumstances.at(Instant.EPOCH));
    }

    private static boolean holds(String condition, Delta delta, Circumstances circumstances) throws Exception {
        ChangeFacts facts = new ChangeFacts(delta, new Target("s", "e", Tier.PRODUCTION), ContentFacts.NONE);
        return new ConditionCompiler()
                .compile(condition)
                .holds(facts, CircumstanceFacts.variables(circumstances, Optional.of(delta)));
    }

    private static FileChange lines(String path, int added, int deleted) {
        return new FileChange(path, null, Status.MODIFIED, added, deleted, false, false, false, false);
    }

    private static Delta with(Boolean... undone) {
        Person nobody = new Person("", "");
        List<Commit> commits = Arrays.stream(undone)
                .map(back -> new Commit("c", back, 1, nobody, nobody, List.of(), ""))
                .toList();
        Totals totals = new Totals(1, 0, 0, 1, 1);
        return new Delta("b", "h", List.of(lines("x", 1, 1)), totals, commits, List.of());
    }

    private static Delta delta(FileChange... files) {
        int added = Arrays.stream(files).mapToInt(FileChange::added).sum();
        int deleted = Arrays.stream(files).mapToInt(FileChange::deleted).sum();
        int binary = (int) Arrays.stream(files).filter(FileChange::binary).count();
        Totals totals = new Totals(files.length, 0, binary, added, deleted);
        return new Delta("b", "h", List.of(files), totals, List.of(), List.of());
    }
}
