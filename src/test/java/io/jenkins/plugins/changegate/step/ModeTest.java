package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is only observed does not stop anything, and says what it would have done; what is urgent has its own path. */
@WithJenkins
class ModeTest {

    private static final String DUTY =
            "environments: {production: {pass-up-to: low, emergency: [{from: 'user:lead'}], approvals: {low: [{from: 'user:lead2'}]}}}";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repo"));
    }

    @Test
    void whereTheOrganisationObservesNothingStops() throws Exception {
        ChangeGateConfiguration.get().setPolicy("mode: observe");
        WorkflowRun run = jenkins.buildAndAssertSuccess(gates.deploying(repository));
        ChangeRecord record = Gates.record(run);
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
        assertThat(record.opened().gaps()).isNotEmpty();
        jenkins.assertLogContains("Only observed: enforced, it would have been asked for: This is the first", run);
    }

    @Test
    void anObservedRuleBesideEnforcedOnesAddsNothing() throws Exception {
        WorkflowJob job = gates.deploying(repository);
        gates.deployFirst(job);
        ChangeGateConfiguration.get().setPolicy("""
                rules:
                  - {name: watched, when: 'true', mode: observe, refuse: true, because: It is Monday.}
                  - {name: counted, when: 'true', risk: 1, label: audit, because: It is counted.}
                environments: {production: {pass-up-to: very-high}}
                """);
        repository.write("README.md", "more").commit("Say more");
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        Judgement judgement = Gates.record(run).opened().judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(judgement.labels()).containsExactly("audit");
        assertThat(judgement.observed().orElseThrow().verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        jenkins.assertLogContains(
                "it would have been refused: It is Monday. (rule watched of the organisation's policy)", run);
        // The texts that it was judged by are kept.
        for (Judgement.Applied applied : judgement.policies()) {
            assertThat(ChangeRecords.get().store().policyText(applied.version()))
                    .isPresent();
        }
    }

    @Test
    void anEmergencyAsksItsOwnAuthorityAndIsReviewed() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        ChangeGateConfiguration.get().setPolicy(DUTY);
        repository.write("a.txt", "more").commit("Put the fire out");
        WorkflowJob job = gates.pipeline(
                "hotfix",
                Gates.script(
                        repository,
                        "changeGate environment: 'production', service: 'shop', type: 'emergency', reason: 'It burns'"));
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().judgement().type()).isEqualTo(ChangeType.EMERGENCY);
        assertThat(record.ballot().missing()).containsExactly("1 of lead");
        assertThat(gates.clickAsScript("lead", run, "proceedEmpty").getStatusCode())
                .isEqualTo(200);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(Gates.record(run).review()).contains("It was an emergency.");
    }

    @Test
    void anEmergencyWithoutAReasonIsNone() throws Exception {
        WorkflowJob job = gates.pipeline("hotfix", "changeGate environment: 'production', type: 'emergency'");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("An emergency needs a reason", run);
        job = gates.pipeline("routine", "changeGate environment: 'production', type: 'standard'");
        run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("There is no type 'standard' of change that a pipeline can ask for", run);
    }
}
