package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.time.Instant;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a program is told that asks for the same change again. */
@WithJenkins
class ChangeTagTest {

    @TempDir
    Path directory;

    @Test
    void aChangeThatIsKnownAlreadyIsNotSentAgainAndAHiddenOneIsHiddenWhateverIsKnown(JenkinsRule jenkins)
            throws Exception {
        Gates gates = new Gates(jenkins).secured();
        ChangeGateConfiguration.get().setPolicy("mode: observe");
        String script =
                Gates.script(Gates.repository(directory), "changeGate environment: 'production', service: 'shop'");
        WorkflowRun run = gates.start(gates.pipeline("shop", script), "dev");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        Gates.waitForOutcome(run);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.setRefreshHandler((page, url, seconds) -> {});
            client.login("reader");
            String tag = answered(client, run).getResponseHeaderValue("ETag");
            assertThat(tag).matches("\"[0-9a-f]{64}.*\"");
            client.addRequestHeader("If-None-Match", "\"x\"");
            assertThat(answered(client, run).getStatusCode()).isEqualTo(200);
            client.addRequestHeader("If-None-Match", tag);
            WebResponse known = answered(client, run);
            assertThat(known.getStatusCode()).isEqualTo(304);
            assertThat(known.getContentAsString()).isEmpty();

            ChangeRecord record = Gates.record(run);
            Link story = new Link(Link.Kind.WORK_ITEM, "SHOP-42", "");
            assertThat(ChangeRecords.get().store().append(record, new ChangeEvent.Linked(Instant.now(), story, "dev")))
                    .isPresent();
            WebResponse changed = answered(client, run);
            assertThat(changed.getStatusCode()).isEqualTo(200);
            assertThat(changed.getContentAsString()).contains("SHOP-42");
            client.addRequestHeader("If-None-Match", changed.getResponseHeaderValue("ETag"));
            assertThat(answered(client, run).getStatusCode()).isEqualTo(304);

            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to("reader"));
            WebResponse hidden = answered(client, run);
            assertThat(hidden.getStatusCode()).isEqualTo(404);
            assertThat(hidden.getResponseHeaderValue("ETag")).isNull();
        }
    }

    private static WebResponse answered(JenkinsRule.WebClient client, WorkflowRun run) throws Exception {
        return client.goTo(run.getUrl() + "change/" + Gates.record(run).id() + "/api/json", null)
                .getWebResponse();
    }
}
