package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Util;
import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void whatFellDueWhileJenkinsWasDownIsDoneAfterwards() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> waitUnder(rule, repository, "    expire-after: 1 day\n    remind-after: 1 hour\n"));
        LedgerFile ledger = new LedgerFile(sessions.getHome());
        ledger.rewrite(event -> LedgerFile.earlier(event, Duration.ofHours(5)));
        sessions.then(rule -> {
            new Gates(rule).secured();
            WorkflowRun run = last(rule);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            assertThat(Gates.record(run).history())
                    .filteredOn(ChangeEvent.Reminded.class::isInstance)
                    .hasSize(1);
        });
        ledger.rewrite(event -> LedgerFile.earlier(event, Duration.ofHours(20)));
        sessions.then(rule -> {
            WorkflowRun run = last(rule);
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run));
            assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.EXPIRED);
            rule.assertLogNotContains("deployed", run);
        });
    }

    @Test
    void aNewerChangeTakesThePlaceAlsoIfJenkinsWasKilledBeforeItCouldSaySo() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> waitUnder(rule, repository, ""));
        new LedgerFile(sessions.getHome()).addDeployedCopyOfTheFirst(new Origin("shop", 99, "7"));
        sessions.then(rule -> {
            WorkflowRun run = last(rule);
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run));
            ChangeEvent.Decided decided = Gates.record(run).decided().orElseThrow();
            assertThat(decided.decision()).isEqualTo(Decision.SUPERSEDED);
            assertThat(decided.because()).contains("CHG-000002");
        });
    }

    @Test
    void whoLeftAGroupOfThePolicyMeanwhileDoesNotCountAndWhoJoinedDoes() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            waitUnder(rule, repository, "groups: { team-leads: ['user:lead', 'user:lead2'] }\n");
            new Gates(rule).approve("lead", last(rule));
        });
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            ChangeGateConfiguration.get()
                    .setPolicy(Gates.POLICY + "groups: { team-leads: ['user:lead2', 'user:manager'] }\n");
            WorkflowRun run = last(rule);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            gates.approve("manager", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            rule.assertLogContains("lead may not approve this change any more", run);
            assertThat(Gates.record(run).decided()).isEmpty();
            gates.approve("lead2", run);
            rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
            assertThat(Gates.record(run).decided().orElseThrow().because()).isEqualTo("Approved by manager, lead2.");
        });
    }

    @Test
    void anApproverWhoLostTheRightMeanwhileDoesNotCount() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> {
            waitUnder(rule, repository, "");
            new Gates(rule).approve("lead", last(rule));
        });
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            gates.leadIsNoTeamLeadAnyMore();
            WorkflowRun run = last(rule);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            gates.approve("lead2", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            assertThat(Gates.record(run).decided()).isEmpty();
            assertThat(Gates.record(run).ballot().votes())
                    .extracting(Vote::voter)
                    .containsExactly("lead2");
            run.doStop();
            rule.waitForCompletion(run);
        });
    }

    @Test
    void withoutItsRecordAChangeWaitsAndIsNotDeployed() throws Throwable {
        TestRepository repository = Gates.repository(directory);
        sessions.then(rule -> waitUnder(rule, repository, ""));
        Util.deleteRecursive(new File(sessions.getHome(), "change-gate"));
        sessions.then(rule -> {
            WorkflowRun run = last(rule);
            rule.waitForMessage("waits: no record can be made, so nothing passes", run);
            run.doStop();
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run));
            rule.assertLogNotContains("deployed", run);
        });
    }

    private static void waitUnder(JenkinsRule rule, TestRepository repository, String more) throws Exception {
        Gates gates = new Gates(rule).secured();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + more);
        gates.waitForPrompt(gates.start(gates.deploying(repository), "dev"));
    }
}
