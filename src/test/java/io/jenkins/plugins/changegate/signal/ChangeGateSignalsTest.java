package io.jenkins.plugins.changegate.signal;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
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
import io.jenkins.plugins.changegate.http.AnswerServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Which signals are fetched by HTTP, and from where: by form, by JCasC, and who may say so. */
@WithJenkins
class ChangeGateSignalsTest {

    private static final String SHOWN =
            "[coverage https://sonar.example.org/{service}?c={head} token /a/0 5 sent, open http://10.0.0.7:8080/open null  30 recorded]";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "token", "The token", Secret.fromString("s3cret")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "user", "", "gate", "pa55w0rd!!!!!!!"));
    }

    private static String shown() {
        return ChangeGateSignals.get().getHttp().stream()
                .map(signal -> signal.getName() + " " + signal.getUrl() + " " + signal.getCredentialsId() + " "
                        + signal.getPointer() + " " + signal.getTimeout() + (signal.isSendChange() ? " sent" : "")
                        + (signal.isEvidence() ? " recorded" : ""))
                .toList()
                .toString();
    }

    private static void configure() {
        ChangeGateSignals.get().setAllowedHosts("sonar.example.org\nhttp://10.0.0.7:8080");
        HttpSignal open = new HttpSignal("open", "http://10.0.0.7:8080/open", "", "", 30, false);
        open.setEvidence(true);
        ChangeGateSignals.get()
                .setHttp(List.of(
                        new HttpSignal(
                                "coverage",
                                "https://sonar.example.org/{service}?c={head}",
                                "token",
                                "/a/0",
                                null,
                                true),
                        open));
    }

    @Test
    void survivesTheFormAndARestart() throws Exception {
        configure();
        assertThat(shown()).isEqualTo(SHOWN);
        jenkins.configRoundtrip();
        assertThat(shown()).isEqualTo(SHOWN);
        ChangeGateSignals read = new ChangeGateSignals();
        assertThat(read.getHttp()).hasSize(2);
        assertThat(read.getAllowedHosts().split("\\s+")).containsExactly("sonar.example.org", "http://10.0.0.7:8080");
    }

    @Test
    void isReadAndWrittenByJcasc() throws Exception {
        String written = """
                allowedHosts: "sonar.example.org"
                http:
                - credentialsId: "token"
                  evidence: true
                  name: "coverage"
                  pointer: "/a/0"
                  sendChange: true
                  timeout: 7
                  url: "https://sonar.example.org/{service}"
                - name: "open"
                  sendChange: false
                  timeout: 5
                  url: "https://sonar.example.org/open"
                """;
        Path yaml = Files.writeString(
                directory.resolve("jenkins.yaml"),
                "unclassified:\n  changeGateSignals:\n"
                        + written.replace("  timeout: 5\n", "").indent(4));
        ConfigurationAsCode.get().configure(yaml.toString());
        assertThat(shown())
                .isEqualTo("[coverage https://sonar.example.org/{service} token /a/0 7 sent recorded, open"
                        + " https://sonar.example.org/open null  5]");
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(toYamlString(getUnclassifiedRoot(context).get("changeGateSignals"))
                        .replaceAll("(?m)^ *pointer: \"\"\\R", "")
                        .strip())
                .isEqualTo(written.strip());
        for (String broken : List.of(
                "{http: [{name: claimed.x, url: 'https://sonar.example.org'}]}",
                "{http: [{name: x, url: 'https://{service}.example.org'}]}",
                "{http: [{name: x, url: 'https://a.example'}, {name: x, url: 'https://b.example'}]}",
                "{http: [{name: x, url: 'https://a.example', timeout: 60}]}",
                "{allowedHosts: '*'}")) {
            Path file = Files.writeString(
                    directory.resolve("broken.yaml"), "unclassified: {changeGateSignals: " + broken + "}");
            assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                    .as(broken)
                    .isInstanceOf(ConfiguratorException.class);
        }
        assertThat(ChangeGateSignals.get().getHttp()).hasSize(2);
        assertThat(ChangeGateSignals.get().getAllowedHosts()).isEqualTo("sonar.example.org");
    }

    private void securedWithAConfigurer() {
        new Gates(jenkins).secured();
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CONFIGURE, Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("configurer");
    }

    @Test
    void onlyAnAdministratorSaysWhichHostsMayBeCalled() throws Exception {
        configure();
        securedWithAConfigurer();
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("configurer", true)))) {
            ChangeGateSignals.get().setHttp(ChangeGateSignals.get().getHttp());
            assertThatThrownBy(() -> ChangeGateSignals.get().setAllowedHosts("evil.example"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        // Who may open that page without being an administrator; Jenkins has it switched off.
        Jenkins.MANAGE.setEnabled(true);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("configurer");
            HtmlForm form = client.goTo("configure").getFormByName("config");
            assertThat(form.getTextAreaByName("_.allowedHosts").isReadOnly()).isTrue();
            form.getTextAreaByName("_.allowedHosts").setText("evil.example");
            form.getInputByValue("https://sonar.example.org/{service}?c={head}").setValue("https://evil.example/");
            jenkins.submit(form);
            assertThat(shown()).contains("evil.example");
            client.login("admin");
            assertThat(client.goTo("configure")
                            .getFormByName("config")
                            .getTextAreaByName("_.allowedHosts")
                            .isReadOnly())
                    .isFalse();
        } finally {
            Jenkins.MANAGE.setEnabled(false);
        }
        assertThat(ChangeGateSignals.get().getAllowedHosts().split("\\s+"))
                .containsExactly("sonar.example.org", "http://10.0.0.7:8080");
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
    void onlyWhoMayConfigureIsToldAnythingAndNothingIsCalled() throws Exception {
        securedWithAConfigurer();
        try (AnswerServer server = new AnswerServer()) {
            ChangeGateSignals.get().setAllowedHosts(server.place());
            String here = server.place().replace(":", "%3A") + "%2Fa";
            for (String user : new String[] {"admin", "configurer", "reader"}) {
                boolean may = !user.equals("reader");
                assertThat(ask(user, HttpSignal.class, "checkUrl?value=" + here))
                        .isEqualTo("<div/>");
                for (String[] each : new String[][] {
                    {"checkName?value=claimed.x", "are for what pipelines say"},
                    {"checkUrl?value=ftp%3A%2F%2Fexample.org", "Not a complete address"},
                    {"checkUrl?value=https%3A%2F%2Fother.example", "not among the allowed hosts"},
                    {"checkPointer?value=x", "A JSON pointer begins with"},
                    {"fillCredentialsIdItems?credentialsId=mine", "token"},
                    {"fillCredentialsIdItems?credentialsId=mine", "user"}
                }) {
                    assertThat(ask(user, HttpSignal.class, each[0]).contains(each[1]))
                            .as(user + " " + each[0])
                            .isEqualTo(may);
                }
                assertThat(ask(user, HttpSignal.class, "fillCredentialsIdItems?credentialsId=mine"))
                        .contains("mine")
                        .doesNotContain("s3cret", "pa55w0rd");
                assertThat(ask(user, ChangeGateSignals.class, "checkAllowedHosts?value=*")
                                .contains("is not a host"))
                        .isEqualTo(may);
            }
            assertThat(server.calls()).isEmpty();
        }
    }
}
