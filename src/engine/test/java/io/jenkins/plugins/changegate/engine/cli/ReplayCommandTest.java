package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.delta.GitHistory;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code replay} says of a history. All commits of the test repository are of 2023-11-14. */
class ReplayCommandTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @TempDir
    private Path directory;

    private TestRepository repository;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void commit() {
        repository = TestRepository.in(directory.resolve("sh\u00fcp $(touch x) ;'\"--json"));
        repository.write("a.txt", "a\n").commit("Begin");
        repository.write("a.txt", "b\n").commit("Small");
        repository.write("db/migration/V1.sql", "create\n").commit("Migrate");
        repository.write("pom.xml", "<version>1.0</version>\n").commit("Depend");
        repository.write("pom.xml", "<version>2.0</version>\n").commit("Bump \u001b[31mred");
    }

    @Test
    void calendarsAreReadInTheCommitsAndAddressesAreSaidToBeLeftOut() {
        String entry = "{name: %s, calendar: '%s', because: B.}";
        repository
                .write(
                        ".changegate.yml",
                        "environments: {production: {freezes: [" + entry.formatted("a", "ops/a.ics") + ", "
                                + entry.formatted("b", "https://calendar.example.org/b.ics?secret") + "]}}")
                .write("ops/a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n")
                .commit("Plan");
        repository.write("a.txt", "c\n").commit("Small again");
        repository.delete("ops/a.ics").commit("Forget the plan");
        assertThat(replay()).isZero();
        assertThat(out.toString(UTF_8))
                .contains("left out of what was judged: https://calendar.example.org/b.ics?….")
                .containsPattern("pass +2 ")
                .containsPattern("calendar unreadable\\) +1 ");
    }

    @Test
    void historyIsCountedByResultAndByRule() {
        assertThat(replay()).isZero();
        String text = out.toString(UTF_8);
        assertThat(text)
                .startsWith("4 changes since 2023-11-01, one for each commit")
                .containsPattern("pass +1 +25.0 %")
                .containsPattern("ask +3 +75.0 %")
                .containsPattern("schema-migration +1 +25.0 % +1 +25.0 % +1 +25.0 %")
                .containsPattern("dependency-major +1 +25.0 %")
                .containsPattern("Riskiest\\R +\\d+  ask  2023-11-14  [0-9a-f]{12}  Migrate")
                .contains("Bump ?[31mred")
                .containsPattern("4 changes in [0-9.]+ s: [0-9.]+ ms for each")
                .doesNotContain("\u001b", "not decidable", "Against");
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(Files.exists(repository.directory().resolve("x"))).isFalse();
    }

    @Test
    void eachChangeIsJudgedAsAssessJudgesIt() {
        repository.write(".changegate.yml", "service: other\n").commit("Name it");
        repository.write(".changegate.yml", "rules: [").commit("Break it");
        repository.write("a.txt", "c\n").commit("While it is broken");
        repository.delete(".changegate.yml").commit("Remove it");
        List<String> commits =
                repository.git("rev-list", "--reverse", "HEAD").lines().toList();
        assertThat(replay("--json")).isZero();
        JsonNode report = json().path("report");
        int[] expected = new int[3];
        for (int i = 1; i < commits.size(); i++) {
            int status = run(
                    "assess",
                    "--repo",
                    repository.directory().toString(),
                    "--base",
                    commits.get(i - 1),
                    "--head",
                    commits.get(i),
                    "--environment",
                    "production");
            // A broken policy is an error to somebody who assesses one change, and a question at the gate.
            expected[status == 2 ? 1 : status / 10]++;
        }
        assertThat(report.path("results").path("pass").asInt()).isEqualTo(expected[0]);
        assertThat(report.path("results").path("ask").asInt()).isEqualTo(expected[1]);
        assertThat(report.path("gaps").path("policy-unreadable").asInt()).isEqualTo(3);
        assertThat(report.path("gaps").path("base-claimed").asInt()).isEqualTo(1);
    }

    @Test
    void repositorysPolicyAppliesUnlessItIsLeftOut() {
        repository
                .write(
                        ".changegate.yml",
                        "rules: [{name: own, when: \"change.adds('[s]ecret')\", refuse: true, because: B.}]")
                .commit("Begin to refuse");
        repository.write("a.txt", "secret\n").commit("Secret");
        assertThat(replay()).isZero();
        assertThat(out.toString(UTF_8)).containsPattern("refuse +1 +16.7 %").contains("own (repository)");
        out.reset();
        assertThat(replay("--no-repository-policy")).isZero();
        assertThat(out.toString(UTF_8)).containsPattern("refuse +0 ").doesNotContain("own (repository)");
    }

    @Test
    void whatChangesAgainstAnotherPolicyIsSaid() throws IOException {
        Path strict = Files.writeString(
                directory.resolve("strict.yml"),
                "rules: [{name: no, when: \"change.touches('**/*.sql')\", refuse: true, because: B.}]\n"
                        + "environments: {production: {pass-up-to: none}}");
        Path loose = Files.writeString(
                directory.resolve("loose.yml"), "environments: {production: {pass-up-to: very-high}}");
        assertThat(replay("--policy", strict.toString(), "--against", loose.toString()))
                .isZero();
        assertThat(out.toString(UTF_8))
                .contains("Against the other policy: 0 the same")
                .containsPattern("3  pass -> ask, for instance [0-9a-f]{12}, ")
                .containsPattern("1  pass -> refuse, for instance [0-9a-f]{12}\\R")
                .contains("no (organisation)");
        out.reset();
        assertThat(replay("--policy", strict.toString(), "--against", loose.toString(), "--json"))
                .isZero();
        JsonNode first = json().path("differences").path("differences").get(0);
        assertThat(first.path("from").asString()).isEqualTo("pass");
        assertThat(first.path("to").asString()).isEqualTo("ask");
        assertThat(first.path("count").asInt()).isEqualTo(3);
    }

    @Test
    void jsonHoldsTheWholeReport() {
        assertThat(replay("--json", "--each", "day", "--until", "2023-11-30")).isZero();
        JsonNode json = json();
        assertThat(json.path("until").asString()).isEqualTo("2023-11-30");
        assertThat(json.path("each").asString()).isEqualTo("day");
        assertThat(json.path("report").path("changes").asInt(-1)).isZero();
        out.reset();
        assertThat(replay("--json")).isZero();
        assertThat(json().path("riskiest")
                        .get(0)
                        .path("assessment")
                        .path("score")
                        .asInt())
                .isPositive();
        assertThat(json().path("report")
                        .path("rules")
                        .get(0)
                        .path("rule")
                        .path("rule")
                        .asString())
                .isEqualTo("dependency-major");
        assertThat(json().path("differences").isNull()).isTrue();
    }

    @Test
    void periodWithoutChangesIsEmptyAndFine() {
        assertThat(replay("--until", "2023-11-10")).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly("0 changes since 2023-11-01 until 2023-11-10, one for each commit");
    }

    @Test
    void shallowCloneSaysSo() {
        TestRepository clone = TestRepository.shallowCloneOf(repository, 3, directory.resolve("shallow"));
        repository = clone;
        assertThat(replay()).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("2 changes since")
                .contains("This clone is shallow, and its history begins on 2023-11-14: fetch with more depth");
    }

    @Test
    void wrongUsageIsSaidInOneLine() throws IOException {
        TestRepository empty = TestRepository.in(directory.resolve("empty"));
        String repo = repository.directory().toString();
        Path none = Files.createDirectory(directory.resolve("none"));
        Path broken = Files.writeString(directory.resolve("broken.yml"), "rules: [");
        String[][] usages = {
            {"replay"},
            {"replay", "--repo", repo},
            {"replay", "--since", "2023-01-01"},
            {"replay", "--repo", repo, "--since", "yesterday"},
            {"replay", "--repo", repo, "--since", "2023-02-30"},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--until", "$(date)"},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--each", "week"},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--head", "nowhere"},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--head", "--all"},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--policy", broken.toString()},
            {"replay", "--repo", repo, "--since", "2023-01-01", "--against", "nowhere.yml"},
            {"replay", "--repo", empty.directory().toString(), "--since", "2023-01-01"},
            {"replay", "--repo", none.toString(), "--since", "2023-01-01"},
            {"replay", "--repo", "nowhere", "--since", "2023-01-01"},
        };
        for (String[] usage : usages) {
            err.reset();
            assertThat(run(usage)).as(String.join(" ", usage)).isEqualTo(2);
            assertThat(err.toString(UTF_8).lines()).hasSize(1).allMatch(line -> line.startsWith("change-gate: "));
        }
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void dayIsComparedWithTheDayBeforeAlsoWhenClocksGoBack() {
        List<GitHistory.Tip> tips =
                tips(FIRST, FIRST, FIRST.plusDays(1), FIRST, FIRST.plusDays(1), FIRST.plusDays(3), FIRST.plusDays(3));
        assertThat(steps(Deployments.DAY, tips, FIRST, LocalDate.MAX)).containsExactly("c1..c4", "c4..c6");
        assertThat(steps(Deployments.DAY, tips, FIRST.plusDays(2), LocalDate.MAX))
                .containsExactly("c4..c6");
        assertThat(steps(Deployments.DAY, tips, FIRST, FIRST.plusDays(1))).containsExactly("c1..c4");
    }

    @Test
    void mergeIsComparedWithTheMergeBefore() {
        List<GitHistory.Tip> tips = new ArrayList<>(tips(FIRST, FIRST, FIRST, FIRST, FIRST));
        for (int i : List.of(1, 4)) {
            GitHistory.Tip tip = tips.get(i);
            tips.set(i, new GitHistory.Tip(tip.id(), tip.parent(), true, tip.committed()));
        }
        assertThat(steps(Deployments.MERGE, tips, FIRST, FIRST)).containsExactly("c1..c4");
        assertThat(steps(Deployments.COMMIT, tips, FIRST, FIRST))
                .containsExactly("c0..c1", "c1..c2", "c2..c3", "c3..c4");
    }

    private static List<GitHistory.Tip> tips(LocalDate... days) {
        List<GitHistory.Tip> tips = new ArrayList<>();
        for (int i = 0; i < days.length; i++) {
            tips.add(new GitHistory.Tip("c" + i, i == 0 ? "" : "c" + (i - 1), false, days[i].toEpochDay() * 86_400));
        }
        return tips;
    }

    private static List<String> steps(Deployments each, List<GitHistory.Tip> tips, LocalDate since, LocalDate until) {
        return each.of(tips, since, until).stream()
                .map(deployment ->
                        deployment.step().base() + ".." + deployment.step().head())
                .toList();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString(UTF_8));
    }

    private int replay(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("replay", "--repo", repository.directory().toString(), "--since", "2023-11-01"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
