package io.jenkins.plugins.changegate.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.RecordedSignal;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.http.AnswerServer;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What rules make of facts from outside, from the pipeline to the record and the page. */
@WithJenkins
@Timeout(300)
class SignalTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repo"));
        gates.deployFirst(gates.deploying(repository));
        repository.write("docs/a.md", "more").commit("Only words");
    }

    private static void policy(String... rules) {
        ChangeGateConfiguration.get()
                .setPolicy("environments: {production: {pass-up-to: low, approvals: {low: [{from: 'user:lead'}]}}}\n"
                        + "rules:\n" + String.join("\n", rules));
    }

    private static String rule(String when) {
        return "- {name: r, when: \"" + when + "\", require: [{from: 'user:lead'}], because: It should not be so.}";
    }

    private WorkflowJob job(String before, String parameters) throws Exception {
        return gates.pipeline(
                "shop",
                Gates.script(
                        repository, before + "\nchangeGate environment: 'production', service: 'shop'" + parameters));
    }

    private ChangeRecord asks(WorkflowJob job) throws Exception {
        return gates.waitForPrompt(gates.start(job, "dev"));
    }

    private ChangeRecord passes(WorkflowJob job, Result result) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(result, jenkins.waitForCompletion(gates.start(job, "dev")));
        ChangeRecord record = Gates.record(run);
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
        return record;
    }

    private String page(ChangeRecord record) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setJavaScriptEnabled(false);
            client.login("lead");
            return client.goTo(address(record)).asNormalizedText();
        }
    }

    private String json(ChangeRecord record) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("lead");
            return client.goTo(address(record) + "api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    private static String address(ChangeRecord record) {
        return "job/shop/" + record.opened().origin().build() + "/change/" + record.id() + "/";
    }

    private static String results(String test) {
        return "writeFile file: 'r.xml', text: '<testsuite name=\"s\">" + test
                + "<testcase classname=\"C\" name=\"b\"/><testcase classname=\"C\" name=\"c\"><skipped/></testcase>"
                + "</testsuite>'\n junit 'r.xml'";
    }

    @Test
    void testResultsOfThisBuildCountAndWithoutAnyTheChangeAsks() throws Exception {
        policy(
                rule("signals['tests.failed'] > 0"),
                "- {name: rate, when: \"signals['tests.passRate'] < 0.4 || signals['tests.skipped'] > signals['tests.total']\","
                        + " refuse: true, because: Too few.}");
        ChangeRecord none = asks(job("", ""));
        assertThat(none.opened().judgement().verdict().reasons())
                .contains("The rule 'r' of the organisation's policy could not be decided: the signal tests.failed is"
                        + " not known: no test results were recorded in this build.");
        assertThat(page(none)).contains("Signals", "tests.failed", "no test results were recorded in this build");

        ChangeRecord failing = asks(job(results("<testcase classname=\"C\" name=\"a\"><failure/></testcase>"), ""));
        assertThat(failing.opened().judgement().verdict().reasons())
                .anyMatch(why -> why.contains("It should not be so"));
        assertThat(failing.opened().judgement().signals())
                .extracting(RecordedSignal::name, RecordedSignal::value)
                .containsExactly(
                        tuple("tests.failed", 1L),
                        tuple("tests.passRate", 0.5),
                        tuple("tests.skipped", 1L),
                        tuple("tests.total", 3L));
        assertThat(page(failing)).contains("the test results of this build").doesNotContain("claimed");

        ChangeRecord passing = passes(job(results("<testcase classname=\"C\" name=\"a\"/>"), ""), Result.SUCCESS);
        assertThat(passing.opened().judgement().signals())
                .contains(new RecordedSignal("tests.passRate", 1.0, "the test results of this build", false, ""));
    }

    @Test
    void whatThePipelineSaysIsMarkedAndIsNoOtherSignal() throws Exception {
        policy(
                rule("signals['claimed.coverage'] < 80 || signals['claimed.freeze'] != 'no'"),
                "- {name: real, when: has(signals.coverage), refuse: true, because: It cannot be.}");
        ChangeRecord good =
                passes(job("", ", signals: [coverage: 81.5, freeze: \"${'n'}o\", other: 1]"), Result.SUCCESS);
        assertThat(good.opened().judgement().signals())
                .containsExactly(
                        new RecordedSignal("claimed.coverage", 81.5, "the pipeline", true, ""),
                        new RecordedSignal("claimed.freeze", "no", "the pipeline", true, ""),
                        new RecordedSignal("claimed.other", 1L, "the pipeline", true, ""),
                        new RecordedSignal("coverage", null, "", false, "nothing gives it"));
        assertThat(page(good)).containsPattern("claimed.coverage\\s+81.5\\s+claimed by the pipeline");
        assertThat(json(good)).containsPattern("\"claimed\" ?: ?true");

        repository.write("docs/b.md", "more").commit("More words");
        assertThat(asks(job("", ", signals: [coverage: 79, freeze: 'no']"))
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons())
                .anyMatch(why -> why.contains("It should not be so"));
        assertThat(asks(job("", "")).opened().judgement().verdict().reasons())
                .anyMatch(why -> why.contains("claimed.coverage is not known: the pipeline says nothing of it"));

        WorkflowRun wrong = gates.start(job("", ", signals: [coverage: [81]]"), "dev");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(wrong));
        jenkins.assertLogContains("The signal 'coverage' must be a number", wrong);
    }

    @Test
    void evidenceIsRecordedAlthoughNoRuleAsksAndAsksNobody() throws Exception {
        policy(rule("change.touches('nowhere/**')"));
        try (AnswerServer server = new AnswerServer()) {
            server.put("/findings", 200, "{\"critical\": 2}");
            server.put("/away", 503, "body-of-503");
            ChangeGateSignals.get().setAllowedHosts(server.place());
            HttpSignal findings =
                    new HttpSignal("findings", server.place() + "/findings", "", "/critical", null, false);
            HttpSignal away = new HttpSignal("sonar", server.place() + "/away", "", "", null, false);
            HttpSignal unasked = new HttpSignal("unasked", server.place() + "/unasked", "", "", null, false);
            findings.setEvidence(true);
            away.setEvidence(true);
            ChangeGateSignals.get().setHttp(List.of(findings, away, unasked));
            ChangeRecord record = passes(
                    job(results("<testcase classname=\"C\" name=\"a\"><failure/></testcase>"), ""), Result.UNSTABLE);
            assertThat(record.opened().judgement().signals())
                    .containsExactly(
                            new RecordedSignal("findings", 2L, "an HTTP endpoint", false, ""),
                            new RecordedSignal("sonar", null, "", false, "it was answered with status 503"),
                            new RecordedSignal("tests.failed", 1L, "the test results of this build", false, ""),
                            new RecordedSignal("tests.passRate", 0.5, "the test results of this build", false, ""),
                            new RecordedSignal("tests.skipped", 1L, "the test results of this build", false, ""),
                            new RecordedSignal("tests.total", 3L, "the test results of this build", false, ""));
            assertThat(page(record))
                    .containsPattern("findings\\s+2\\s+an HTTP endpoint")
                    .containsPattern("tests.failed\\s+1\\s+the test results of this build")
                    .contains("it was answered with status 503");
            assertThat(server.calls()).containsExactlyInAnyOrder("GET /findings null", "GET /away null");
            // No tests, no evidence of them: nothing is shown that was not there.
            assertThat(passes(job("", ""), Result.SUCCESS).opened().judgement().signals())
                    .extracting(RecordedSignal::name)
                    .containsExactly("findings", "sonar");
        }
    }

    @Test
    void whatAnEndpointSaysCountsAndItsCredentialIsNowhere() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("s3cret")));
        policy(rule("signals['incidents.open'] > 0 || signals.budget < 0.1"));
        try (AnswerServer server = new AnswerServer()) {
            server.put("/shop", 200, "{\"open\": 0, \"note\": \"body-of-it\"}");
            server.put("/budget", 500, "body-of-500");
            ChangeGateSignals.get().setAllowedHosts(server.place());
            ChangeGateSignals.get()
                    .setHttp(List.of(
                            new HttpSignal(
                                    "incidents.open", server.place() + "/{service}", "token", "/open", null, false),
                            new HttpSignal("budget", server.place() + "/budget", "token", "", null, false)));
            ChangeRecord record = asks(job("", ""));
            assertThat(record.opened().judgement().signals())
                    .containsExactly(
                            new RecordedSignal("budget", null, "", false, "it was answered with status 500"),
                            new RecordedSignal("incidents.open", 0L, "an HTTP endpoint", false, ""));
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
            jenkins.assertLogContains("the signal budget is not known: it was answered with status 500", run);
            assertThat(server.calls()).contains("GET /shop Bearer s3cret");
            assertThat(JenkinsRule.getLog(run) + page(record) + json(record))
                    .doesNotContain("s3cret", "body-of", server.place());
        }
    }
}
