package io.jenkins.plugins.changegate.engine.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.learn.Learner;
import io.jenkins.plugins.changegate.engine.learn.RiskModel;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    @TempDir
    private Path folder;

    @Test
    void modelThatIsMeasuredIsTheProductsOwn() throws Exception {
        DataFolder.project(folder, "a", 1, 1500);
        Project project = ProjectReader.read(folder.resolve("a.csv"));
        RiskModel model = new Learner().learn(project.train());
        double[] scores = project.test().stream()
                .mapToDouble(change -> model.logOdds(change.features()))
                .toArray();
        boolean[] bad = new boolean[scores.length];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = project.test().get(i).failed();
        }
        assertThat(new Evaluation(folder).evaluate().projects().get("a").model().values())
                .containsEntry("auc", new Metrics(scores, bad).auc());
    }

    @Test
    void whatCanBeLearntIsMeasured() throws Exception {
        DataFolder.project(folder, "a", 1, 3000);
        DataFolder.project(folder, "b", 2, 2600);
        EvaluationReport report = new Evaluation(folder).evaluate();
        assertThat(report.projects()).containsOnlyKeys("a", "b");
        Figures model = report.mean().model();
        Figures linesAdded = report.mean().linesAdded();
        assertThat(model.values().get("auc"))
                .isGreaterThan(linesAdded.values().get("auc") + 0.05)
                .isCloseTo(
                        (report.projects().get("a").model().values().get("auc")
                                        + report.projects()
                                                .get("b")
                                                .model()
                                                .values()
                                                .get("auc"))
                                / 2,
                        within(1e-12));
        assertThat(model.curve().get(2000)).isGreaterThan(model.curve().get(0) + 0.05);
        assertThat(linesAdded.curve().values()).containsOnly(linesAdded.values().get("auc"));
        assertThat(model.values().get("miss10")).isBetween(0.0, 0.2);
        assertThat(model.values().get("ece15")).isLessThan(0.1);
    }

    @Test
    void publishedScoresAreComparedOnTheSameChanges() throws Exception {
        DataFolder.project(folder, "a", 1, 3000);
        DataFolder.project(folder, "b", 2, 3000);
        EvaluationReport report = new Evaluation(folder).evaluate();
        // Only what was learnt within the project is compared.
        assertThat(report.published()).containsOnlyKeys("good", "random");
        EvaluationReport.Comparison random = report.published().get("random");
        assertThat(random.lower()).isPositive();
        assertThat(random.difference()).isBetween(random.lower(), random.upper());
        assertThat(random.auc() + random.difference())
                .isCloseTo(report.mean().model().values().get("auc"), within(1e-12));
        assertThat(report.published().get("good").upper()).isLessThan(0.02);
    }

    @Test
    void publishedScoresOfOtherChangesAreRejected() throws Exception {
        DataFolder.project(folder, "a", 1, 100);
        Path published = folder.resolve("published/a.csv");
        String text = Files.readString(published);
        Files.writeString(published, text.replaceFirst("c80,", "c79,"));
        assertThatThrownBy(() -> new Evaluation(folder).evaluate())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.csv:2: column 'commit_id': 'c79' is wrong; write c80");
        Files.writeString(published, text.substring(0, text.lastIndexOf("c99")));
        assertThatThrownBy(() -> new Evaluation(folder).evaluate())
                .hasMessageContaining("there are 19 changes, and 20 in the test part");
    }

    @Test
    void sameDataGivesTheSameFigures() throws Exception {
        DataFolder.project(folder, "a", 1, 700);
        DataFolder.project(folder, "b", 2, 700);
        DataFolder.project(folder, "c", 3, 700);
        assertThat(new Evaluation(folder).evaluate()).isEqualTo(new Evaluation(folder).evaluate());
    }

    @Test
    void dataOfWhichHardlyAnythingCanBeComputedIsNoError() throws Exception {
        Files.writeString(folder.resolve("empty.csv"), "la,bug\n");
        Files.writeString(folder.resolve("one.csv"), "la,bug\n1,1\n");
        Files.writeString(folder.resolve("sound.csv"), "la,bug\n" + "1,0\n2,0\n".repeat(40));
        Files.writeString(folder.resolve("bad.csv"), "la,bug\n" + "1,1\n2,1\n".repeat(40));
        Files.writeString(folder.resolve("only-labels.csv"), "bug\n" + "1\n0\n0\n".repeat(400));
        Files.writeString(folder.resolve("no-lines.csv"), "nf,bug\n" + "5,1\n1,0\n2,0\n".repeat(400));
        EvaluationReport report = new Evaluation(folder).evaluate();
        for (String name : new String[] {"empty", "one", "sound", "bad"}) {
            assertThat(report.projects().get(name).model().values().get("auc"))
                    .as(name)
                    .isNaN();
        }
        assertThat(report.projects().get("sound").model().values().get("brier")).isLessThan(0.05);
        assertThat(report.projects().get("only-labels").model().values().get("auc"))
                .isEqualTo(0.5);
        EvaluationReport.Result noLines = report.projects().get("no-lines");
        assertThat(noLines.model().values().get("auc")).isEqualTo(1);
        assertThat(noLines.model().curve().get(0)).isEqualTo(0.5);
        assertThat(noLines.linesAdded().values().values()).containsOnly(Double.NaN);
        assertThat(report.mean().model().values().get("auc")).isEqualTo(0.75);
    }

    @Test
    void folderWithoutDataSaysSo() throws Exception {
        assertThatThrownBy(() -> new Evaluation(folder)).hasMessageContaining("there are no files *.csv");
        assertThatThrownBy(() -> new Evaluation(folder.resolve("x"))).hasMessageContaining("cannot be read");
        Files.writeString(folder.resolve("a.csv"), "bug\n");
        Files.writeString(folder.resolve("a.csv.gz"), "");
        assertThatThrownBy(() -> new Evaluation(folder)).hasMessageContaining("twice");
        assertThatThrownBy(() -> new Evaluation(folder.resolve("a.csv"))).hasMessageContaining("this is no folder");
    }

    @Test
    void thresholdKnowsNoLabelBeforeItsTime() {
        // Twelve bad changes at the end of the train part, with scores from 0 to 11; four in the test part. Two
        // hundredths of 52 changes are one.
        List<LabelledChange> train = new ArrayList<>(Collections.nCopies(36, new LabelledChange(Features.NONE, false)));
        List<LabelledChange> bad = Collections.nCopies(12, new LabelledChange(Features.NONE, true));
        train.addAll(bad);
        Project project = new Project("a", train, bad.subList(0, 4), List.of("", "", "", ""), List.of());
        Ranking ranking = new Ranking() {
            @Override
            public Scorer learn(List<LabelledChange> past) {
                throw new AssertionError();
            }

            @Override
            public List<Double> foretold(List<LabelledChange> past, int from, int delay) {
                return IntStream.range(from, past.size())
                        .mapToObj(i -> i - 36.0)
                        .toList();
            }
        };
        // With so few failures the lowest known score is the threshold. If the one before were known already, every
        // second change would not be below it.
        assertThat(new RollingMiss(ranking, project, new double[] {-1, -1, -2, -2}).share(0.2))
                .isEqualTo(1);
        assertThat(new RollingMiss(ranking, project, new double[] {-1, 0, -1, -1}).share(0.2))
                .isEqualTo(0.25);
    }
}
