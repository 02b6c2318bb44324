package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever the gate cannot assess is asked or refused, each with its own reason, and never passed. */
@WithJenkins
class FailClosedTest {

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

    private void assertAsks(String script, Gap.Kind kind) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline("shop", script), "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(record.opened().gaps()).extracting(Gap::kind).contains(kind);
        jenkins.assertLogContains(record.opened().gaps().get(0).because(), run);
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void outsideOfANodeThereIsNoWorkspace() throws Exception {
        assertAsks("changeGate 'production'", Gap.Kind.NO_WORKSPACE);
    }

    @Test
    void aDirectoryWithoutGit() throws Exception {
        assertAsks(
                "node { dir('" + directory.resolve("empty") + "') { changeGate 'production' } }",
                Gap.Kind.NO_REPOSITORY);
    }

    @Test
    void aHeadThatIsNotThere() throws Exception {
        assertAsks(
                Gates.script(repository, "changeGate environment: 'production', head: 'nosuch'"),
                Gap.Kind.HEAD_MISSING);
    }

    @Test
    void aBaseThatIsNotThereAnyMore() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        TestRepository other = TestRepository.in(directory.resolve("rewritten"));
        other.write("x", "y").commit("Another history");
        assertAsks(Gates.script(other, "changeGate environment: 'production', service: 'shop'"), Gap.Kind.BASE_MISSING);
    }

    @Test
    void aShallowCloneWithoutTheBase() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        repository.write("x", "y").commit("Second");
        TestRepository shallow = TestRepository.shallowCloneOf(repository, 1, directory.resolve("shallow"));
        assertAsks(Gates.script(shallow, "changeGate environment: 'production', service: 'shop'"), Gap.Kind.SHALLOW);
    }

    @Test
    void aBaseThatThePipelineClaims() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        repository.write("db/migration/V1.sql", "DROP TABLE a;\n").commit("Hide this");
        assertAsks(
                Gates.script(repository, "changeGate environment: 'production', service: 'shop', base: 'HEAD'"),
                Gap.Kind.BASE_CLAIMED);
    }

    @Test
    void aPolicyInTheRepositoryThatCannotBeRead() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        repository.write(".changegate.yml", "ruls: []\n").commit("Misspell");
        assertAsks(
                Gates.script(repository, "changeGate environment: 'production', service: 'shop'"),
                Gap.Kind.POLICY_UNREADABLE);
    }

    @Test
    void aRefusedChangeFailsTheRunWithItsReason() throws Exception {
        gates.deployFirst(gates.deploying(repository));
        repository
                .write(".changegate.yml", """
                        rules:
                          - name: secrets
                            when: change.adds('AWS_SECRET')
                            refuse: true
                            because: A secret is about to be deployed.
                        """)
                .write("config.txt", "AWS_SECRET=1\n")
                .commit("Leak");
        WorkflowRun run = jenkins.waitForCompletion(gates.start(gates.deploying(repository), "dev"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("A secret is about to be deployed.", run);
        jenkins.assertLogNotContains("AWS_SECRET=1", run);
        assertThat(run.getAction(InterruptedBuildAction.class).getCauses())
                .hasSize(1)
                .first()
                .isInstanceOf(ChangeRefused.class);
    }

    @Test
    void aStoreThatCannotBeOpened() throws Exception {
        Path records = jenkins.jenkins.getRootDir().toPath().resolve("change-gate/records.mv.db");
        Files.createDirectories(records.getParent());
        Files.writeString(records, "in the way");
        WorkflowJob job = gates.deploying(repository);
        WorkflowRun run = gates.start(job, "dev");
        jenkins.waitForMessage("waits: no record can be made, so nothing passes", run);
        jenkins.assertLogNotContains("deployed", run);
        Files.delete(records);
        gates.waitForPrompt(run);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void anEnvironmentWithoutAName() throws Exception {
        WorkflowRun run = jenkins.waitForCompletion(gates.start(gates.pipeline("shop", "changeGate ''"), "dev"));
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("changeGate needs the name of an environment", run);
    }
}
