package io.jenkins.plugins.changegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.notify.ChangeGateNotifications;
import io.jenkins.plugins.changegate.signal.ChangeGateSignals;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Policies outlive a restart, also where the network is down or somebody has broken a file meanwhile. */
class PolicyRestartTest {

    private static final String LOCAL = "hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT";
    private static final String JCASC = "casc.jenkins.config";
    private static final String POLICY = "environments: {production: {pass-up-to: none}}\n";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    @BeforeEach
    void allow() {
        System.setProperty(LOCAL, "true");
    }

    @AfterEach
    void forbid() {
        System.clearProperty(LOCAL);
    }

    private static Policy inForce() {
        return ChangeGateConfiguration.get().readPolicy().orElseThrow();
    }

    @Test
    void whatWasReadFromARepositoryIsInForceWithoutIt() throws Throwable {
        TestRepository repository = TestRepository.in(directory.resolve("guard-rails"));
        String commit = repository.write("gate.yml", POLICY).commit("Begin");
        PolicyRepository where =
                new PolicyRepository(repository.directory().toUri().toString(), null, "gate.yml", null);
        sessions.then(rule -> {
            ChangeGateConfiguration.get().setPolicyRepository(where);
            Folder folder = rule.jenkins.createProject(Folder.class, "Payments");
            folder.addProperty(new FolderPolicy("mode: observe"));
            folder.createProject(WorkflowJob.class, "shop");
        });
        Files.move(repository.directory(), directory.resolve("gone"));
        sessions.then(rule -> {
            assertThat(inForce().text()).isEqualTo(POLICY);
            assertThat(inForce().source())
                    .isEqualTo("organisation policy guard-rails gate.yml at " + commit.substring(0, 7));
            assertThat(FolderPolicies.get()
                            .of(rule.jenkins.getItemByFullName("Payments/shop", WorkflowJob.class))
                            .policies())
                    .extracting(Policy::text)
                    .containsExactly("mode: observe");
            // As JCasC does when Jenkins starts.
            assertThatCode(() -> ChangeGateConfiguration.get().setPolicyRepository(where))
                    .doesNotThrowAnyException();
            PolicyMonitor monitor = ExtensionList.lookupSingleton(PolicyMonitor.class);
            while (!monitor.isActivated()) {
                Thread.sleep(50);
            }
            assertThat(monitor.getMessage()).startsWith("guard-rails gate.yml cannot be read: ");
            assertThat(inForce().text()).isEqualTo(POLICY);
        });
        sessions.then(rule -> {
            PolicyMonitor monitor = ExtensionList.lookupSingleton(PolicyMonitor.class);
            assertThat(monitor.isActivated()).as("is known from before").isTrue();
            assertThat(inForce().text()).isEqualTo(POLICY);
        });
    }

    @Test
    void whatWasWrittenAsTextIsInForceIfItIsBrokenMeanwhile() throws Throwable {
        sessions.then(rule -> ChangeGateConfiguration.get().setPolicy(POLICY));
        Path file = sessions.getHome().toPath().resolve(ChangeGateConfiguration.class.getName() + ".xml");
        Files.writeString(file, Files.readString(file).replace("none", "nothing"));
        sessions.then(rule -> {
            assertThat(ChangeGateConfiguration.get().getPolicy()).contains("nothing");
            assertThat(inForce().text()).isEqualTo(POLICY);
            assertThat(ExtensionList.lookupSingleton(PolicyMonitor.class).isActivated())
                    .isTrue();
        });
    }

    /** The whole of what JCasC can say, read at the start, and again, changed, at the next. */
    @Test
    void jcascBringsAllSettingsAtEachStart() throws Throwable {
        Path file = directory.resolve("jenkins.yaml");
        String settings = """
                unclassified:
                  changeGate:
                    policy: |
                      environments: {production: {pass-up-to: none}}
                  changeGateSignals:
                    allowedHosts: "incidents.example.org"
                  changeGateNotifications:
                    overrideAddresses: "auditors@example.org"
                """;
        Files.writeString(file, settings);
        System.setProperty(JCASC, file.toString());
        try {
            sessions.then(rule -> {
                assertThat(inForce().text()).isEqualTo(POLICY);
                assertThat(ExtensionList.lookupSingleton(ChangeGateSignals.class)
                                .getAllowedHosts())
                        .isEqualTo("incidents.example.org");
                assertThat(ExtensionList.lookupSingleton(ChangeGateNotifications.class)
                                .getOverrideAddresses())
                        .isEqualTo("auditors@example.org");
            });
            Files.writeString(file, settings.replace("none", "low").replace("auditors", "board"));
            sessions.then(rule -> {
                assertThat(inForce().text()).isEqualTo(POLICY.replace("none", "low"));
                assertThat(ExtensionList.lookupSingleton(ChangeGateNotifications.class)
                                .getOverrideAddresses())
                        .isEqualTo("board@example.org");
            });
        } finally {
            System.clearProperty(JCASC);
        }
    }
}
