package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Nothing that is told has a part in what is decided. */
@WithJenkins
class FailingNotificationsTest {

    @TempDir
    Path directory;

    /** Fails at everything. */
    @TestExtension
    public static class Failing implements ChangeListener {
        @Override
        public void onChange(ChangeRecord record, ChangeEvent event) {
            throw new IllegalStateException("as told");
        }
    }

    @Test
    void theGateGoesOnWhileAListenerThrowsAndBothServersHang(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        for (String name : List.of("lead", "lead2")) {
            User.getById(name, true).addProperty(new Mailer.UserProperty(name + "@example.org"));
        }
        try (SmtpServer mail = new SmtpServer(true).configured();
                HookServer hook = new HookServer(HookServer.HANG)) {
            ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(hook.url(), "", null)));
            WorkflowRun run = gates.start(gates.deploying(Gates.repository(directory)), "dev");
            gates.waitForPrompt(run);
            mail.awaitCall();
            assertThat(hook.take().event()).isEqualTo("opened");
            gates.approve("lead", run);
            Gates.await(run, r -> Gates.prompts(r) == 1);
            gates.approve("lead2", run);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            ChangeRecord record = Gates.waitForOutcome(run);
            assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
            // The mail server has not answered yet, and still every event is on its way to the webhook.
            for (int i = 1; i < record.version(); i++) {
                hook.take();
            }
        }
    }
}
