package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Databases;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.PostgresServer;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.LateEventsMonitor;
import io.jenkins.plugins.changegate.ledger.Postgres;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A PostgreSQL server that goes away and comes back: gates wait and say why, nothing passes, nothing is lost. */
@WithJenkins
@Timeout(300)
class StoreAwayTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private PostgresServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = PostgresServer.start(Databases.binaries());
        Postgres.use(server);
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repo"));
    }

    @AfterEach
    void stop() throws Exception {
        ChangeRecords.close();
        server.close();
    }

    private static ChangeRecord record(long number) throws Exception {
        return ChangeRecords.get().store().find(number).orElseThrow();
    }

    private Path journal() {
        return jenkins.jenkins.getRootDir().toPath().resolve("change-gate/journal.jsonl");
    }

    private static boolean isWarned() {
        return ExtensionList.lookupSingleton(LateEventsMonitor.class).isActivated();
    }

    @Test
    void aGateWaitsWhileTheStoreIsAwayAndGoesOnWhenItIsBack() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        server.kill();
        repository.write("README.md", "x\n").commit("Second");
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        jenkins.waitForMessage("waits: no record can be made, so nothing passes", run);
        assertThat(run.isBuilding()).isTrue();
        jenkins.assertLogNotContains("deployed", run);
        server.begin();
        jenkins.waitForMessage("can be used again", run);
        jenkins.waitForMessage("CHG-000002", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(record(2).version()).isPositive();
        assertThat(ChangeRecords.get().store().find(3)).isEmpty();
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }

    @Test
    void aVoteThatCannotBeRecordedIsAnsweredWithTryAgainAndCountsWhenItIs() throws Exception {
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        ChangeRecord waiting = gates.waitForPrompt(run);
        server.kill();
        WebResponse answer = approve("lead", run, waiting);
        assertThat(answer.getStatusCode()).isEqualTo(503);
        assertThat(answer.getContentAsString()).contains("was not counted", "Try again");
        assertThat(run.isBuilding()).isTrue();
        server.begin();
        answer = approve("lead", run, waiting);
        while (answer.getStatusCode() == 503) {
            // The pool looks for the server from time to time.
            Thread.sleep(500);
            answer = approve("lead", run, waiting);
        }
        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(approve("lead2", run, waiting).getStatusCode()).isEqualTo(200);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(record(waiting.number()).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
    }

    private WebResponse approve(String user, WorkflowRun run, ChangeRecord record) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), run.getUrl() + "change/" + record.id() + "/approve"), HttpMethod.POST);
            request.setAdditionalHeader("Accept", "application/json");
            client.addCrumb(request);
            return client.getPage(request).getWebResponse();
        }
    }

    @Test
    void howADeploymentEndedIsKeptAndRecordedOnceWhenTheStoreIsBack() throws Exception {
        Path go = directory.resolve("go");
        String script = Gates.script(
                repository,
                "changeGate environment: 'production', service: 'shop'\nwaitUntil(quiet: true) { fileExists('" + go
                        + "') }");
        WorkflowRun run = gates.start(gates.pipeline("shop", script), "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(approve("lead", run, record).getStatusCode()).isEqualTo(200);
        assertThat(approve("lead2", run, record).getStatusCode()).isEqualTo(200);
        while (record(1).decided().isEmpty()) {
            Thread.sleep(100);
        }
        server.kill();
        Files.writeString(go, "");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        while (!Files.exists(journal())) {
            Thread.sleep(100);
        }
        assertThat(isWarned()).isTrue();
        server.begin();
        while (Files.exists(journal())) {
            Thread.sleep(200);
        }
        assertThat(isWarned()).isFalse();
        assertThat(record(1).ended().orElseThrow().outcome()).isEqualTo(Outcome.SUCCESSFUL);
        assertThat(record(1).ended().orElseThrow().because()).isEqualTo("The deployment ended without an error.");
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedWhileTheStoreIsAwayStopsAndIsRecordedAsCancelledLater() throws Exception {
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        server.kill();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(journal()).exists();
        server.begin();
        while (Files.exists(journal())) {
            Thread.sleep(200);
        }
        assertThat(record(1).decided().orElseThrow().decision()).isEqualTo(Decision.CANCELLED);
        assertThat(record(1).history()).hasSize(2);
    }
}
