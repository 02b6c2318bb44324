package io.jenkins.plugins.changegate.engine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code lint} says of policies, and its exit statuses 0, 1 and 2. */
class LintTest {

    private static final String RULE = "rules:\n  - name: r\n    when: 'true'\n    because: B.\n    ";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void policyWithoutMistakesIsFine() throws IOException {
        String file = file("a.yml", RULE + "risk: 1\nenvironments: {production: {}, qa: {}}\n");
        String empty = file("b.yml", "");
        assertThat(run("lint", file, empty)).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(file + ": ok: 1 rules, 2 environments", empty + ": ok: 0 rules, 0 environments");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void mistakeIsSaidWithItsPlaceItsLineAndACaret() throws IOException {
        String file = file("a.yml", "groups: {}\nrules: [{name: a, when: \"chnge.files > 1\", risk: 1, because: B.}]");
        assertThat(run("lint", file, file("b.yml", ""))).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines())
                .hasSize(3)
                .startsWith(err.toString(UTF_8).lines().findFirst().orElseThrow())
                .contains("  rules: [{name: a, when: \"chnge.files > 1\", risk: 1, because: B.}]")
                .endsWith("  " + " ".repeat(25) + "^");
        assertThat(err.toString(UTF_8)).startsWith(file + ":2:26: undeclared reference to 'chnge'");
        assertThat(out.toString(UTF_8)).contains("b.yml: ok").doesNotContain("a.yml");
    }

    @Test
    void calendarsAreLookedForFromTheTopOfTheClone() throws IOException {
        String policy =
                "environments:\n  qa:\n    freezes:\n      - {name: b, from: '22:00', to: '04:00', because: B.}\n"
                        + "      - {name: a, calendar: ops/a.ics, because: B.}\n"
                        + "      - {name: c, calendar: 'https://calendar.example.org/a.ics', because: B.}\n";
        String file = file("policies/a.yml", policy);
        assertThat(run("lint", file)).isEqualTo(2);
        Path beside = directory.resolve("policies/ops/a.ics");
        assertThat(err.toString(UTF_8))
                .contains(":5:19: The calendar ops/a.ics cannot be read. There is no file " + beside + ": add it");
        file("policies/ops/a.ics", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n");
        assertThat(run("lint", file)).isZero();
        Files.createDirectory(directory.resolve(".git"));
        assertThat(run("lint", file)).as("it is in a clone now").isEqualTo(2);
        file("ops/a.ics", "BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR\n");
        err.reset();
        assertThat(run("lint", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("It is broken: line 2, VERSION: '1.0' is not possible");
    }

    @Test
    void hostileAndLongLinesAreShownInPartAndHarmless() throws IOException {
        String file = file("a.yml", "x: \u001b[31m" + "y".repeat(1000) + "\u202e");
        assertThat(run("lint", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).doesNotContain("\u001b", "\u202e");
        assertThat(err.toString(UTF_8).lines().skip(1)).allMatch(line -> line.length() < 130);
    }

    @Test
    void whatARepositoryMayNotSayHasNoEffectThereAndAnOrganisationMaySayIt() throws IOException {
        String file = file(
                "a.yml",
                RULE
                        + "risk: -5\n    safe: true\nenvironments:\n  production:\n    escalate: {after: 1 hour, to: x}\n");
        assertThat(run("lint", file)).isZero();
        assertThat(err.toString(UTF_8))
                .contains(":5:5: no effect: The rule 'r' takes points away", ":6:5: no effect: The rule 'r' says that")
                .contains(":9:5: no effect: The escalation for production");
        assertThat(out.toString(UTF_8)).contains("ok: 1 rules, 1 environments");
        assertThat(run("lint", "--strict", file)).isEqualTo(1);
        err.reset();
        assertThat(run("lint", "--strict", "--layer", "organisation", file)).isZero();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void whatIsNeverUsedIsSaid() throws IOException {
        String file = file("a.yml", """
                service: shop
                groups: {used: [a], also: [b], further: [c], single: [d], idle: [e]}
                rules: [{name: none, when: 'true', level: low, because: B.}]
                environments:
                  production:
                    expire-after: 1 day
                    remind-after: 24 hours
                    escalate: {after: 2 days, to: further}
                    approvals: {low: [{from: used, including: [also], at-least: 2}, {from: single}]}
                """);
        assertThat(run("lint", "--layer", "organisation", file)).isZero();
        assertThat(err.toString(UTF_8).lines().filter(line -> line.contains("no effect: ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains(":1:1: no effect: 'service'"),
                        line -> assertThat(line).contains(":2:", "The group 'idle' is never used"),
                        line -> assertThat(line).contains(":3:", "The rule 'none' has no effect"),
                        line -> assertThat(line).contains(":7:5:", "Nobody is ever reminded for production"),
                        line -> assertThat(line).contains(":8:5:", "The escalation for production is never used"));
    }

    @Test
    void jsonHoldsMistakesAndWarnings() throws IOException {
        String good = file("a.yml", "groups: {idle: [e]}");
        String bad = file("b.yml", "rules:\n  - nme: x\n");
        assertThat(run("lint", "--json", good, bad)).isEqualTo(2);
        JsonNode files = JsonMapper.shared().readTree(out.toString(UTF_8)).path("files");
        assertThat(files.get(0).path("warnings").get(0).path("column").asInt()).isEqualTo(10);
        assertThat(files.get(0).path("rules").asInt(-1)).isZero();
        assertThat(files.get(1).path("mistakes").get(0).path("line").asInt()).isEqualTo(2);
        assertThat(files.get(1).path("mistakes").get(0).path("message").asString())
                .startsWith("There is no key 'nme'");
        assertThat(files.get(1).path("rules").isNull()).isTrue();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void wrongUsageIsSaidInOneLine() throws IOException {
        String file = file("a.yml", "");
        String[][] usages = {
            {"lint"},
            {"lint", "--strict"},
            {"lint", "--layer", "built-in", file},
            {"lint", file, "--layer"},
            {"lint", "--repo", "x", file},
            {"lint", directory.resolve("nowhere").toString()},
            {"lint", directory.toString()},
            {"lint", "\0"},
        };
        for (String[] usage : usages) {
            err.reset();
            assertThat(run(usage)).as(String.join(" ", usage)).isEqualTo(2);
            assertThat(err.toString(UTF_8).lines()).hasSize(1).allMatch(line -> line.startsWith("change-gate: "));
        }
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    private String file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
