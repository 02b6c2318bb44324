package io.jenkins.plugins.changegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The policy of a folder: who sets it, and for which jobs it is. {@code editor} may configure and make folders,
 * {@code chief} holds Change/Configure besides.
 */
@WithJenkins
class FolderPolicyTest {

    private static final String OLD = "rules: [{name: old, when: 'true', risk: 1, because: It was so.}]";
    private static final String NEW = "rules: [{name: new, when: 'true', risk: 2, because: It is so now.}]";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Folder folder;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, Item.CONFIGURE, Item.CREATE)
                .everywhere()
                .to("editor", "chief")
                .grant(ChangePermissions.CONFIGURE)
                .everywhere()
                .to("chief")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        folder = jenkins.jenkins.createProject(Folder.class, "Payments");
        folder.addProperty(new FolderPolicy(OLD));
        job = folder.createProject(WorkflowJob.class, "shop");
    }

    private static Policies above(WorkflowJob job) {
        return FolderPolicies.get().of(job);
    }

    private String inForce() {
        return above(job).policies().stream().map(Policy::text).reduce("", String::concat);
    }

    private String onDisk() throws Exception {
        return folder.getConfigFile().asString();
    }

    private int post(String user, String address, String xml) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.login(user);
            WebRequest request = new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(xml);
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Test
    void everyFolderAroundAJobCountsAndNoOther() throws Exception {
        Folder inner = folder.createProject(Folder.class, "Checkout");
        inner.addProperty(new FolderPolicy(NEW));
        jenkins.jenkins.createProject(Folder.class, "Shipping").addProperty(new FolderPolicy(NEW));
        WorkflowJob deep = inner.createProject(WorkflowJob.class, "cart");
        assertThat(above(deep).policies())
                .extracting(Policy::layer)
                .containsExactlyInAnyOrder(Layer.ofFolder("Payments"), Layer.ofFolder("Payments/Checkout"));
        assertThat(above(job).policies()).extracting(Policy::layer).containsExactly(Layer.ofFolder("Payments"));
        assertThat(above(jenkins.createProject(WorkflowJob.class, "top"))).isEqualTo(Policies.NONE);
        folder.renameTo("Money");
        assertThat(above(job).policies()).extracting(Policy::source).containsExactly("policy of the folder Money");
    }

    @Test
    void aMultibranchProjectIsAFolderToo() throws Exception {
        System.setProperty("hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT", "true");
        try {
            TestRepository repository = TestRepository.in(directory);
            repository.write("Jenkinsfile", "echo 'hello'").commit("Begin");
            WorkflowMultiBranchProject project = folder.createProject(WorkflowMultiBranchProject.class, "branches");
            project.addProperty(new FolderPolicy(NEW));
            GitSCMSource source = new GitSCMSource(repository.directory().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            project.getSourcesList().add(new BranchSource(source));
            Objects.requireNonNull(project.scheduleBuild2(0)).getFuture().get();
            jenkins.waitUntilNoActivity();
            WorkflowJob branch = project.getItems().iterator().next();
            assertThat(above(branch).policies()).extracting(Policy::text).containsExactlyInAnyOrder(OLD, NEW);
            submit("chief", project, OLD + "\n");
            assertThat(above(branch).policies()).extracting(Policy::text).allMatch(text -> text.contains("old"));
        } finally {
            System.clearProperty("hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT");
        }
    }

    private String submit(String user, AbstractFolder<?> where, String policy) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.login(user);
            HtmlForm form = client.getPage(where, "configure").getFormByName("config");
            form.getTextAreaByName("_.description").setText("by " + user);
            if (policy != null) {
                form.getTextAreaByName("_.policy").setText(policy);
            }
            return jenkins.submit(form).getWebResponse().getContentAsString();
        }
    }

    @Test
    void onlyWhoMayConfigureSetsItByForm() throws Exception {
        submit("chief", folder, null);
        assertThat(inForce()).as("round trip").isEqualTo(OLD);
        submit("chief", folder, NEW);
        assertThat(inForce()).isEqualTo(NEW);
        assertThat(submit("chief", folder, "rules: [{nme: x}]")).contains("did you mean");
        assertThat(inForce()).isEqualTo(NEW);
        // To others it is shown, and their saving changes everything else.
        submit("editor", folder, null);
        assertThat(folder.getDescription()).isEqualTo("by editor");
        assertThat(inForce()).isEqualTo(NEW);
        assertThat(onDisk()).contains("name: new");
        submit("chief", folder, "");
        assertThat(inForce()).isEmpty();
        assertThat(onDisk()).doesNotContain("FolderPolicy");
        assertThat(folder.getProperties().get(FolderPolicy.class)).isNull();
    }

    @Test
    void whoMayOnlyConfigureTheFolderChangesItNotByForgingTheForm() throws Exception {
        Folder bare = jenkins.jenkins.createProject(Folder.class, "Bare");
        for (Folder target : List.of(folder, bare)) {
            String name = FolderPolicy.class.getName().replace('.', '-');
            String json = "{\"displayNameOrNull\": \"\", \"description\": \"forged\", \"icon\": {\"stapler-class\":"
                    + " \"com.cloudbees.hudson.plugins.folder.icons.StockFolderIcon\"}, \"" + name
                    + "\": {\"policy\": \"" + NEW + "\"}}";
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                client.login("editor");
                client.getOptions().setRedirectEnabled(true);
                client.getPage(new WebRequest(
                        URI.create(client.createCrumbedUrl(target.getUrl() + "configSubmit") + "&json="
                                        + URLEncoder.encode(json, StandardCharsets.UTF_8))
                                .toURL(),
                        HttpMethod.POST));
            }
            assertThat(target.getDescription()).isEqualTo("forged");
        }
        assertThat(inForce()).isEqualTo(OLD);
        assertThat(bare.getProperties().get(FolderPolicy.class)).isNull();
    }

    @Test
    void whoMayOnlyConfigureTheFolderChangesItNotByXml() throws Exception {
        String address = folder.getUrl() + "config.xml";
        String now = onDisk();
        String without = now.replaceAll("(?s)<io.jenkins.plugins.changegate.config.FolderPolicy.*FolderPolicy>", "");
        assertThat(without).isNotEqualTo(now);
        for (String xml : List.of(now.replace("name: old", "name: new"), without)) {
            String described = xml.replaceFirst("<properties>", "<description>by xml</description><properties>");
            assertThat(post("editor", address, described)).isEqualTo(200);
            assertThat(folder.getDescription()).isEqualTo("by xml");
            assertThat(inForce()).isEqualTo(OLD);
            assertThat(onDisk()).contains("name: old").doesNotContain("name: new");
            assertThat(folder.getProperties().getAll(FolderPolicy.class)).hasSize(1);
        }
        Folder bare = jenkins.jenkins.createProject(Folder.class, "Bare");
        assertThat(post("editor", bare.getUrl() + "config.xml", now)).isEqualTo(200);
        assertThat(bare.getConfigFile().asString()).doesNotContain("FolderPolicy");
        // What is on disk is what is loaded after a restart.
        folder.doReload();
        assertThat(inForce()).isEqualTo(OLD);
        assertThat(post("chief", address, now.replace("name: old", "name: new")))
                .isEqualTo(200);
        assertThat(inForce()).isEqualTo(NEW.replace("risk: 2", "risk: 1").replace("It is so now", "It was so"));
        assertThat(post("chief", address, without)).isEqualTo(200);
        assertThat(inForce()).isEmpty();
        assertThat(onDisk()).doesNotContain("FolderPolicy");
    }

    @Test
    void whoMayOnlyMakeFoldersMakesThemWithoutPolicies() throws Exception {
        assertThat(post("editor", "createItem?name=Made", onDisk())).isEqualTo(200);
        assertThat(post("editor", "createItem?name=Copied&mode=copy&from=Payments", ""))
                .isEqualTo(200);
        assertThat(post("chief", "createItem?name=MadeByChief", onDisk())).isEqualTo(200);
        for (String name : List.of("Made", "Copied", "MadeByChief")) {
            TopLevelItem made = jenkins.jenkins.getItem(name);
            WorkflowJob inside = ((Folder) made).createProject(WorkflowJob.class, "inside");
            boolean chief = name.endsWith("Chief");
            assertThat(above(inside).policies()).as(name).hasSize(chief ? 1 : 0);
            assertThat(((Folder) made).getConfigFile().asString().contains("FolderPolicy"))
                    .as(name)
                    .isEqualTo(chief);
        }
    }

    @Test
    void oneThatCannotBeReadAsks() throws Exception {
        Files.writeString(folder.getConfigFile().getFile().toPath(), onDisk().replace("name: old", "nme: old"));
        folder.doReload();
        assertThat(above(job).policies()).isEmpty();
        assertThat(above(job).gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.POLICY_UNREADABLE);
            assertThat(gap.toString()).contains("policy of the folder Payments:1:10", "did you mean 'name'?");
        });
        TestRepository repository = Gates.repository(directory);
        job.setDefinition(new CpsFlowDefinition(Gates.script(repository, "changeGate environment: 'dev'"), true));
        WorkflowRun run = new Gates(jenkins).start(job, "admin");
        assertThat(new Gates(jenkins)
                        .waitForPrompt(run)
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons())
                .anyMatch(reason -> reason.contains("The policy of the folder Payments cannot be read"));
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void checkingTellsOnlyWhoMayConfigureTheFolder() throws Exception {
        String address = folder.getUrl() + "descriptorByName/" + FolderPolicy.class.getName()
                + "/checkPolicy?value=rules%3A%20x";
        for (String user : List.of("chief", "editor")) {
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                client.getOptions().setThrowExceptionOnFailingStatusCode(false);
                client.login(user);
                assertThat(client.goTo(address, null).getWebResponse().getStatusCode())
                        .isEqualTo(405);
                String answer = client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                        .getWebResponse()
                        .getContentAsString();
                assertThat(answer.contains("policy of the folder Payments:1:"))
                        .as(user + ": " + answer)
                        .isEqualTo(user.equals("chief"));
            }
        }
    }
}
