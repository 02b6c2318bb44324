package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command line answers about a change that is in a file. */
class ChangeFileTest {

    private static final String DIFF = "diff --git a/pay/Bill.java b/pay/Bill.java\nindex 1..2 100644\n"
            + "--- a/pay/Bill.java\n+++ b/pay/Bill.java\n@@ -1 +1 @@\n-a\n+secret\n";
    private static final String PLAN =
            "{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":[{\"address\":"
                    + "\"module.a.aws_db_instance.main\",\"type\":\"aws_db_instance\",\"change\":{\"actions\":[\"create\","
                    + "\"delete\"],\"before\":{\"password\":\"hunter2\"}}}]}";
    private static final String POLICY = """
            rules:
              - {name: secrets, when: "change.adds('secret')", refuse: true, because: No secrets.}
              - {name: databases, when: "change.touches('delete/aws_db_*/**')", refuse: true, because: No loss.}
            """;

    @TempDir
    private Path directory;

    private Path policy;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writePolicy() throws IOException {
        policy = Files.writeString(directory.resolve("policy.yml"), POLICY);
    }

    @Test
    void diffIsScoredAndAsksBecauseNobodyKnowsWhoWroteIt() throws IOException {
        assertThat(assess("--diff", DIFF)).isEqualTo(10);
        assertThat(out.toString(UTF_8))
                .startsWith("ask: change to production (production), risk low")
                .contains("A diff does not say who wrote it")
                .containsPattern("Delta [0-9a-f]{12}: 1 files, \\+1 -1, 0 renamed");
    }

    @Test
    void textOfADiffIsLookedAt() throws IOException {
        assertThat(assess("--diff", DIFF, "--policy", policy.toString())).isEqualTo(20);
        assertThat(out.toString(UTF_8))
                .contains("No secrets. (rule secrets of the organisation's policy: pay/Bill.java:1)");
    }

    @Test
    void planIsJudgedByWhatItDestroysAndItsValuesAreNowhere() throws IOException {
        assertThat(assess("--plan", PLAN, "--policy", policy.toString())).isEqualTo(20);
        assertThat(out.toString(UTF_8))
                .contains("No loss.", "replace/aws_db_instance/module.a.aws_db_instance.main")
                .doesNotContain("hunter2");
        out.reset();
        assertThat(assess("--plan", PLAN, "--json")).isEqualTo(10);
        JsonNode json = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(json.path("delta").path("files").size()).isEqualTo(1);
        assertThat(json.path("binding").asString()).hasSize(64);
        assertThat(out.toString(UTF_8)).doesNotContain("hunter2");
    }

    @Test
    void rulesAboutTextAreNotDecidableForAPlan() throws IOException {
        String without =
                PLAN.replace("create\\\",\\\"delete", "update").replace("[\"create\",\"delete\"]", "[\"update\"]");
        assertThat(assess("--plan", without, "--policy", policy.toString())).isEqualTo(10);
        assertThat(out.toString(UTF_8)).contains("added lines were not all looked at");
    }

    @Test
    void fileThatIsNotWhatItIsSaidToBeIsSaidInOneLine() throws IOException {
        assertThat(assess("--diff", "nothing of the kind\n")).isEqualTo(2);
        assertOneLine("no unified diff");
        assertThat(assess("--diff", "diff --cc f\n")).isEqualTo(2);
        assertOneLine("combined diff");
        assertThat(assess("--plan", DIFF)).isEqualTo(2);
        assertOneLine("no Terraform plan");
        assertThat(run("assess", "--plan", directory.resolve("gone").toString(), "--environment", "qa"))
                .isEqualTo(2);
        assertOneLine("cannot be read");
        assertThat(run("assess", "--diff", "d", "--plan", "p", "--environment", "qa"))
                .isEqualTo(2);
        assertOneLine("takes the place of");
        assertThat(run("assess", "--diff", "d", "--head", "x", "--environment", "qa"))
                .isEqualTo(2);
        assertOneLine("takes the place of");
    }

    private int assess(String option, String text, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("change"), text);
        List<String> arguments =
                new ArrayList<>(List.of("assess", option, file.toString(), "--environment", "production"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private void assertOneLine(String part) {
        String text = err.toString(UTF_8);
        err.reset();
        assertThat(text.lines()).as(text).hasSize(1);
        assertThat(text).startsWith("change-gate: ").contains(part);
    }
}
