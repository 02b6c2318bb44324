package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A routine change passes by itself, recorded; a first deployment does not. */
@WithJenkins
class PassingTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
        job = gates.deploying(repository);
    }

    @Test
    void firstDeploymentAsksAndSaysWhy() throws Exception {
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        jenkins.assertLogContains("ask: " + record.id(), run);
        jenkins.assertLogContains("This is the first deployment of shop to production", run);
        assertThat(record.opened().head()).isEqualTo(repository.head());
        assertThat(record.decided()).isEmpty();
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void routineChangePassesByItselfAndIsRecorded() throws Exception {
        String base = repository.head();
        gates.deployFirst(job);
        repository.write("src/Main.java", "class Main { int a; }\n").commit("Add a field");
        WorkflowRun run = gates.start(job, "dev");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        ChangeRecord record = Gates.waitForOutcome(run);
        assertThat(record.id()).isEqualTo("CHG-000002");
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
        assertThat(record.ended().orElseThrow().outcome()).isEqualTo(Outcome.SUCCESSFUL);
        assertThat(record.opened().delta().base()).isEqualTo(base);
        assertThat(record.opened().delta().head()).isEqualTo(repository.head());
        assertThat(record.opened().requestedBy()).isEqualTo("dev");
        jenkins.assertLogContains("[Change Gate] pass: CHG-000002, shop to production, risk low", run);
        jenkins.assertLogContains("1 line added", run);
    }

    @Test
    void verdictComesFirstInTheLogThenReasonsThenLink() throws Exception {
        gates.deployFirst(job);
        repository.write("src/Main.java", "class Main { int b; }\n").commit("Add a field");
        WorkflowRun run = jenkins.waitForCompletion(gates.start(job, "dev"));
        String log = JenkinsRule.getLog(run);
        assertThat(log.indexOf("pass: CHG-000002"))
                .isPositive()
                .isLessThan(log.indexOf("passes by itself to production"))
                .isLessThan(log.indexOf("Details"));
    }

    @Test
    void returnsFixedKeysThatASandboxedPipelineCanRead() throws Exception {
        gates.deployFirst(job);
        repository.write("src/Main.java", "class Main { int c; }\n").commit("Add a field");
        gates.pipeline("shop", Gates.script(repository, """
                        def d = changeGate environment: 'production', service: 'shop'
                        echo "got ${d.outcome} ${d.level} ${d.score} ${d.changeId} ${d.approvers} ${d.url}"
                        for (reason in d.reasons) { echo "because ${reason}" }
                        """));
        WorkflowRun run = gates.start(job, "dev");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("got passed low ", run);
        jenkins.assertLogContains("CHG-000002 [] " + jenkins.getURL() + run.getUrl() + "change/CHG-000002/", run);
        jenkins.assertLogContains("because Risk is low", run);
    }

    @Test
    void schemaMigrationAsksTwoKindsOfPeople() throws Exception {
        gates.deployFirst(job);
        repository
                .write("db/migration/V2__add.sql", "ALTER TABLE a ADD b INT;\n".repeat(3))
                .commit("Add a column");
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.ballot().missing()).containsExactly("1 of team-leads", "1 of change-managers");
        jenkins.assertLogContains("+40 schema-migration", run);
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        jenkins.assertLogContains("still needs 1 of change-managers", run);
        gates.approve("manager", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
        assertThat(Gates.prompts(run)).isZero();
    }

    @Test
    void redeployingTheSameCommitPasses() throws Exception {
        gates.deployFirst(job);
        WorkflowRun run = gates.start(job, "dev");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("risk low (0 of 100)", run);
    }

    @Test
    void serviceAndItsHistoryComeFromTheRepositoryUnlessTheStepNamesIt() throws Exception {
        repository.write(".changegate.yml", "service: payments\n").commit("Name the service");
        gates.pipeline("shop", Gates.script(repository, "changeGate 'production'"));
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().judgement().target().service()).isEqualTo("payments");
        run.doStop();
        jenkins.waitForCompletion(run);
    }
}
