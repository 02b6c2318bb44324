package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeRecords;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import java.io.File;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real Jenkins process is killed while a gate waits. */
class KillTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    @TempDir
    Path directory;

    @Test
    void nothingIsLostWhenTheControllerIsKilled() throws Throwable {
        File repository = directory.toFile();
        controller.startJenkins();
        controller.runRemotely(rule -> waitAndApproveOnce(rule, repository));
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely(KillTest::finish);
    }

    private static void waitAndApproveOnce(JenkinsRule rule, File directory) throws Throwable {
        Gates gates = new Gates(rule).secured();
        TestRepository repository = Gates.repository(directory.toPath());
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
    }

    private static void finish(JenkinsRule rule) throws Throwable {
        Gates gates = new Gates(rule).secured();
        WorkflowRun run =
                rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
        Gates.await(run, r -> Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.ballot().votes()).hasSize(1);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        gates.approve("lead2", run);
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
        assertThat(Gates.waitForOutcome(run).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }
}
