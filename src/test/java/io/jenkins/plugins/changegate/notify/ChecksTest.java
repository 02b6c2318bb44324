package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is shown of a change where its commit is hosted. */
@WithJenkins
class ChecksTest {

    @TempDir
    Path directory;

    /** Keeps what is published. */
    @TestExtension
    public static class Capture extends ChecksPublisherFactory {

        private final BlockingQueue<ChecksDetails> published = new LinkedBlockingQueue<>();

        @Override
        protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
            return Optional.of(new ChecksPublisher() {
                @Override
                public void publish(ChecksDetails details) {
                    // Others publish checks of their own.
                    if (details.getName().orElse("").startsWith("Change Gate")) {
                        published.add(details);
                    }
                }
            });
        }
    }

    private static ChecksDetails next() throws InterruptedException {
        ChecksDetails details =
                ExtensionList.lookupSingleton(Capture.class).published.poll(30, TimeUnit.SECONDS);
        assertThat(details).isNotNull();
        return details;
    }

    @Test
    void aWaitingChangeNeedsActionUntilItIsApproved(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        WorkflowRun run = gates.start(gates.deploying(Gates.repository(directory)), "dev");
        gates.waitForPrompt(run);
        String id = Gates.record(run).id();
        ChecksDetails asked = next();
        assertThat(asked.getName()).contains("Change Gate: production");
        assertThat(asked.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(asked.getConclusion()).isEqualTo(ChecksConclusion.ACTION_REQUIRED);
        assertThat(asked.getDetailsURL()).contains(jenkins.getURL() + run.getUrl() + "change/" + id + "/");
        assertThat(asked.getOutput().orElseThrow().getTitle()).contains(id + ": Needs 2 of team-leads.");
        assertThat(asked.getOutput().orElseThrow().getSummary().orElseThrow())
                .contains("    " + id + ": shop to production, risk very high (")
                .contains(Gates.record(run)
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons()
                        .get(0));
        gates.approve("lead", run);
        assertThat(next().getOutput().orElseThrow().getTitle()).contains(id + ": Needs 1 more of team-leads.");
        Gates.await(run, r -> Gates.prompts(r) == 1);
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        ChecksDetails last = next();
        if (last.getConclusion() == ChecksConclusion.ACTION_REQUIRED) {
            // The vote that completes it is an event of its own.
            last = next();
        }
        assertThat(last.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
        assertThat(last.getOutput().orElseThrow().getTitle()).contains(id + ": Approved by lead, lead2.");
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, SUCCESS",
        "OVERRIDDEN, SUCCESS",
        "REJECTED, FAILURE",
        "REFUSED, FAILURE",
        "EXPIRED, TIME_OUT",
        "CANCELLED, CANCELED",
        "SUPERSEDED, NEUTRAL"
    })
    void everyEndHasItsConclusion(Decision decision, ChecksConclusion conclusion, JenkinsRule jenkins)
            throws Exception {
        Run<?, ?> run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("free"));
        String hostile = "[x](http://evil)\n\n# ![](x) @all ```";
        ChangeRecord record = Changes.ask(run, hostile);
        next();
        Changes.decide(record, decision, "Because:\n# of it");
        ChecksDetails details = next();
        assertThat(details.getConclusion()).isEqualTo(conclusion);
        assertThat(details.getName().orElseThrow()).doesNotContain("\n");
        assertThat(details.getOutput().orElseThrow().getSummary().orElseThrow().lines())
                .allMatch(line -> line.startsWith("    "));
    }
}
