package io.jenkins.plugins.changegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A real Jenkins process without the plugins that folders' policies and policies in repositories need. */
class WithoutFoldersAndGitTest {

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .omitPlugins(
                    "cloudbees-folder",
                    "branch-api",
                    "workflow-multibranch",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "pipeline-graph-view",
                    "git",
                    "git-client");

    @Test
    void theGateStartsAndSaysWhatIsMissing() throws Throwable {
        controller.then(WithoutFoldersAndGitTest::look);
    }

    private static void look(JenkinsRule rule) {
        assertThat(rule.jenkins.getPluginManager().getPlugin("cloudbees-folder"))
                .isNull();
        assertThat(rule.jenkins.getPluginManager().getPlugin("git-client")).isNull();
        assertThat(rule.jenkins.getPluginManager().getPlugin("change-gate").isActive())
                .isTrue();
        assertThat(ExtensionList.lookup(PolicyLayer.class)).isEmpty();
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        configuration.setPolicy("mode: observe");
        PolicyRepository where =
                new PolicyRepository("https://git.example.com/guard-rails.git", null, "gate.yml", null);
        assertThatThrownBy(() -> configuration.setPolicyRepository(where))
                .hasMessageContaining("the plugin Git client (git-client), which is not installed");
        assertThat(configuration.readPolicy().orElseThrow().text()).isEqualTo("mode: observe");
    }
}
