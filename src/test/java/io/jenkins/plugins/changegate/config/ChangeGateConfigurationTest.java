package io.jenkins.plugins.changegate.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.changegate.Gates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The organisation's policy: by form, by JCasC, checked before it is kept. */
@WithJenkins
class ChangeGateConfigurationTest {

    @TempDir
    Path directory;

    @Test
    void survivesTheForm(JenkinsRule jenkins) throws Exception {
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY);
        jenkins.configRoundtrip();
        assertThat(ChangeGateConfiguration.get().getPolicy().strip()).isEqualTo(Gates.POLICY.strip());
    }

    @Test
    void aBrokenPolicyIsNotKept(JenkinsRule jenkins) throws Exception {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        configuration.setPolicy(Gates.POLICY);
        assertThatThrownBy(() -> configuration.setPolicy("rules:\n  - nme: x\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("organisation policy:2:5")
                .hasMessageContaining("did you mean 'name'?");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = client.goTo("configure").getFormByName("config");
            HtmlTextArea area = form.getTextAreaByName("_.policy");
            area.setText("environments: {production: {pass-up-to: hgh}}");
            assertThat(jenkins.submit(form).getWebResponse().getContentAsString())
                    .contains("did you mean");
        }
        assertThat(configuration.getPolicy()).isEqualTo(Gates.POLICY);
    }

    @Test
    void isReadAndWrittenByJcasc(JenkinsRule jenkins) throws Exception {
        Path yaml = Files.writeString(directory.resolve("jenkins.yaml"), """
                unclassified:
                  changeGate:
                    policy: |
                      environments:
                        production:
                          pass-up-to: none
                """);
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(ChangeGateConfiguration.get().getPolicy()).contains("pass-up-to: none");
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(toYamlString(getUnclassifiedRoot(context).get("changeGate")).strip())
                .isEqualTo("""
                        policy: |
                          environments:
                            production:
                              pass-up-to: none
                        """.strip());
        Path broken = Files.writeString(
                directory.resolve("broken.yaml"), "unclassified:\n  changeGate:\n    policy: 'rules: [{}]'\n");
        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(broken.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("organisation policy:1:9: ");
        assertThat(ChangeGateConfiguration.get().getPolicy()).contains("pass-up-to: none");
    }

    @Test
    void whatIsBrokenOnDiskLeavesInForceWhatWasReadLastAndSaysSo(JenkinsRule jenkins) throws Exception {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        PolicyMonitor monitor = ExtensionList.lookupSingleton(PolicyMonitor.class);
        configuration.setPolicy(Gates.POLICY);
        assertThat(monitor.isActivated()).isFalse();
        breakOnDisk(configuration, "environments", "enviroments");
        assertThat(configuration.readPolicy().orElseThrow().text()).isEqualTo(Gates.POLICY);
        assertThat(configuration.readPolicy().orElseThrow().source()).startsWith("organisation policy as of 20");
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getMessage())
                .contains("organisation policy:1:1: There is no key 'enviroments' here; did you mean 'environments'?");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("manage");
            assertThat(page.getVisibleText()).contains("did you mean 'environments'?", "organisation policy as of 20");
            ((HtmlButton) page.getElementByName("dismiss")).click();
            assertThat(client.goTo("manage").getVisibleText()).doesNotContain("did you mean");
        }
        assertThat(monitor.isActivated()).isFalse();
        // Another problem is told of again, and counts from the first.
        String since = monitor.getSince();
        breakOnDisk(configuration, "enviroments", "envronments");
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getSince()).isEqualTo(since);
        configuration.setPolicy("");
        assertThat(monitor.isActivated()).isFalse();
        assertThat(configuration.readPolicy().orElseThrow().text()).isEmpty();
    }

    @Test
    void whatNeverCouldBeReadAsks(JenkinsRule jenkins) throws Exception {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        configuration.setPolicy(Gates.POLICY);
        Files.delete(jenkins.jenkins.getRootDir().toPath().resolve("change-gate/organisation-policy.json"));
        breakOnDisk(configuration, "environments", "enviroments");
        assertThat(configuration.readPolicy()).isEmpty();
        assertThat(ExtensionList.lookupSingleton(PolicyMonitor.class).getInForce())
                .isEmpty();
        WorkflowJob job = new Gates(jenkins).pipeline("shop", "changeGate environment: 'dev'");
        WorkflowRun run = Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
        assertThat(new Gates(jenkins)
                        .waitForPrompt(run)
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons())
                .anyMatch(reason ->
                        reason.startsWith("The organisation's policy cannot be read: organisation policy:1:1"));
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private static void breakOnDisk(ChangeGateConfiguration configuration, String right, String wrong)
            throws IOException {
        Path file = Jenkins.get().getRootDir().toPath().resolve(configuration.getId() + ".xml");
        String text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong));
        configuration.load();
    }

    @Test
    void checkingThePolicyNeedsPostAndTellsOnlyAdministrators(JenkinsRule jenkins) throws Exception {
        new Gates(jenkins).secured();
        String address =
                "descriptorByName/" + ChangeGateConfiguration.class.getName() + "/checkPolicy?value=rules%3A%20x";
        for (String user : new String[] {"admin", "reader", "lead"}) {
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                client.getOptions().setThrowExceptionOnFailingStatusCode(false);
                client.login(user);
                assertThat(client.goTo(address, null).getWebResponse().getStatusCode())
                        .as("GET by " + user)
                        .isEqualTo(405);
                WebRequest post = new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST);
                String answer = client.getPage(post).getWebResponse().getContentAsString();
                assertThat(answer.contains("class=error") || answer.contains("class=\"error\""))
                        .as(user + ": " + answer)
                        .isEqualTo(user.equals("admin"));
                WebRequest noCrumb =
                        new WebRequest(URI.create(jenkins.getURL() + address).toURL(), HttpMethod.POST);
                assertThat(client.getPage(noCrumb).getWebResponse().getStatusCode())
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"View", "Approve"})
    void permissionsExistAndAdministratorsDoNotApproveByRank(String name, JenkinsRule jenkins) {
        new Gates(jenkins).secured();
        Permission permission = Permission.fromId(ChangePermissions.class.getName() + "." + name);
        assertThat(permission).isNotNull();
        assertThat(Jenkins.get()
                        .getACL()
                        .hasPermission2(User.getById("admin", true).impersonate2(), permission))
                .isEqualTo(name.equals("View"));
        assertThat(ChangePermissions.VIEW.impliedBy).isEqualTo(Item.READ);
    }
}
