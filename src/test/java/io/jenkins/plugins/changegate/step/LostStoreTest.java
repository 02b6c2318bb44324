package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Rebuilt;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.LostLedgerMonitor;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The file of the store is gone when Jenkins starts: nothing passes, and a rebuild brings back what builds have. */
@Timeout(300)
class LostStoreTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private static WorkflowRun last(JenkinsRule rule) {
        return rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
    }

    private static Path copy(WorkflowRun run, long number) {
        return run.getRootDir().toPath().resolve("change-gate/" + ChangeRecord.id(number) + ".jsonl");
    }

    private static void waitForCopy(WorkflowRun run, ChangeRecord record) throws Exception {
        int version = record.version();
        Gates.await(run, r -> {
            try {
                return Files.exists(copy(r, record.number()))
                        && Files.readString(copy(r, record.number())).contains("\"version\":" + version);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private void loseTheStore() {
        File[] files = new File(sessions.getHome(), "change-gate").listFiles((d, name) -> name.startsWith("records."));
        assertThat(files).isNotEmpty();
        for (File file : files) {
            assertThat(file.delete()).isTrue();
        }
    }

    private static WebResponse post(JenkinsRule rule, String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = rule.createWebClient().login(user)) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(rule.getURL(), path), HttpMethod.POST);
            client.addCrumb(request);
            return client.getPage(request).getWebResponse();
        }
    }

    private static String rebuilt(JenkinsRule rule) throws Exception {
        try (JenkinsRule.WebClient client = rule.createWebClient().login("admin")) {
            WebResponse answer;
            do {
                answer = client.goTo("manage/change-gate-ledger/json", "application/json")
                        .getWebResponse();
            } while (answer.getStatusCode() == 202);
            return answer.getContentAsString();
        }
    }

    @Test
    void aGateThatWaitedWhenTheStoreWasLostWaitsAndIsApprovedAfterTheRebuild() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        AtomicReference<ChangeRecord> before = new AtomicReference<>();
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            gates.deployFirst(gates.pipeline("first", script(repository)));
            WorkflowRun deleted = gates.start(gates.deploying(repository), "dev");
            gates.waitForPrompt(deleted);
            deleted.doStop();
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(deleted));
            WorkflowRun run = gates.start(gates.deploying(repository), "dev");
            gates.waitForPrompt(run);
            gates.approve("lead", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            before.set(Gates.record(run));
            waitForCopy(run, before.get());
            deleted.delete();
        });
        loseTheStore();
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = last(rule);
            rule.waitForMessage("waits: no record can be made, so nothing passes", run);
            rule.assertLogContains("it was lost", run);
            assertThat(run.isBuilding()).isTrue();
            assertThat(ExtensionList.lookupSingleton(LostLedgerMonitor.class).isActivated())
                    .isTrue();
            String approve = run.getUrl() + "change/" + before.get().id() + "/approve";
            assertThat(post(rule, "lead2", approve).getStatusCode()).isEqualTo(503);
            // A new run waits as well, and takes no number.
            WorkflowRun other = gates.start(gates.pipeline("other", script(repository)), "dev");
            rule.waitForMessage("waits: no record can be made, so nothing passes", other);
            other.doStop();
            rule.waitForCompletion(other);

            try (JenkinsRule.WebClient client = rule.createWebClient().login("admin")) {
                assertThat(client.goTo("manage/change-gate-ledger/").getFormByName("rebuild"))
                        .isNotNull();
            }
            assertThat(post(rule, "lead", "manage/change-gate-ledger/rebuild").getStatusCode())
                    .isEqualTo(403);
            assertThat(post(rule, "admin", "manage/change-gate-ledger/rebuild").getStatusCode())
                    .isEqualTo(200);
            assertThat(rebuilt(rule))
                    .contains("\"rebuild\" : \"done\"", "\"changes\" : 2", "\"missed\" : 1", "\"damages\" : 0");
            ChangeStore store = ChangeRecords.get().store();
            assertThat(store.find(before.get().number())).contains(before.get());
            assertThat(store.find(2)).isEmpty();
            assertThat(store.verify()).isEmpty();
            Rebuilt what = store.rebuilt().orElseThrow();
            assertThat(what.by()).isEqualTo("admin");
            assertThat(what.lost()).hasSize(1);
            assertThat(ExtensionList.lookupSingleton(LostLedgerMonitor.class).isActivated())
                    .isFalse();
            assertThat(post(rule, "admin", "manage/change-gate-ledger/rebuild").getStatusCode())
                    .isEqualTo(409);

            rule.waitForMessage("can be used again", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            gates.approve("lead2", run);
            rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
            ChangeRecord after = Gates.waitForOutcome(run);
            assertThat(after.number()).isEqualTo(before.get().number());
            assertThat(after.ballot().votes()).hasSize(2);
            assertThat(store.verify()).isEmpty();
            try (JenkinsRule.WebClient client = rule.createWebClient().login("admin")) {
                HtmlPage page = client.goTo("manage/change-gate-ledger/");
                assertThat(page.asNormalizedText())
                        .contains("2 changes with", "One number has no change any more", "is not empty");
                assertThat(page.getForms().stream().map(HtmlForm::getNameAttribute))
                        .doesNotContain("rebuild");
            }
        });
    }

    private static String script(TestRepository repository) {
        return Gates.script(repository, "changeGate environment: 'production', service: 'other'");
    }

    @Test
    void withoutCopiesTheRebuiltStoreGivesNoNumberAgainAndAGateWhoseRecordIsGoneFails() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = gates.start(gates.deploying(repository), "dev");
            ChangeRecord record = gates.waitForPrompt(run);
            waitForCopy(run, record);
            Files.writeString(copy(run, 1), "half of it");
        });
        loseTheStore();
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = last(rule);
            rule.waitForMessage("waits: no record can be made, so nothing passes", run);
            post(rule, "admin", "manage/change-gate-ledger/rebuild");
            assertThat(rebuilt(rule))
                    .contains("\"damages\" : 1", "shop#1, CHG-000001.jsonl: It is no ChangeCopy", "\"missed\" : 1");
            rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run));
            rule.assertLogContains("There is no record of CHG-000001", run);
            rule.assertLogNotContains("deployed", run);
            WorkflowRun next = gates.start(gates.deploying(repository), "dev");
            assertThat(gates.waitForPrompt(next).number()).isEqualTo(2);
            next.doStop();
            rule.waitForCompletion(next);
            assertThat(ChangeRecords.get().store().verify()).isEmpty();
        });
    }
}
