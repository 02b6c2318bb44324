package io.jenkins.plugins.changegate.notify;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where the gate reports to: by form, by JCasC, and who may ask what of it. */
@WithJenkins
class ChangeGateNotificationsTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "hook", "The hook", Secret.fromString("s3cret")));
    }

    private static String shown() {
        return ChangeGateNotifications.get().getWebhooks().stream()
                .map(webhook -> webhook.getUrl() + " " + webhook.getCredentialsId() + " " + webhook.getFormat())
                .toList()
                .toString();
    }

    @Test
    void survivesTheFormAndARestart() throws Exception {
        ChangeGateNotifications notifications = ChangeGateNotifications.get();
        notifications.setOverrideAddresses("audit@example.org, boss@example.org");
        notifications.setWebhooks(List.of(
                new Webhook(" https://example.org/a?b=c ", "hook", "cdevents"),
                new Webhook("http://localhost:8080/x", "", null)));
        String expected = "[https://example.org/a?b=c hook cdevents, http://localhost:8080/x null change-gate]";
        assertThat(shown()).isEqualTo(expected);
        jenkins.configRoundtrip();
        assertThat(shown()).isEqualTo(expected);
        assertThat(notifications.overrideAddressList()).containsExactly("audit@example.org", "boss@example.org");
        ChangeGateNotifications read = new ChangeGateNotifications();
        assertThat(read.getWebhooks()).hasSize(2);
        assertThat(read.getOverrideAddresses()).isEqualTo("audit@example.org, boss@example.org");
    }

    @Test
    void allCanBeTakenAwayAgain() throws Exception {
        ChangeGateNotifications.get().setWebhooks(List.of(new Webhook("https://example.org/", "hook", null)));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getInputByValue("https://example.org/");
            HtmlElement delete = form.querySelector(".repeatable-delete");
            delete.click();
            client.waitForBackgroundJavaScript(5000);
            jenkins.submit(form);
        }
        assertThat(shown()).isEqualTo("[]");
    }

    @Test
    void isReadAndWrittenByJcasc() throws Exception {
        String written = """
                overrideAddresses: "audit@example.org"
                webhooks:
                - credentialsId: "hook"
                  format: "cdevents"
                  url: "https://example.org/hook"
                - format: "change-gate"
                  url: "http://example.org/other"
                """;
        Path yaml = Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified:\n  changeGateNotifications:\n"
                        + written.replace("format: \"change-gate\"\n  ", "").indent(4));
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(shown())
                .isEqualTo("[https://example.org/hook hook cdevents, http://example.org/other null change-gate]");
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(toYamlString(getUnclassifiedRoot(context).get("changeGateNotifications"))
                        .strip())
                .isEqualTo(written.strip());
        for (String broken : List.of("url: 'ftp://example.org'", "url: 'https://example.org', format: xml")) {
            Path file = Files.writeString(
                    directory.resolve("broken.yaml"),
                    "unclassified: {changeGateNotifications: {webhooks: [{" + broken + "}]}}");
            assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                    .as(broken)
                    .isInstanceOf(ConfiguratorException.class);
        }
        assertThat(ChangeGateNotifications.get().getWebhooks()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://",
                "https:///path",
                "https://user:password@example.org/",
                "https://example.org/a b",
                "https://example.org/\r\nX: y"
            })
    void otherAddressesAreNotTaken(String url) {
        assertThatThrownBy(() -> new Webhook(url, "", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "a@b, @", "a@b c\u0001@d", "<a@b>x", "<a@b>"})
    void whatIsNoMailAddressIsNotTaken(String wrong) {
        ChangeGateNotifications notifications = ChangeGateNotifications.get();
        notifications.setOverrideAddresses("audit@example.org");
        assertThatThrownBy(() -> notifications.setOverrideAddresses(wrong))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(notifications.getOverrideAddresses()).isEqualTo("audit@example.org");
    }

    private String ask(String user, Class<?> descriptor, String call) throws Exception {
        String address = "descriptorByName/" + descriptor.getName() + "/" + call;
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.login(user);
            assertThat(client.goTo(address, null).getWebResponse().getStatusCode())
                    .as("GET " + call + " by " + user)
                    .isEqualTo(405);
            WebRequest noCrumb =
                    new WebRequest(URI.create(jenkins.getURL() + address).toURL(), HttpMethod.POST);
            assertThat(client.getPage(noCrumb).getWebResponse().getStatusCode()).isEqualTo(403);
            WebResponse answer = client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                    .getWebResponse();
            assertThat(answer.getStatusCode()).isEqualTo(200);
            return answer.getContentAsString();
        }
    }

    @Test
    void onlyWhoMayConfigureIsToldAnything() throws Exception {
        new Gates(jenkins).secured();
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CONFIGURE, Jenkins.READ)
                .everywhere()
                .to("configurer");
        for (String user : new String[] {"admin", "configurer", "reader", "lead"}) {
            boolean may = user.equals("admin") || user.equals("configurer");
            assertThat(ask(user, Webhook.class, "checkUrl?value=ftp%3A%2F%2Fexample.org")
                            .contains("An address begins with"))
                    .as(user)
                    .isEqualTo(may);
            assertThat(ask(user, ChangeGateNotifications.class, "checkOverrideAddresses?value=nobody")
                            .contains("is not a mail address"))
                    .as(user)
                    .isEqualTo(may);
            String items = ask(user, Webhook.class, "fillCredentialsIdItems?credentialsId=mine");
            assertThat(items).contains("mine").doesNotContain("s3cret");
            assertThat(items.contains("hook")).as(user).isEqualTo(may);
        }
    }
}
