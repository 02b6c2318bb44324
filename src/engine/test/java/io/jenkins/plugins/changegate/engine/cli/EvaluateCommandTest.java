package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.evaluate.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateCommandTest {

    private static final String[] KEYS = {
        "auc",
        "capture5",
        "capture10",
        "capture20",
        "capture50",
        "passed80",
        "passed90",
        "passed95",
        "brier",
        "ece15",
        "miss05",
        "miss10",
        "miss20",
        "curve"
    };

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @Test
    void jsonHasEveryFigureOfEveryProjectAndNothingElse() throws Exception {
        DataFolder.project(folder, "a.b", 1, 800);
        DataFolder.project(folder, "c", 2, 100);
        assertThat(run("evaluate", "--data", folder.toString(), "--json")).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString(UTF_8));
        assertThat(json.propertyNames()).containsExactly("projects", "mean", "published");
        assertThat(json.get("projects").propertyNames()).containsExactly("a.b", "c");
        for (JsonNode result : new JsonNode[] {json.at("/projects/a.b"), json.at("/projects/c"), json.get("mean")}) {
            assertThat(result.propertyNames())
                    .contains(KEYS)
                    .contains("linesAdded")
                    .hasSize(KEYS.length + 1);
            assertThat(result.get("linesAdded").propertyNames()).containsExactly(KEYS);
            assertThat(result.get("curve").propertyNames()).containsExactly("0", "50", "200", "500", "2000");
        }
        assertThat(json.at("/projects/c/curve/2000").isNull()).isTrue();
        assertThat(json.at("/projects/a.b/auc").doubleValue()).isBetween(0.6, 0.95);
        assertThat(json.get("published").propertyNames()).containsExactly("good", "random");
        assertThat(json.at("/published/good").propertyNames()).containsExactly("auc", "difference", "lower", "upper");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void withoutPublishedScoresThereIsNothingToCompareWith() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "la,ld,bug\n1,-1,0\n");
        assertThat(run("evaluate", "--data", folder.toString(), "--json")).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString(UTF_8));
        assertThat(json.get("published").isEmpty()).isTrue();
        assertThat(json.at("/mean/auc").isNull()).isTrue();
        assertThat(err.toString(UTF_8)).contains("1 values of 'ld' are below 0");
    }

    @Test
    void textHasTheSameFiguresInLines() throws Exception {
        DataFolder.project(folder, "shop", 1, 300);
        assertThat(run("evaluate", "--data", folder.toString())).isZero();
        assertThat(out.toString(UTF_8).lines())
                .anyMatch(line -> line.startsWith("shop ") && line.contains(" 0."))
                .anyMatch(line -> line.startsWith("  lines added "))
                .anyMatch(line -> line.startsWith("shop ") && line.endsWith("–"))
                .anyMatch(line -> line.startsWith("random "));
    }

    @Test
    void fitPrintsCoefficientsAsTheyAreShipped() throws Exception {
        DataFolder.project(folder, "shop", 1, 300);
        Files.writeString(
                folder.resolve("shop.csv"), "la,ld,bug\n" + "1,1,0\n10,3,0\n500,20,1\n3,30,0\n80,2,1\n".repeat(50));
        assertThat(run("fit", "--data", folder.toString())).isZero();
        assertThat(out.toString(UTF_8).lines())
                .hasSize(5)
                .allMatch(
                        line -> line.matches("(intercept|added|deleted|typical-added|typical-deleted)=-?\\d+\\.\\d+"));
    }

    @Test
    void wrongDataAndWrongUsageExitWithTwo() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "la,bug\n1,maybe\n");
        assertThat(run("evaluate", "--data", folder.toString(), "--json")).isEqualTo(Main.USAGE);
        assertThat(run("evaluate")).isEqualTo(Main.USAGE);
        assertThat(run("fit", "--data", folder.resolve("none").toString())).isEqualTo(Main.USAGE);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8).lines())
                .hasSize(3)
                .first()
                .asString()
                .isEqualTo("change-gate: " + folder.resolve("a.csv")
                        + ":2: column 'bug': 'maybe' is wrong; write 1 if the change turned out bad, else 0");
    }
}
