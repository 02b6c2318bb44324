package io.jenkins.plugins.changegate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.ChangesAction;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * What the tests share: a secured Jenkins with people in groups, an organisation's policy, pipelines that deploy from a
 * real git repository, and clicks over HTTP.
 *
 * <p>People: {@code dev} starts runs; {@code lead} and {@code lead2} are team leads, {@code manager} a change manager,
 * {@code other} may build but not approve, {@code reader} may read, {@code approver} holds Change/Approve,
 * {@code breaker} Change/Override, {@code admin} everything but Change/Approve. Passwords equal names.
 */
public final class Gates {

    /** Production asks a team lead for moderate risk, and two kinds of people for more. */
    public static final String POLICY = """
            environments:
              production:
                tier: production
                pass-up-to: low
                approvals:
                  moderate: [{ from: team-leads }]
                  high: [{ from: team-leads }, { from: change-managers }]
                  very-high: [{ from: team-leads, at-least: 2 }]
            """;

    private final JenkinsRule jenkins;

    public Gates(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Sets up security and the policy. */
    public Gates secured() {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("lead", "team-leads");
        realm.addGroups("lead2", "team-leads");
        realm.addGroups("manager", "change-managers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("dev", "lead", "lead2", "manager", "other", "reader", "approver", "breaker")
                .grant(Item.BUILD)
                .everywhere()
                .to("dev", "other", "lead", "lead2", "manager")
                .grant(Item.CANCEL)
                .everywhere()
                .to("dev")
                .grant(ChangePermissions.APPROVE)
                .everywhere()
                .to("approver")
                .grant(ChangePermissions.OVERRIDE)
                .everywhere()
                .to("breaker")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        ChangeGateConfiguration.get().setPolicy(POLICY);
        return this;
    }

    /** Takes {@code lead} out of the team leads. */
    public void leadIsNoTeamLeadAnyMore() {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("lead2", "team-leads");
        realm.addGroups("manager", "change-managers");
        jenkins.jenkins.setSecurityRealm(realm);
    }

    /** Makes a repository with one commit. */
    public static TestRepository repository(Path directory) {
        TestRepository repository = TestRepository.in(directory);
        repository.write("src/Main.java", "class Main {}\n").commit("Begin");
        return repository;
    }

    /** Makes or changes a Scripted pipeline. */
    public WorkflowJob pipeline(String name, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItem(name) instanceof WorkflowJob existing
                ? existing
                : jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Makes a pipeline that deploys a repository to production. */
    public WorkflowJob deploying(TestRepository repository) throws Exception {
        return pipeline("shop", script(repository, "changeGate environment: 'production', service: 'shop'"));
    }

    /** Returns a pipeline whose only stage does something in a repository. */
    public static String script(TestRepository repository, String body) {
        return "stage('Deploy') { node { dir('" + repository.directory() + "') {\n" + body + "\necho 'deployed'\n} } }";
    }

    /** Starts a run as a user and returns it while it runs. */
    public WorkflowRun start(WorkflowJob job, String user) throws Exception {
        return Objects.requireNonNull(job.scheduleBuild2(0, startedBy(user))).waitForStart();
    }

    /** Returns what says that a user started a run. */
    public static CauseAction startedBy(String user) {
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById(user, true)))) {
            return new CauseAction(new Cause.UserIdCause());
        }
    }

    /** Waits until a run's gate asks, and returns the record. */
    public ChangeRecord waitForPrompt(WorkflowRun run) throws Exception {
        await(run, r -> prompts(r) == 1);
        return record(run);
    }

    /** Returns how many prompts a run shows. */
    public static int prompts(WorkflowRun run) {
        try {
            InputAction prompts = run.getAction(InputAction.class);
            return prompts == null ? 0 : prompts.getExecutions().size();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Waits, bounded, until something is true of a run. */
    public static void await(WorkflowRun run, Predicate<WorkflowRun> what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!what.test(run)) {
            if (System.nanoTime() > end || !run.isBuilding() && !what.test(run)) {
                throw new AssertionError("Never came: " + JenkinsRule.getLog(run));
            }
            Thread.sleep(50);
        }
    }

    /** Returns the newest change of a run. */
    public static ChangeRecord record(WorkflowRun run) throws Exception {
        List<ChangesAction.Reference> references = ChangesAction.of(run);
        assertThat(references).as("changes of " + run).isNotEmpty();
        return ChangeRecords.get()
                .store()
                .find(references.get(references.size() - 1).number())
                .orElseThrow();
    }

    /** Waits until the deployment of a run's newest change has an outcome. */
    public static ChangeRecord waitForOutcome(WorkflowRun run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (record(run).ended().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(record(run).ended()).as("outcome in " + record(run)).isPresent();
        return record(run);
    }

    /** Presses a button of a run's prompt, as a browser or a script would. */
    public WebResponse click(String user, WorkflowRun run, String id, String button) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setJavaScriptEnabled(false);
            client.login(user);
            WebRequest request = new WebRequest(
                    client.createCrumbedUrl(run.getUrl() + "input/" + id + "/" + button), HttpMethod.POST);
            return client.getPage(request).getWebResponse();
        }
    }

    /** Presses a button as a script does that has an API token and no session. */
    public WebResponse clickAsScript(String user, WorkflowRun run, String button) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withBasicApiToken(user)) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            URL address = new URL(
                    jenkins.getURL(), run.getUrl() + "input/" + record(run).id() + "/" + button);
            return client.getPage(new WebRequest(address, HttpMethod.POST)).getWebResponse();
        }
    }

    /** Rejects with a comment, as a script does that answers the prompt. */
    public WebResponse reject(String user, WorkflowRun run, String comment) throws Exception {
        String button = "abort?comment=" + URLEncoder.encode(comment, StandardCharsets.UTF_8);
        return click(user, run, record(run).id(), button);
    }

    /** Approves and expects that it counts. */
    public void approve(String user, WorkflowRun run) throws Exception {
        WebResponse response = click(user, run, record(run).id(), "proceedEmpty");
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(200);
    }

    /** Runs the first deployment of a pipeline, approved by two team leads, so that the gate knows what runs there. */
    public WorkflowRun deployFirst(WorkflowJob job) throws Exception {
        WorkflowRun run = start(job, "dev");
        waitForPrompt(run);
        approve("lead", run);
        await(run, r -> prompts(r) == 1);
        approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        waitForOutcome(run);
        return run;
    }
}
