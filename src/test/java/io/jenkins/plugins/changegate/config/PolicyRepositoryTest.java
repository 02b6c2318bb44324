package io.jenkins.plugins.changegate.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The organisation's policy in a git repository. */
@WithJenkins
class PolicyRepositoryTest {

    private static final String LOCAL = "hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT";
    private static final String FILE = "gates/change-gate.yml";
    private static final String FIRST = "environments: {production: {pass-up-to: none}}\n";
    private static final String SECOND = "environments: {production: {pass-up-to: low}}\n";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private TestRepository repository;
    private String url;
    private String first;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        System.setProperty(LOCAL, "true");
        jenkins = rule;
        repository = TestRepository.in(directory.resolve("guard-rails.git"));
        first = repository.write(FILE, FIRST).commit("Begin");
        url = repository.directory().toUri().toString();
    }

    @AfterEach
    void forbid() {
        System.clearProperty(LOCAL);
    }

    private PolicyRepository at(String revision) {
        return new PolicyRepository(url, revision, FILE, null);
    }

    private static ChangeGateConfiguration configuration() {
        return ChangeGateConfiguration.get();
    }

    private static Policy inForce() {
        return configuration().readPolicy().orElseThrow();
    }

    private static PolicyMonitor monitor() {
        return ExtensionList.lookupSingleton(PolicyMonitor.class);
    }

    @Test
    void isReadAtABranchATagOrACommitOrWhereHeadIs() {
        repository.git("tag", "-a", "v1", "-m", "Version 1");
        repository.git("branch", "release/1");
        String second = repository.write(FILE, SECOND).commit("Loosen");
        for (String revision : new String[] {"v1", "release/1", first}) {
            configuration().setPolicyRepository(at(revision));
            assertThat(inForce().text()).as(revision).isEqualTo(FIRST);
            assertThat(inForce().source())
                    .isEqualTo("organisation policy guard-rails.git gates/change-gate.yml at " + first.substring(0, 7));
        }
        configuration().setPolicyRepository(at(""));
        assertThat(inForce().text()).isEqualTo(SECOND);
        assertThat(inForce().source()).endsWith(" at " + second.substring(0, 7));
        assertThat(configuration().getPolicy()).isEmpty();
        configuration().setPolicy("mode: observe");
        assertThat(configuration().getPolicyRepository()).isNull();
        assertThat(inForce().text()).isEqualTo("mode: observe");
    }

    @Test
    void whatCannotBeReadIsNotAccepted() {
        configuration().setPolicy(FIRST);
        repository.write("broken.yml", "rules:\n  - nme: x\n").write("latin.yml", new byte[] {(byte) 0xe4});
        repository.link("link.yml", "broken.yml");
        String commit = repository.commit("Break");
        String orphan =
                repository.git("commit-tree", "-m", "Orphan", "HEAD^{tree}").strip();
        String at = " at " + commit.substring(0, 7);
        refused(url, "", "broken.yml", "organisation policy guard-rails.git broken.yml" + at + ":2:5: ", "'name'?");
        refused(url, "", "latin.yml", "This file is not in UTF-8: guard-rails.git latin.yml" + at);
        refused(url, "", "link.yml", "This is no file: guard-rails.git link.yml" + at);
        refused(url, "", "gates", "This is no file: guard-rails.git gates" + at);
        refused(url, "", "none.yml", "There is no guard-rails.git none.yml" + at);
        refused(url, "nothing", FILE, "There is no branch and no tag 'nothing' in guard-rails.git");
        refused(url, orphan, FILE, "No branch and no tag of guard-rails.git leads to the commit " + orphan);
        String nowhere =
                repository.directory().resolveSibling("none.git").toUri().toString();
        refused(nowhere, "", FILE, "none.git " + FILE + " cannot be read: ");
        assertThatThrownBy(() ->
                        configuration().setPolicyRepository(new PolicyRepository(url, "", FILE, "no-such-credentials")))
                .hasMessageContaining("There are no credentials 'no-such-credentials'");
        assertThat(configuration().getPolicyRepository()).isNull();
        assertThat(inForce().text()).isEqualTo(FIRST);
        assertThat(monitor().isActivated()).isFalse();
    }

    @Test
    void calendarsAreReadBesideThePolicyAndTheLastOnesStayInForce() throws Exception {
        String freeze = "environments: {production: {freezes: [{name: a, calendar: ops/a.ics, because: B.}]}}\n";
        String nothing = "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n";
        repository.write(FILE, freeze).commit("Plan");
        refused(url, "", FILE, ":1:49: The calendar ops/a.ics cannot be read. There is no such file in the commit");
        repository.write("ops/a.ics", "BEGIN:VCALENDAR\n").commit("Break");
        refused(url, "", FILE, "The calendar ops/a.ics cannot be read. It is broken: ");
        repository.write("ops/a.ics", nothing).commit("Mend");
        configuration().setPolicyRepository(at(""));
        assertThat(inForce().calendarTexts().values())
                .singleElement()
                .satisfies(text -> assertThat(text.text()).isEqualTo(nothing));
        repository.delete("ops/a.ics").commit("Forget");
        ExtensionList.lookupSingleton(PolicyWork.class).doRun();
        while (!monitor().isActivated()) {
            Thread.sleep(50);
        }
        assertThat(monitor().getMessage()).contains("The calendar ops/a.ics cannot be read.");
        configuration().load();
        assertThat(inForce().calendarTexts()).as("kept over a restart").hasSize(1);
        assertThatThrownBy(() -> configuration().setPolicy(freeze))
                .hasMessageContaining(
                        "organisation policy:1:49: The calendar ops/a.ics cannot be read. This policy is in"
                                + " no repository, so there is no file beside it");
    }

    private static void refused(String url, String revision, String path, String... message) {
        assertThatThrownBy(() -> configuration().setPolicyRepository(new PolicyRepository(url, revision, path, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(message);
    }

    @Test
    void whatIsBrokenLaterLeavesInForceWhatWasReadLastAndSaysSo() throws Exception {
        configuration().setPolicyRepository(at("main"));
        repository.write(FILE, "rules: [{}]").commit("Break");
        AsyncPeriodicWork work = ExtensionList.lookupSingleton(PolicyWork.class);
        work.doRun();
        while (monitor().getMessage().isEmpty()) {
            Thread.sleep(50);
        }
        String broken = repository.head().substring(0, 7);
        assertThat(inForce().text()).isEqualTo(FIRST);
        assertThat(inForce().source()).endsWith(first.substring(0, 7));
        assertThat(monitor().isActivated()).isTrue();
        assertThat(monitor().getMessage())
                .startsWith("organisation policy guard-rails.git gates/change-gate.yml at " + broken + ":1:9: ");
        // Saving the same again waits for nothing, and mends nothing.
        jenkins.configRoundtrip();
        assertThat(monitor().isActivated()).isTrue();
        String since = monitor().getSince();
        assertThat(readNow()).contains("error", broken);
        assertThat(monitor().getSince()).isEqualTo(since);

        repository.write(FILE, SECOND).commit("Mend");
        assertThat(readNow()).contains("ok", repository.head().substring(0, 7));
        assertThat(inForce().text()).isEqualTo(SECOND);
        assertThat(monitor().isActivated()).isFalse();

        Files.move(repository.directory(), directory.resolve("gone"));
        assertThat(readNow()).contains("guard-rails.git gates/change-gate.yml cannot be read");
        String message = monitor().getMessage();
        readNow();
        assertThat(monitor().getMessage()).as("the same problem").isEqualTo(message);
        assertThat(inForce().text()).isEqualTo(SECOND);
    }

    private String readNow() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String address = "descriptorByName/" + ChangeGateConfiguration.class.getName() + "/readNow";
            return client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    @Test
    void survivesTheForm() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.SYSTEM, "guard-rails-reader", "", "reader", "a password of some length"));
        PolicyRepository where = new PolicyRepository(url, "main", FILE, "guard-rails-reader");
        configuration().setPolicyRepository(where);
        jenkins.configRoundtrip();
        assertThat(configuration().getPolicyRepository()).isEqualTo(where);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getTextAreaByName("_.policy").setText(FIRST);
            HtmlPage both = jenkins.submit(form);
            assertThat(both.getWebResponse().getContentAsString()).contains("keep one of them");
            assertThat(configuration().getPolicyRepository()).isEqualTo(where);
            form = client.goTo("configure").getFormByName("config");
            form.getInputByName("_.policyRepository").setChecked(false);
            form.getTextAreaByName("_.policy").setText(SECOND);
            jenkins.submit(form);
        }
        assertThat(configuration().getPolicyRepository()).isNull();
        assertThat(inForce().text().strip()).isEqualTo(SECOND.strip());
    }

    @Test
    void isReadOverHttpByWhoHasTheCredentialsAndNobodyIsToldThem() throws Exception {
        String password = "correct-horse";
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "right", "", "gate", password));
        credentials
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "wrong", "", "gate", "stapler"));
        try (GitServer server = new GitServer(directory, "gate", password)) {
            String address = server.address("guard-rails.git");
            for (String id : new String[] {"wrong", null}) {
                assertThatThrownBy(() ->
                                configuration().setPolicyRepository(new PolicyRepository(address, "main", FILE, id)))
                        .as("credentials " + id)
                        .hasMessageContaining("guard-rails.git " + FILE + " cannot be read: ")
                        .hasMessageNotContainingAny(password, "stapler");
            }
            assertThat(configuration().getPolicyRepository()).isNull();
            configuration().setPolicyRepository(new PolicyRepository(address, "main", FILE, "right"));
            assertThat(inForce().text()).isEqualTo(FIRST);
        }
    }

    @Test
    void isReadAndWrittenByJcasc() throws Exception {
        String written = "policyRepository:\n  path: \"" + FILE + "\"\n  revision: \"main\"\n  url: \"" + url + "\"\n";
        load(written);
        assertThat(configuration().getPolicyRepository()).isEqualTo(at("main"));
        assertThat(inForce().text()).isEqualTo(FIRST);
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        assertThat(toYamlString(getUnclassifiedRoot(context).get("changeGate"))).isEqualTo(written);
        load("policy: 'mode: observe'\n");
        assertThat(configuration().getPolicyRepository()).isNull();
        load("policy: ''\n" + written);
        assertThat(inForce().text()).isEqualTo(FIRST);
        assertThatThrownBy(() -> load("policy: 'mode: observe'\n" + written))
                .hasStackTraceContaining("Both a policy as text (policy) and a repository (policyRepository)");
        assertThat(configuration().getPolicyRepository()).isEqualTo(at("main"));
        assertThat(configuration().getPolicy()).isEmpty();
        repository.write("broken.yml", "rules:\n  - nme: x\n").commit("Break");
        assertThatThrownBy(() -> load(written.replace(FILE, "broken.yml")))
                .hasStackTraceContaining("broken.yml at " + repository.head().substring(0, 7) + ":2:5: ");
        assertThat(configuration().getPolicyRepository()).isEqualTo(at("main"));
    }

    private void load(String changeGate) throws Exception {
        Path yaml = Files.writeString(
                directory.resolve("jenkins.yaml"), "unclassified:\n  changeGate:\n" + changeGate.indent(4));
        ConfigurationAsCode.get().configure(yaml.toString());
    }
}
