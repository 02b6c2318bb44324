package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The job {@code shop}, whose deployments are evidence, and people who decide on what follows. For one Jenkins. */
final class Promoting {

    static final String PAGE = "job/shop/change-policy/";

    final Gates gates;
    private final JenkinsRule jenkins;
    private final TestRepository repository;
    private final String file;
    private int written;

    /**
     * @param file what each change alters
     */
    Promoting(JenkinsRule jenkins, TestRepository repository, String policy, String file) {
        this.jenkins = jenkins;
        this.repository = repository;
        this.file = file;
        this.gates = new Gates(jenkins).secured();
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CONFIGURE)
                .everywhere()
                .to("dev", "manager");
        ChangeGateConfiguration.get().setPolicy(policy);
    }

    /** Deploys something twice, so that there is evidence; the first deployment of all is none. */
    void evident() throws Exception {
        approve(gates.start(gates.deploying(repository), "dev"));
        approved();
    }

    /** Commits another change. */
    void another() {
        written++;
        repository
                .write(file, "Change " + written + " of " + System.nanoTime() + "\n")
                .commit("Say it better");
    }

    /** Deploys another change, which a team lead has to approve. */
    ChangeRecord approved() throws Exception {
        another();
        return approve(gates.start(gates.deploying(repository), "dev"));
    }

    ChangeRecord approve(WorkflowRun run) throws Exception {
        gates.waitForPrompt(run);
        gates.approve("lead", run);
        return deployed(run);
    }

    /** Deploys another change, which nobody has to approve. */
    WorkflowRun passing() throws Exception {
        another();
        return gates.start(gates.deploying(repository), "dev");
    }

    ChangeRecord deployed(WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        return Gates.waitForOutcome(run);
    }

    /** Deploys another change, which nobody has to approve and which fails. */
    ChangeRecord failing() throws Exception {
        another();
        gates.pipeline(
                "shop",
                Gates.script(
                        repository,
                        "changeGate environment: 'production', service: 'shop'\nerror 'It does not start'"));
        WorkflowRun broken = gates.start((WorkflowJob) jenkins.jenkins.getItem("shop"), "dev");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(broken));
        return Gates.waitForOutcome(broken);
    }

    static JSONObject promotion(Browser browser) throws Exception {
        return ((JSONObject) browser.json(PAGE + "api/json"))
                .getJSONArray("promotions")
                .getJSONObject(0);
    }

    static WebResponse decide(Browser browser, String what, String comment) throws Exception {
        JSONObject promotion = promotion(browser);
        return browser.post(
                PAGE + what,
                "service",
                promotion.getString("service"),
                "environment",
                promotion.getString("environment"),
                "version",
                promotion.getString("version"),
                "comment",
                comment);
    }

    static void refused(WebResponse response, int status, String because) {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains(because);
    }
}
