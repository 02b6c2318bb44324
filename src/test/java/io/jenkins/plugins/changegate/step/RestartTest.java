package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A gate outlives a restart: with the approvals that were given, and the outcome that comes later. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private static WorkflowRun last(JenkinsRule rule) {
        return rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
    }

    @Test
    void promptAndApprovalsGivenAreThereAfterARestart() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = gates.start(gates.deploying(repository), "dev");
            gates.waitForPrompt(run);
            gates.approve("lead", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
        });
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = last(rule);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            ChangeRecord record = Gates.record(run);
            assertThat(record.ballot().votes()).hasSize(1);
            assertThat(gates.click("lead", run, record.id(), "proceedEmpty").getContentAsString())
                    .contains("You have approved this change already");
            gates.approve("lead2", run);
            rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
            assertThat(Gates.waitForOutcome(run).ended().orElseThrow().outcome())
                    .isEqualTo(Outcome.SUCCESSFUL);
            assertThat(ChangeRecords.get().store().verify()).isEmpty();
        });
    }

    @Test
    void outcomeIsFoundWhenTheDeploymentEndsAfterARestart() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowJob job = gates.deploying(repository);
            gates.deployFirst(job);
            gates.pipeline(
                    "shop",
                    "stage('D') { node { dir('" + directory
                            + "') { changeGate environment: 'production', service: 'shop' }\n"
                            + "}\nsemaphore 'deploying'\n}");
            WorkflowRun run = gates.start(job, "dev");
            SemaphoreStep.waitForStart("deploying/1", run);
            assertThat(Gates.record(run).isDeploying()).isTrue();
        });
        sessions.then(rule -> {
            WorkflowRun run = last(rule);
            SemaphoreStep.failure("deploying/1", new IllegalStateException("broke after the restart"));
            rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run));
            assertThat(Gates.waitForOutcome(run).ended().orElseThrow().because())
                    .contains("broke after the restart");
        });
    }

    @Test
    void changesOfADeletedBuildDoNotStayOpenForEver() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            WorkflowRun run = gates.start(gates.deploying(repository), "dev");
            gates.waitForPrompt(run);
        });
        sessions.then(rule -> {
            WorkflowRun run = last(rule);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            long number = Gates.record(run).number();
            run.doKill();
            rule.waitForCompletion(run);
            long end = System.nanoTime() + 30_000_000_000L;
            while (ChangeRecords.get()
                            .store()
                            .find(number)
                            .orElseThrow()
                            .decided()
                            .isEmpty()
                    && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(ChangeRecords.get()
                            .store()
                            .find(number)
                            .orElseThrow()
                            .decided()
                            .orElseThrow()
                            .decision())
                    .isEqualTo(Decision.CANCELLED);
        });
    }
}
