package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.changegate.ledger.ChangeListener;
import io.jenkins.plugins.changegate.signal.SignalSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real Jenkins process without the plugins that checks and test results need. */
class WithoutChecksTest {

    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().omitPlugins("checks-api", "junit", "matrix-project");

    @Test
    void theGateStartsWithoutChecksAndTestResults() throws Throwable {
        controller.then(WithoutChecksTest::look);
    }

    private static void look(JenkinsRule rule) {
        assertThat(rule.jenkins.getPluginManager().getPlugin("checks-api")).isNull();
        assertThat(rule.jenkins.getPluginManager().getPlugin("change-gate").isActive())
                .isTrue();
        assertThat(ExtensionList.lookup(ChangeListener.class))
                .extracting(listener -> listener.getClass().getSimpleName())
                .contains("MailListener", "WebhookListener")
                .doesNotContain("ChecksListener");
        assertThat(ExtensionList.lookup(SignalSource.class))
                .extracting(source -> source.getClass().getSimpleName())
                .containsExactly("HttpSignalSource");
    }
}
