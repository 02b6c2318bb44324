package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import hudson.security.HudsonPrivateSecurityRealm;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
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
        controller.runRemotely((RealJenkinsExtension.Step) rule -> waitAndApproveOnce(rule, repository));
        controller.stopJenkinsForcibly();
        controller.startJenkins();
        controller.runRemotely((RealJenkinsExtension.Step) KillTest::finish);
    }

    private static void waitAndApproveOnce(JenkinsRule rule, File directory) throws Throwable {
        secure(rule);
        Gates gates = new Gates(rule);
        TestRepository repository = Gates.repository(directory.toPath());
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        assertThat(gates.clickAsScript("lead", run, "proceedEmpty").getStatusCode())
                .isEqualTo(200);
        Gates.await(run, r -> Gates.prompts(r) == 1);
    }

    /** A real process can only load what real plugins bring, so the people are in Jenkins' own user database. */
    private static void secure(JenkinsRule rule) throws Exception {
        HudsonPrivateSecurityRealm realm = new HudsonPrivateSecurityRealm(false, false, null);
        for (String name : new String[] {"dev", "lead", "lead2"}) {
            realm.createAccount(name, name);
        }
        rule.jenkins.setSecurityRealm(realm);
        rule.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        rule.jenkins.save();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + "groups:\n  team-leads: ['user:lead', 'user:lead2']\n");
    }

    private static void finish(JenkinsRule rule) throws Throwable {
        Gates gates = new Gates(rule);
        WorkflowRun run =
                rule.jenkins.getItemByFullName("shop", WorkflowJob.class).getLastBuild();
        Gates.await(run, r -> Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.ballot().votes()).hasSize(1);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        assertThat(gates.clickAsScript("lead2", run, "proceedEmpty").getStatusCode())
                .isEqualTo(200);
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
        assertThat(Gates.waitForOutcome(run).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }
}
