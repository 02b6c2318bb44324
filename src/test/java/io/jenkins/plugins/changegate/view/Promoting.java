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

    /** One successful deployment is seen, and is not enough for anybody to promote. */
    static void tooEarly(Browser manager) throws Exception {
        assertThat(promotion(manager).getJSONArray("evidence").toString()).isEqualTo("[\"CHG-000002\"]");
        assertThat(promotion(manager).getBoolean("proposed")).isFalse();
        refused(decide(manager, "promote", "Let us hurry"), 400, "There is not enough evidence");
    }

    /** The page has the form for whoever may promote, and for nobody else. */
    static void offeredTo(Browser manager, Browser reader) throws Exception {
        String form = "//form[@action='promote']";
        assertThat(reader.page(PAGE).getByXPath(form)).isEmpty();
        assertThat(manager.page(PAGE).getByXPath(form)).hasSize(1);
    }

    /** Promotes, once and with a reason, which neither who is part of the evidence can nor who may not configure. */
    static void promotedByNobodyBut(Browser manager, Browser dev, Browser lead) throws Exception {
        refused(decide(lead, "promote", "They are fine"), 403, "Change/Configure");
        refused(decide(dev, "promote", "They are fine"), 400, "You started or wrote CHG-000003");
        refused(decide(manager, "promote", " "), 400, "Say why");
        assertThat(promotion(manager).getBoolean("promoted")).isFalse();
        done(decide(manager, "promote", "Two went well"));
        assertThat(promotion(manager).getBoolean("promoted")).isTrue();
        refused(decide(manager, "promote", "Once more"), 400, "promoted already");
    }

    /** Promotes, and takes it back with a reason, which nobody can who may not configure. */
    static void promotedAndWithdrawn(Browser manager, Browser lead, String comment) throws Exception {
        done(decide(manager, "promote", "Two went well"));
        refused(decide(lead, "withdraw", "No"), 403, "Change/Configure");
        refused(decide(manager, "withdraw", ""), 400, "Say why");
        done(decide(manager, "withdraw", comment));
        assertThat(promotion(manager).getBoolean("promoted")).isFalse();
        // Counting begins anew, or somebody could promote again the next moment.
        assertThat(promotion(manager).getBoolean("proposed")).isFalse();
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

    private static void done(WebResponse response) {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(200);
    }

    static void refused(WebResponse response, int status, String because) {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains(because);
    }
}
