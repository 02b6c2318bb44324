package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The card, the page and the JSON of a change: what they show, to whom, and that nothing in them comes alive. */
@WithJenkins
class PagesTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private WorkflowRun first;
    private WorkflowRun run;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        TestRepository repository = Gates.repository(directory);
        first = gates.deployFirst(gates.deploying(repository));
        repository
                .write("db/migration/" + HOSTILE.replace("/", "") + ".sql", "DROP TABLE a;\n")
                .commit("Subject " + HOSTILE, new Person("Name " + HOSTILE, "m<b>@example.org"));
        run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
    }

    private Page open(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setJavaScriptEnabled(false);
        // The page that turns somebody away would otherwise lead to the login form.
        client.setRefreshHandler((page, url, seconds) -> {});
        if (!user.isEmpty()) {
            client.login(user);
        }
        return client.goTo(path, null);
    }

    private int status(String user, String path) throws Exception {
        return open(user, path).getWebResponse().getStatusCode();
    }

    @Test
    void onlyWhoMaySeeTheJobSeesItsChanges() throws Exception {
        String id = Gates.record(run).id();
        for (String path : new String[] {"change/", "change/" + id + "/", "change/" + id + "/api/json"}) {
            assertThat(status("reader", run.getUrl() + path)).as(path).isEqualTo(200);
            assertThat(status("", run.getUrl() + path)).as("anonymous " + path).isIn(403, 404);
        }
    }

    @Test
    void aChangeIsFoundOnlyUnderItsOwnBuild() throws Exception {
        String id = Gates.record(run).id();
        assertThat(status("reader", first.getUrl() + "change/" + id + "/")).isEqualTo(404);
        for (String wrong : new String[] {"CHG-999999", "CHG-1", "x", "CHG-000001%00", "..%2f"}) {
            assertThat(status("reader", run.getUrl() + "change/" + wrong + "/"))
                    .as(wrong)
                    .isIn(400, 404);
        }
    }

    @Test
    void cardAndPageTellWhatChangesHowRiskyAndWhoIsMissing() throws Exception {
        ChangeRecord record = Gates.record(run);
        String card = ((HtmlPage) open("reader", run.getUrl())).asNormalizedText();
        assertThat(card)
                .contains(record.id())
                .contains("shop")
                .contains("production")
                .contains("team-leads");
        String page = ((HtmlPage) open("reader", run.getUrl() + "change/" + record.id() + "/")).asNormalizedText();
        assertThat(page)
                .contains(record.id())
                .contains("schema-migration")
                .contains("A schema migration is not undone")
                .contains("team-leads")
                .contains("change-managers")
                .contains("db/migration/");
    }

    @Test
    void aChangeThatPassedTellsWhoCouldHaveStoppedIt() throws Exception {
        TestRepository site = Gates.repository(Files.createDirectory(directory.resolve("site")));
        WorkflowJob job =
                gates.pipeline("site", Gates.script(site, "changeGate environment: 'production', service: 'site'"));
        gates.deployFirst(job);
        site.write("src/Main.java", "class Main { }\n").commit("Space");
        WorkflowRun passed = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(gates.start(job, "dev")));
        HtmlPage page = (HtmlPage) open(
                "reader", passed.getUrl() + "change/" + Gates.record(passed).id() + "/");
        assertThat(page.getElementById("change-gate-beyond")).isNotNull();
        assertThat(page.asNormalizedText())
                .contains("With moderate risk or more it would have needed")
                .contains("1 of team-leads");
        HtmlPage asked = (HtmlPage)
                open("reader", run.getUrl() + "change/" + Gates.record(run).id() + "/");
        assertThat(asked.getElementById("change-gate-beyond")).isNull();
    }

    @Test
    void nothingHostileComesAliveOnAnyPageOrInTheLog() throws Exception {
        String id = Gates.record(run).id();
        String[] paths = {"", "change/", "change/" + id + "/", "console", "input/"};
        for (String path : paths) {
            HtmlPage page = (HtmlPage) open("lead", run.getUrl() + path);
            assertThat(page.getByXPath("//img[@onerror]")).as(path).isEmpty();
            for (Object element : page.getByXPath("//*")) {
                ((DomElement) element)
                        .getAttributesMap()
                        .keySet()
                        .forEach(name -> assertThat(name).as(path).isNotEqualToIgnoringCase("onerror"));
            }
        }
    }

    @Test
    void jsonHasTheWholeRecordAndItsContributionsAddUp() throws Exception {
        String id = Gates.record(run).id();
        Page page = open("reader", run.getUrl() + "change/" + id + "/api/json");
        assertThat(page.getWebResponse().getContentType()).isEqualTo("application/json");
        JSONObject json = JSONObject.fromObject(page.getWebResponse().getContentAsString());
        assertThat(json.getString("id")).isEqualTo(id);
        assertThat(json.getString("verdict")).isEqualTo("ask");
        JSONObject opened = json.getJSONArray("history").getJSONObject(0);
        JSONArray parts =
                opened.getJSONObject("judgement").getJSONObject("assessment").getJSONArray("contributions");
        int sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.getJSONObject(i).getInt("points");
        }
        assertThat(sum).isEqualTo(json.getInt("score"));
        assertThat(opened.getJSONObject("delta").getJSONArray("files").size()).isEqualTo(1);
    }

    @Test
    void decidingOnThePageMovesTheRunItself() throws Exception {
        String id = Gates.record(run).id();
        String page = run.getUrl() + "change/" + id + "/";
        try (Browser lead = new Browser(jenkins, "lead");
                Browser manager = new Browser(jenkins, "manager")) {
            assertThat(lead.post(page + "approve", "comment", "One").getStatusCode())
                    .isEqualTo(200);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            assertThat(lead.post(page + "withdraw").getStatusCode()).isEqualTo(200);
            assertThat(lead.post("changes/approve", "id", id, "comment", "Two").getContentAsString())
                    .contains("1 of 1 recorded");
            assertThat(Gates.prompts(run)).isEqualTo(1);
            assertThat(manager.post(page + "approve").getStatusCode()).isEqualTo(200);
        }
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("was approved by lead: Two", run);
        assertThat(Gates.prompts(run)).isZero();
    }

    @Test
    void rejectingOnThePageEndsTheRun() throws Exception {
        String page = run.getUrl() + "change/" + Gates.record(run).id() + "/";
        try (Browser lead = new Browser(jenkins, "lead")) {
            assertThat(lead.post(page + "reject", "comment", "No").getStatusCode())
                    .isEqualTo(200);
        }
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }
}
