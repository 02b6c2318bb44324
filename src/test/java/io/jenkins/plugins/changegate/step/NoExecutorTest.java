package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A gate outside of a node reads what the run has checked out before, and holds no executor while it waits. */
@WithJenkins
class NoExecutorTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
        gates.deployFirst(gates.deploying(repository));
    }

    private WorkflowRun start(String head) throws Exception {
        String script = "node { sh 'git clone -q " + repository.directory() + " . || git pull -q' }\n"
                + "stage('Deploy') { changeGate environment: 'production', service: 'shop'" + head + "\n"
                + "node { echo 'deployed' } }";
        return gates.start(gates.pipeline("free", script), "dev");
    }

    @Test
    void waitsWithoutAnExecutorAndStillKnowsTheWholeChange() throws Exception {
        String head = repository.write("db/migration/V2.sql", "DROP TABLE a;\n").commit("Drop");
        WorkflowRun run = start(", head: '" + head + "'");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().gaps()).isEmpty();
        assertThat(record.opened().delta().files()).hasSize(1);
        assertThat(Stream.of(jenkins.jenkins.getComputers())
                        .map(Computer::getExecutors)
                        .flatMap(java.util.List::stream)
                        .filter(Executor::isBusy))
                .isEmpty();
        gates.approve("lead", run);
        gates.approve("manager", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }

    @Test
    void aNameThatCouldMeanAnotherCommitByNowIsNotEnough() throws Exception {
        for (String head : new String[] {"", ", head: 'HEAD'", ", head: '" + "0".repeat(40) + "'"}) {
            WorkflowRun run = start(head);
            ChangeRecord record = gates.waitForPrompt(run);
            assertThat(record.opened().gaps()).extracting(Gap::kind).contains(Gap.Kind.NO_WORKSPACE);
            run.doStop();
            jenkins.waitForCompletion(run);
        }
    }
}
