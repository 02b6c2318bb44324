package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command line answers: exit statuses 0, 10, 20 and 2. */
class MainTest {

    @TempDir
    private Path directory;

    private TestRepository repository;
    private String base;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void commitBase() {
        repository = TestRepository.in(directory.resolve("shop"));
        base = repository.write("a.txt", "a\n").commit("Begin");
    }

    @Test
    void routineChangePasses() {
        repository.write("a.txt", "b\n").commit("Small");
        assertThat(assess("HEAD", "production")).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("pass: shop to production (production), risk low, 13 of 100")
                .contains("Any change carries some risk.")
                .contains("1 files, +1 -1, 0 renamed, 0 binary, 1 commits by 2 people");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void changeThatUndoesACommitExactlyIsSaidToAndRulesKnow() throws IOException {
        Path policy = directory.resolve("policy.yml");
        Files.writeString(
                policy, "rules: [{name: undo, when: \"'revert' in change.shape\", refuse: true, because: B.}]");
        base = repository.write("a.txt", "b\n").commit("Bad");
        repository.write("a.txt", "c\n").commit("Revert \"Bad\"");
        assertThat(assess("HEAD", "production", "--policy", policy.toString())).isZero();
        assertThat(out.toString(UTF_8)).doesNotContain("undoes");
        repository.write("a.txt", "a\n").commit("Another way");
        assertThat(assess("HEAD", "production", "--policy", policy.toString())).isEqualTo(20);
        assertThat(out.toString(UTF_8))
                .contains("It undoes exactly the commit " + base.substring(0, 12))
                .contains("its file is again as it was before that.");
    }

    @Test
    void riskyChangeAsks() {
        repository.write("db/migration/V1.sql", "drop table a;\n").commit("Migrate");
        assertThat(assess("HEAD", "production")).isEqualTo(10);
        assertThat(out.toString(UTF_8))
                .startsWith("ask:")
                .contains("schema-migration", "[db/migration/V1.sql]")
                .contains("Needs 1 of holders of Change/Approve.");
    }

    @Test
    void changeThatWouldWaitSaysForWhomAndOnWhichTerms() throws IOException {
        Path policy = Files.writeString(directory.resolve("policy.yml"), """
                environments:
                  production:
                    expire-after: 36 hours
                    remind-after: 1 day
                    escalate: {after: 90 minutes, to: [duty, 'user:zoe']}
                    unknown-authors: block
                    approvals: {low: [{from: managers, stage: 2}, {from: leads, at-least: 2, including: pia}]}
                """);
        repository.write("db/migration/V1.sql", "drop table a;\n").commit("Migrate");
        assertThat(assess("HEAD", "production", "--policy", policy.toString())).isEqualTo(10);
        assertThat(out.toString(UTF_8)).contains("""
                  Needs 1 of pia.
                  Needs 1 of leads.
                  Then needs 1 of managers.
                  Reminds them after 1 day, and then again.
                  Lets duty, zoe vote too after 90 minutes.
                  Expires after 36 hours.
                  Nobody can approve while it is not known which user an author is.
                Score:
                """.replace("\n", System.lineSeparator()));
    }

    @Test
    void changeThatPassesWaitsOnNoTerms() throws IOException {
        Path policy = Files.writeString(
                directory.resolve("policy.yml"), "environments: {production: {expire-after: 3 days}}");
        repository.write("a.txt", "b\n").commit("Small");
        assertThat(assess("HEAD", "production", "--policy", policy.toString())).isZero();
        assertThat(out.toString(UTF_8)).startsWith("pass:").doesNotContain("Expires", "Needs");
    }

    @Test
    void refusedChangeIsRefused() throws IOException {
        Path policy = Files.writeString(
                directory.resolve("policy.yml"),
                "rules: [{name: no, when: \"change.adds('secret')\", refuse: true, because: No secrets.}]");
        repository.write("a.txt", "secret\n").commit("Secret");
        assertThat(assess("HEAD", "production", "--policy", policy.toString())).isEqualTo(20);
        assertThat(out.toString(UTF_8))
                .startsWith("refuse:")
                .contains("No secrets. (rule no of the organisation's policy: a.txt:1)");
    }

    @Test
    void jsonHoldsTheScoreAndThePartsThatAddUpToIt() {
        repository
                .write("main.tf", "x \"\u00fc\"\n")
                .write("pom.xml", "<version>1.0</version>\n")
                .commit("Two");
        assertThat(assess("HEAD", "qa", "--json", "--service", "other")).isIn(0, 10);
        JsonNode json = JsonMapper.shared().readTree(out.toString(UTF_8));
        JsonNode assessment = json.path("judgement").path("assessment");
        int sum = 0;
        for (JsonNode part : assessment.path("contributions")) {
            sum += part.path("points").asInt();
        }
        assertThat(sum).isPositive().isEqualTo(assessment.path("score").asInt());
        assertThat(json.path("judgement").path("target").path("service").asString())
                .isEqualTo("other");
        assertThat(json.path("judgement").path("target").path("tier").asString())
                .isEqualTo("testing");
        assertThat(json.path("delta").path("files").size()).isEqualTo(2);
        assertThat(json.path("binding").asString()).hasSize(64);
        assertThat(json.path("gaps").isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "-n", "", "HEAD:a.txt", "ffffffffffffffffffffffffffffffffffffffff", "a\nb"})
    void badRevisionIsUnreadable(String revision) {
        assertThat(assess(revision, "production")).isEqualTo(2);
        assertOneLine("");
        err.reset();
        assertThat(run("assess", "--repo", repo(), "--base", revision, "--head", "HEAD", "--environment", "qa"))
                .isEqualTo(2);
        assertOneLine("");
    }

    @Test
    void directoryThatIsNoRepositoryIsUnreadable() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        for (Path path : List.of(empty, directory.resolve("nowhere"))) {
            err.reset();
            assertThat(run("assess", "--repo", path.toString(), "--base", "a", "--head", "b", "--environment", "qa"))
                    .isEqualTo(2);
            assertOneLine("There is no");
        }
    }

    @Test
    void brokenPolicyIsUnreadable() throws IOException {
        Path policy = Files.writeString(directory.resolve("policy.yml"), "rules:\n  - nme: x\n");
        assertThat(assess("HEAD", "qa", "--policy", policy.toString())).isEqualTo(2);
        assertOneLine("policy.yml:2:5: There is no key 'nme'");
        Files.write(policy, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        err.reset();
        assertThat(assess("HEAD", "qa", "--policy", policy.toString())).isEqualTo(2);
        assertOneLine("cannot be read");
        err.reset();
        assertThat(assess("HEAD", "qa", "--policy", directory.toString())).isEqualTo(2);
        assertOneLine("cannot be read");
        err.reset();
        repository.write(".changegate.yml", "rules: [\n").commit("Break");
        assertThat(assess("HEAD", "qa")).isEqualTo(2);
        assertOneLine(".changegate.yml at head:");
    }

    @Test
    void wrongUsageIsSaidInOneLine() {
        String[][] usages = {
            {},
            {""},
            {"lint"},
            {"--json"},
            {"assess", "--what", "x"},
            {"assess", "repo"},
            {"assess", "--repo"},
            {"assess", "--repo", "x", "--base", "a", "--head", "b"},
            {"assess", "--repo", "x", "--base", "a", "--environment", "b"},
            {"assess", "--repo", "x", "--head", "a", "--environment", "b"},
            {"assess", "--base", "x", "--head", "a", "--environment", "b"},
            {"assess", "--repo", "a\0b", "--base", "x", "--head", "a", "--environment", "b"},
            {"assess", "--repo", ".", "--base", "x", "--head", "a", "--environment", "b", "--policy", "\0"},
        };
        for (String[] usage : usages) {
            err.reset();
            assertThat(run(usage)).as(Arrays.toString(usage)).isEqualTo(2);
            assertOneLine("");
        }
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void helpIsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(run("help")).isZero();
        assertThat(run("assess", "--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("Exit status: 0 pass, 10 ask, 20 refuse, 2");
    }

    private String repo() {
        return repository.directory().toString();
    }

    private int assess(String head, String environment, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("assess", "--repo", repo(), "--base", base, "--head", head, "--environment", environment));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private void assertOneLine(String part) {
        String text = err.toString(UTF_8);
        assertThat(text.lines()).as(text).hasSize(1);
        assertThat(text).startsWith("change-gate: ").contains(part).doesNotContain("\tat ");
    }
}
