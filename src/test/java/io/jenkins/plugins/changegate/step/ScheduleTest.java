package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.Clock;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Freezes and windows are judged when the gate lets go, and waited for without a thread and across restarts. */
class ScheduleTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private static String freeze(Instant from, Instant to, String passUpTo) {
        return """
                environments:
                  production:
                    pass-up-to: low
                    approvals: {low: [{from: 'user:lead'}]}
                    freezes:
                      - {name: year-end, from: %s, to: %s, pass-up-to: %s, because: Staff is on leave.}
                """.formatted(from.truncatedTo(ChronoUnit.SECONDS), to.truncatedTo(ChronoUnit.SECONDS), passUpTo);
    }

    @Test
    void aFreezeLetsLowRiskPassAndHoldsTheRestUntilItEndsAcrossARestart() throws Throwable {
        Instant now = Instant.now();
        Instant end = now.plusSeconds(75);
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            TestRepository repository = Gates.repository(directory.resolve("repo"));
            WorkflowJob job = gates.deploying(repository);
            gates.deployFirst(job);
            ChangeGateConfiguration.get().setPolicy(freeze(now.minusSeconds(60), end, "low"));
            repository.write("docs/a.md", "more").commit("Only words");
            ChangeRecord low = Gates.record(rule.buildAndAssertSuccess(job));
            assertThat(low.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
            assertThat(low.opened().judgement().hold()).isEmpty();

            repository.write("db/migration/V1.sql", "DROP TABLE a;").commit("Migrate");
            WorkflowRun run = gates.start(job, "dev");
            ChangeRecord record = gates.waitForPrompt(run);
            assertThat(record.opened().judgement().hold().orElseThrow().name()).isEqualTo("year-end");
            assertThat(gates.clickAsScript("lead", run, "proceedEmpty").getStatusCode())
                    .isEqualTo(200);
            Gates.await(run, r -> Gates.prompts(r) == 0);
            assertThat(Gates.record(run).held().orElseThrow().until()).contains(end.truncatedTo(ChronoUnit.SECONDS));
            rule.assertLogContains("The freeze year-end holds it back: Staff is on leave.", run);
            assertThat(run.isBuilding()).isTrue();
        });
        sessions.then(rule -> {
            WorkflowRun run =
                    rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
            while (run.isBuilding()) {
                ExtensionList.lookupSingleton(Clock.class).run();
                Thread.sleep(500);
            }
            rule.assertBuildStatus(Result.SUCCESS, run);
            ChangeRecord record = Gates.waitForOutcome(run);
            assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
            assertThat(record.history().stream().filter(ChangeEvent.Held.class::isInstance))
                    .hasSize(1);
            assertThat(Gates.prompts(run)).isZero();
        });
    }

    @Test
    void aRoutineChangeWaitsForItsWindowAndMayBePutThrough() throws Throwable {
        sessions.then(rule -> {
            Gates gates = new Gates(rule).secured();
            TestRepository repository = Gates.repository(directory.resolve("repo"));
            WorkflowJob job = gates.deploying(repository);
            gates.deployFirst(job);
            ChangeGateConfiguration.get().setPolicy("""
                    environments:
                      production:
                        windows:
                          - {name: far, from: 2099-01-01T00:00Z, for: 1 hour, because: It is far away.}
                    """);
            repository.write("docs/a.md", "more").commit("Only words");
            WorkflowRun run = gates.start(job, "dev");
            rule.waitForMessage("It waits for the window far: It is far away.", run);
            while (Gates.record(run).held().isEmpty()) {
                Thread.sleep(50);
            }
            assertThat(Gates.prompts(run)).isZero();
            ChangeStore store = ChangeRecords.get().store();
            new Authorisation(store, Gates.record(run).number(), job)
                    .override(User.getById("breaker", true).impersonate2(), "It burns");
            rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
            assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.OVERRIDDEN);
        });
    }
}
