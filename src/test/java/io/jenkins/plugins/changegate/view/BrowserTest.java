package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.util.JSONUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real browser, with scripts on and the content security policy enforced, opens every page of a hostile change. */
@WithJenkins
class BrowserTest {

    private static final String HOSTILE =
            "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";

    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=5000",
            "--dump-dom");

    @TempDir
    Path directory;

    @Test
    void noScriptOfAHostileChangeRunsOnAnyPage(JenkinsRule jenkins) throws Exception {
        String chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!chromium.isEmpty(), "There is no Chromium on this machine");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to(ACL.ANONYMOUS_USERNAME, "dev"));
        ChangeGateConfiguration.get().setPolicy("""
                rules: [{name: %1$s, when: 'true', risk: 1, model: %1$s, because: %1$s}]
                models: {%1$s: {because: %1$s, promotion: {after: 1, pass-up-to: low}}}
                environments:
                  production:
                    pass-up-to: none
                    promotion: {after: 1, pass-up-to: low}
                    freezes: [{name: %1$s, from: 2099-01-01, to: 2099-01-02, services: %1$s, because: %1$s}]
                """.formatted(JSONUtils.quote(HOSTILE)));
        Gates gates = new Gates(jenkins);
        TestRepository repository = Gates.repository(directory.resolve("repo"));
        String base = repository.head();
        repository
                .write("db/migration/" + HOSTILE.replace("/", "") + ".sql", "DROP TABLE a;\n")
                .commit(HOSTILE, new Person(HOSTILE.replaceAll("[<>]", "'"), "x@example.org"));
        WorkflowRun run = gates.start(
                gates.pipeline(
                        "shop",
                        Gates.script(
                                repository,
                                "changeGate environment: 'production', base: '" + base + "', reason: '''" + HOSTILE
                                        + "''', service: '''" + HOSTILE + "'''")),
                "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        for (String page : List.of("", "change/", "change/" + record.id() + "/", "console", "input/")) {
            harmless(open(chromium, jenkins.getURL() + run.getUrl() + page), page);
        }
        String[] waiting = open(chromium, jenkins.getURL() + "changes/?show=all");
        harmless(waiting, "changes/");
        assertThat(waiting[0]).contains(record.id());
        String[] records = open(chromium, jenkins.getURL() + "changes/records/?service=" + encoded(HOSTILE));
        harmless(records, "changes/records/");
        assertThat(records[0]).contains(record.id()).contains("&lt;script&gt;");
        String[] wrong = open(chromium, jenkins.getURL() + "changes/records/?level=" + encoded(HOSTILE));
        harmless(wrong, "changes/records/ with a filter that there is not");
        assertThat(wrong[0]).contains("role=\"alert\"").doesNotContain(record.id());
        String policy = record.opened().judgement().policies().stream()
                .filter(applied -> applied.layer().equals(Layer.ORGANISATION))
                .findFirst()
                .orElseThrow()
                .version();
        String[] text =
                open(chromium, jenkins.getURL() + run.getUrl() + "change/" + record.id() + "/policy/" + policy + "/");
        harmless(text, "the policy of a change");
        assertThat(text[0]).contains("2099-01-01");
        String[] policies = open(chromium, jenkins.getURL() + "job/shop/change-policy/");
        harmless(policies, "the policies of a job");
        assertThat(policies[0]).contains(policy.substring(0, 12), "successful deployments in a row");
        String[] schedule = open(chromium, jenkins.getURL() + "changes/schedule/");
        harmless(schedule, "the schedule");
        assertThat(schedule[0]).contains("2099");
        assertThat(open(chromium, jenkins.getURL() + run.getUrl() + "change/" + record.id() + "/")[0])
                .contains("schema-migration")
                .contains(record.id());
        run.doStop();
        jenkins.waitForCompletion(run);
        String[] measures = open(chromium, jenkins.getURL() + "changes/measures/?environment=production");
        harmless(measures, "changes/measures/");
        assertThat(measures[0]).contains("&lt;script&gt;");
        harmless(
                open(chromium, jenkins.getURL() + "changes/measures/?period=" + encoded(HOSTILE)),
                "changes/measures/ of a period that there is not");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void harmless(String[] seen, String page) {
        assertThat(seen[0]).as(page).contains("</html>").doesNotContain("<title>owned");
        assertThat(seen[0]).as(page).doesNotContain("<img src=\"x\"");
        assertThat(seen[1]).as(page).doesNotContainIgnoringCase("Content Security Policy");
    }

    /** Returns the page as the browser sees it in the end, and what it wrote to its console. */
    private String[] open(String chromium, String address) throws Exception {
        File dom = Files.createTempFile(directory, "dom", ".html").toFile();
        File log = Files.createTempFile(directory, "log", ".txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(chromium);
        builder.command().addAll(ARGUMENTS);
        builder.command().add("--user-data-dir=" + directory.resolve("profile"));
        builder.command().add(address);
        Process process = builder.redirectOutput(dom).redirectError(log).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium ended")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new String[] {
            Files.readString(dom.toPath(), StandardCharsets.UTF_8),
            Files.readString(log.toPath(), StandardCharsets.UTF_8)
        };
    }
}
