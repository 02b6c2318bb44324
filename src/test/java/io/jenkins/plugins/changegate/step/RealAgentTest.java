package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The change is read in the agent's own process; only values come back. */
@WithJenkins
class RealAgentTest {

    @TempDir
    Path directory;

    @Test
    void changeIsReadOnAnAgentInAnotherProcess(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        TestRepository repository = Gates.repository(directory);
        gates.deployFirst(gates.deploying(repository));
        DumbSlave agent = jenkins.createOnlineSlave();
        agent.setLabelString("elsewhere");
        assertThat(((SlaveComputer) agent.toComputer()).getLog()).contains("Remoting version");
        repository
                .write(".changegate.yml", """
                        rules:
                          - name: marker
                            when: change.adds('needle-[0-9]+') && change.touches('src/**')
                            risk: 60
                            because: A needle was found.
                        """)
                .write("src/Hay.java", "hay\nneedle-42\n")
                .commit("Hide a needle");
        WorkflowJob job = gates.pipeline(
                "shop",
                "stage('D') { node('elsewhere') { dir('" + repository.directory()
                        + "') { changeGate environment: 'production', service: 'shop' } } }");
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        assertThat(record.opened().delta().totals().files()).isEqualTo(2);
        assertThat(record.opened().judgement().assessment().contributions())
                .anyMatch(part ->
                        part.source().equals("marker") && part.evidence().contains("src/Hay.java:2"));
        jenkins.assertLogNotContains("needle-42", run);
        gates.reject("lead", run, "No.");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }
}
