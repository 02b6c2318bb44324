package io.jenkins.plugins.changegate.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the organisation's policy keeps no longer is shown as such, everywhere. */
@WithJenkins
class RetentionWorkTest {

    private static final Instant IN_A_YEAR = Instant.now().plus(Duration.ofDays(366));

    @TempDir
    Path directory;

    @Test
    void oldChangesAreSealedAndShownAsStubs(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        TestRepository repository = Gates.repository(directory.resolve("repo"));
        WorkflowJob job = gates.deploying(repository);
        WorkflowRun first = gates.deployFirst(job);
        ChangeRecord record = Gates.record(first);
        repository.write("README.md", "x\n").commit("Second");
        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        Gates.waitForOutcome(second);
        Path copy = copy(first, record.id());
        Gates.await(second, run -> Files.exists(copy) && Files.exists(copy(run, "CHG-000002")));
        // For ever, as long as nothing else is said.
        assertThat(RetentionWork.seal(IN_A_YEAR)).isZero();
        ChangeGateConfiguration.get().setPolicy("retention: 365 days\n" + Gates.POLICY);
        assertThat(RetentionWork.seal(Instant.now().plus(Duration.ofDays(364)))).isZero();
        assertThat(RetentionWork.seal(IN_A_YEAR)).isEqualTo(1);
        assertThat(ChangeRecords.get().store().find(record.number())).isEmpty();
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        assertThat(copy).doesNotExist();
        assertThat(copy(second, "CHG-000002")).exists();
        String policy = ChangeGateConfiguration.get().readPolicy().orElseThrow().version();
        assertThat(ChangeRecords.get().store().policyText(policy)).isPresent();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("admin")) {
            String page = client.goTo("changes/records/").getWebResponse().getContentAsString();
            assertThat(page).contains(record.id(), "Its contents are kept no longer");
            assertThat(page).doesNotContain("change/" + record.id() + "/");
            String stub = "changes/records/" + record.id() + "/";
            assertThat(page).contains(stub);
            assertThat(client.goTo(stub).asNormalizedText())
                    .contains("kept no longer", "approved, successful")
                    .doesNotContain("lead2");
            assertThat(text(client, "changes/records/csv"))
                    .contains("\"" + record.id() + "\"", "\"yes\"")
                    .doesNotContain("lead2");
            assertThat(text(client, "changes/records/jsonl"))
                    .contains("\\\"event\\\":\\\"sealed\\\"", policy)
                    .doesNotContain("lead2");
            assertThat(text(client, "changes/records/api/json")).contains("\"sealed\" : true");
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            assertThat(client.goTo(first.getUrl() + "change/" + record.id() + "/", null)
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(404);
        }
    }

    private static Path copy(WorkflowRun run, String id) {
        return run.getRootDir().toPath().resolve("change-gate/" + id + ".jsonl");
    }

    private static String text(JenkinsRule.WebClient client, String path) throws Exception {
        return client.goTo(path, null).getWebResponse().getContentAsString();
    }
}
