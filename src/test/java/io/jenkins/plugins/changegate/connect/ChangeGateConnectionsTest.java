package io.jenkins.plugins.changegate.connect;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which systems changes are kept in: by form, by JCasC, and who may say so. */
@WithJenkins
class ChangeGateConnectionsTest {

    private static final String WRITTEN = """
            allowedHosts: "example.service-now.com example.atlassian.net"
            systems:
            - changeGateServiceNow:
                assignmentGroup: "Change managers"
                changeModel: "Gate"
                credentialsId: "now"
                environments: "production, staging"
                url: "https://example.service-now.com"
                verdicts: "ask"
            - changeGateJira:
                allowTransition: "Go"
                credentialsId: "now"
                dry: true
                requestTypeId: "25"
                serviceDeskId: "3"
                tiers: "production"
                url: "https://example.atlassian.net"
            """;

    @TempDir
    Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "now", "", Secret.fromString("s3cret")));
    }

    private void configure(String connections) throws Exception {
        Path yaml = Files.writeString(
                directory.resolve("jenkins.yaml"), "unclassified:\n  changeGateConnections:\n" + connections.indent(4));
        ConfigurationAsCode.get().configure(yaml.toString());
    }

    private static String exported() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        return toYamlString(getUnclassifiedRoot(context).get("changeGateConnections"))
                .replaceAll("(?m)^ *\\w+: (\"\"|false)\\R", "");
    }

    @Test
    void isReadAndWrittenByJcascAndSurvivesTheFormAndARestart() throws Exception {
        configure(WRITTEN);
        assertThat(exported()).isEqualTo(WRITTEN);
        JiraServiceManagement jira =
                (JiraServiceManagement) ChangeGateConnections.get().getSystems().get(1);
        assertThat(List.of(jira.getDeclineTransition(), jira.getCompleteTransition(), jira.getFailTransition()))
                .containsExactly("Declined", "Completed", "Failed");
        jenkins.configRoundtrip();
        assertThat(exported()).isEqualTo(WRITTEN);
        assertThat(new ChangeGateConnections().getSystems()).hasSize(2);
        for (String broken : List.of(
                "url: 'ftp://example.org'",
                "url: 'https://user:password@example.org'",
                "url: 'https://example.org?x=y'",
                "url: 'https://example.org', tiers: 'production, prod'",
                "url: 'https://example.org', verdicts: 'approved'")) {
            assertThatThrownBy(() -> configure("systems: [{changeGateServiceNow: {" + broken + "}}]"))
                    .as(broken)
                    .isInstanceOf(ConfiguratorException.class);
        }
        assertThatThrownBy(
                        () -> configure(
                                "systems: [{changeGateJira: {url: 'https://example.org', serviceDeskId: IT, requestTypeId: '1'}}]"))
                .isInstanceOf(ConfiguratorException.class);
        assertThat(exported()).isEqualTo(WRITTEN);
        ChangeGateConnections.get().setSystems(List.of());
        jenkins.configRoundtrip();
        assertThat(ChangeGateConnections.get().getSystems()).isEmpty();
    }

    private String ask(String user, Class<?> descriptor, String call) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login(user);
            String address = "descriptorByName/" + descriptor.getName() + "/" + call;
            return client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    @Test
    void onlyWhoMayConfigureIsToldAnythingAndOnlyAnAdministratorAllowsHosts() throws Exception {
        configure(WRITTEN);
        new Gates(jenkins).secured();
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CONFIGURE, Jenkins.READ)
                .everywhere()
                .to("configurer");
        for (String user : new String[] {"admin", "configurer", "reader"}) {
            boolean may = !user.equals("reader");
            for (String[] each : new String[][] {
                {"checkUrl?value=ftp%3A%2F%2Fexample.org", "Not a complete address"},
                {"checkUrl?value=https%3A%2F%2Fother.example", "not among the allowed hosts"},
                {"fillCredentialsIdItems?credentialsId=mine", "now"}
            }) {
                for (Class<?> type : List.of(ServiceNow.class, JiraServiceManagement.class)) {
                    assertThat(ask(user, type, each[0]).contains(each[1]))
                            .as(user + " " + each[0])
                            .isEqualTo(may);
                }
            }
            assertThat(ask(user, ServiceNow.class, "fillCredentialsIdItems?credentialsId=mine"))
                    .doesNotContain("s3cret");
            assertThat(ask(user, ChangeGateConnections.class, "checkAllowedHosts?value=*")
                            .contains("is not a host"))
                    .isEqualTo(may);
        }
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("configurer", true)))) {
            ChangeGateConnections.get().setSystems(ChangeGateConnections.get().getSystems());
            assertThatThrownBy(() -> ChangeGateConnections.get().setAllowedHosts("evil.example"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
    }
}
