package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people say of a change after its deployment, on its page and by REST. */
@WithJenkins
class ClosingTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void secure(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        ((MockAuthorizationStrategy) rule.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CLOSE)
                .everywhere()
                .to("dev", "manager", "breaker");
        ChangeGateConfiguration.get().setPolicy("mode: observe");
        repository = Gates.repository(directory);
    }

    private WorkflowRun deployed(String gate) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, gate)), "dev");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        Gates.waitForOutcome(run);
        return run;
    }

    private static String page(WorkflowRun run) throws Exception {
        return run.getUrl() + "change/" + Gates.record(run).id() + "/";
    }

    private static JSONObject done(WebResponse response) {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(200);
        return JSONObject.fromObject(response.getContentAsString());
    }

    private void refused(WorkflowRun run, WebResponse response, int status, String because) throws Exception {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains(because);
    }

    @Test
    void whoHadAPartMayOnlySayThatItWentWorseAndSomebodyElseReviewsIt() throws Exception {
        WorkflowRun run = deployed("changeGate environment: 'production', service: 'shop'");
        String page = page(run);
        int before = Gates.record(run).version();
        try (Browser nobody = new Browser(jenkins, "");
                Browser reader = new Browser(jenkins, "reader");
                Browser dev = new Browser(jenkins, "dev");
                Browser manager = new Browser(jenkins, "manager");
                Browser admin = new Browser(jenkins, "admin")) {
            String[] worse = {"outcome", "unsuccessful", "because", "Orders were lost", "incident", "INC0010023"};
            assertThat(nobody.postForJson(page + "outcome", worse).getStatusCode())
                    .isEqualTo(403);
            refused(run, reader.postForJson(page + "outcome", worse), 403, "Change/Close");
            refused(run, reader.postForJson(page + "outcome"), 403, "Change/Close");
            refused(run, reader.postForJson(page + "link", "kind", "no"), 403, "Change/Close");
            refused(run, reader.postForJson(page + "review", "comment", "Fine"), 403, "Change/Close");
            refused(run, dev.postForJson(page + "outcome"), 400, "nothing was written");
            refused(run, dev.postForJson(page + "outcome", "outcome", "bad"), 400, "successful-with-issues");
            refused(run, dev.postForJson(page + "outcome", "outcome", "unsuccessful"), 400, "Say why");
            refused(
                    run,
                    dev.postForJson(
                            page + "outcome",
                            "outcome",
                            "unsuccessful",
                            "because",
                            "x",
                            "incident",
                            "INC1",
                            "incidentUrl",
                            "javascript:alert(1)"),
                    400,
                    "has to begin with http:// or https://");
            refused(run, manager.postForJson(page + "review", "comment", "Fine"), 409, "No review of it is due");
            assertThat(Gates.record(run).version()).isEqualTo(before);

            JSONObject failed = done(dev.postForJson(page + "outcome", worse));
            assertThat(failed.getString("outcome")).isEqualTo("unsuccessful");
            assertThat(failed.getBoolean("failed")).isTrue();
            assertThat(failed.getString("review")).isEqualTo("Its deployment was unsuccessful.");
            int said = Gates.record(run).version();
            done(dev.postForJson(page + "outcome", worse));
            assertThat(Gates.record(run).version())
                    .as("what is said twice is one")
                    .isEqualTo(said)
                    .isEqualTo(before + 2);
            String better = "It was another service";
            refused(
                    run,
                    dev.postForJson(page + "outcome", "outcome", "successful", "because", better),
                    403,
                    "You started or wrote it");
            refused(run, dev.postForJson(page + "review", "comment", "Fine"), 403, "You started or wrote it");
            assertThat(reader.json("changes/records/api/json?review=due").toString())
                    .contains(Gates.record(run).id());

            refused(run, manager.postForJson(page + "review", "comment", " "), 400, "Say what came of the review");
            assertThat(done(manager.postForJson(page + "review", "comment", "We test refunds now"))
                            .get("review")
                            .toString())
                    .isEqualTo("null");
            assertThat(reader.json("changes/records/api/json?review=due").toString())
                    .doesNotContain(Gates.record(run).id());
            done(admin.postForJson(page + "outcome", "outcome", "successful", "because", better));
        }
        ChangeRecord record = Gates.record(run);
        assertThat(record.outcome()).contains(Outcome.SUCCESSFUL);
        assertThat(record.isFailed()).as("the incident is there still").isTrue();
        assertThat(record.history())
                .filteredOn(ChangeEvent.Corrected.class::isInstance)
                .extracting(event -> ((ChangeEvent.Corrected) event).by())
                .containsExactly("dev", "admin");
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }

    @Test
    void thePageHasTheFormForWhoeverMayAndShowsWhatWasSaid() throws Exception {
        WorkflowRun run = deployed("changeGate environment: 'production', service: 'shop'");
        String page = page(run);
        try (Browser reader = new Browser(jenkins, "reader");
                Browser manager = new Browser(jenkins, "manager")) {
            assertThat(reader.page(page).asNormalizedText()).doesNotContain("After the deployment");
            HtmlPage form = manager.page(page);
            HtmlForm outcome = form.getFormByName("change-gate-outcome");
            outcome.getSelectByName("outcome").setSelectedAttribute("unsuccessful", true);
            outcome.getInputByName("incident").setValue("INC <b>7</b>");
            HtmlPage again = outcome.getOneHtmlElementByAttribute("button", "type", "submit")
                    .click();
            assertThat(again.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(again.asNormalizedText()).contains("Say why");
            outcome = again.getFormByName("change-gate-outcome");
            assertThat(outcome.getInputByName("incident").getValue()).isEqualTo("INC <b>7</b>");
            outcome.getTextAreaByName("because").setText("Orders were lost");
            outcome.getInputByName("incidentUrl").setValue("https://incidents.example/7");
            HtmlPage shown = outcome.getOneHtmlElementByAttribute("button", "type", "submit")
                    .click();
            assertThat(shown.getWebResponse().getStatusCode()).isEqualTo(200);
            assertThat(shown.getUrl().toString()).endsWith(page);
            HtmlForm link = shown.getFormByName("change-gate-link");
            link.getInputByName("key").setValue("SHOP-42");
            link.getOneHtmlElementByAttribute("button", "type", "submit").click();

            HtmlPage seen = reader.page(page);
            assertThat(seen.asNormalizedText())
                    .contains("After the deployment", "INC <b>7</b>", "work item", "SHOP-42", "Orders were lost")
                    .contains("A review of this change is due:Its deployment was unsuccessful.")
                    .contains("passed, unsuccessful")
                    .contains("deployment said to be unsuccessful by manager");
            assertThat(seen.getAnchorByHref("https://incidents.example/7").asNormalizedText())
                    .isEqualTo("INC <b>7</b>");
            assertThat(seen.getForms())
                    .noneMatch(each -> each.getActionAttribute().equals("outcome"));

            HtmlForm review = manager.page(page).getFormByName("change-gate-review");
            review.getTextAreaByName("comment").setText("We test refunds now");
            HtmlPage held = review.getOneHtmlElementByAttribute("button", "type", "submit")
                    .click();
            assertThat(held.asNormalizedText())
                    .contains("reviewed by manager", "We test refunds now")
                    .doesNotContain("A review of this change is due");
        }
    }

    @Test
    void whatIsLinkedWronglyIsTakenAwayAndAnIncidentOnlyByWhoeverHadNoPart() throws Exception {
        WorkflowRun run = deployed("changeGate environment: 'production', service: 'shop'");
        String page = page(run);
        String[] wrong = {"kind", "incident", "key", "INC7", "comment", "Another change <b>caused</b> it"};
        String[] story = {"kind", "work-item", "key", "SHOP-42", "comment", "A slip of the pen"};
        try (Browser nobody = new Browser(jenkins, "");
                Browser reader = new Browser(jenkins, "reader");
                Browser dev = new Browser(jenkins, "dev");
                Browser manager = new Browser(jenkins, "manager")) {
            done(dev.postForJson(page + "link", "kind", "incident", "key", "INC7"));
            done(dev.postForJson(page + "link", "kind", "work-item", "key", "SHOP-42"));
            int before = Gates.record(run).version();
            assertThat(nobody.postForJson(page + "unlink", wrong).getStatusCode())
                    .isEqualTo(403);
            refused(run, reader.postForJson(page + "unlink", wrong), 403, "Change/Close");
            refused(run, reader.postForJson(page + "unlink"), 403, "Change/Close");
            assertThat(manager.status(page + "unlink")).isIn(404, 405);
            assertThat(manager.postWithoutCrumb(page + "unlink", wrong).getStatusCode())
                    .isEqualTo(403);
            refused(run, dev.postForJson(page + "unlink", wrong), 403, "You started or wrote it");
            refused(run, manager.postForJson(page + "unlink", "kind", "incident", "key", "INC7"), 400, "Say why");
            refused(run, manager.postForJson(page + "unlink", "kind", "no"), 400, "work-item");
            refused(
                    run,
                    manager.postForJson(page + "unlink", "kind", "incident", "key", "INC8", "comment", "x"),
                    409,
                    "It has no such link");
            assertThat(Gates.record(run).version()).isEqualTo(before);

            assertThat(done(dev.postForJson(page + "unlink", story))
                            .getJSONArray("links")
                            .toString())
                    .doesNotContain("SHOP-42");
            done(dev.postForJson(page + "unlink", story));
            assertThat(Gates.record(run).version())
                    .as("what is said twice is one")
                    .isEqualTo(before + 1);
            assertThat(dev.page(page).getForms())
                    .noneMatch(each -> each.getActionAttribute().equals("unlink"));
            HtmlForm form = manager.page(page).getFormByName("change-gate-unlink");
            form.getTextAreaByName("comment").setText(wrong[5]);
            HtmlPage shown = form.getOneHtmlElementByAttribute("button", "type", "submit")
                    .click();
            assertThat(shown.asNormalizedText())
                    .contains("incident INC7 taken away by manager", wrong[5])
                    .doesNotContain("A review of this change is due");
        }
        ChangeRecord record = Gates.record(run);
        assertThat(record.links()).isEmpty();
        assertThat(record.isFailed()).isFalse();
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }

    @Test
    void bothEndsOfARollbackAndWhatRanThereUnknownAreSaidOnThePages() throws Exception {
        String first = repository.head();
        deployed("changeGate environment: 'production', service: 'shop', head: '" + first + "'");
        repository
                .write("src/Main.java", "class Main { int x; }\n")
                .write(".changegate.yml", "{plans: {test: Order one, back-out: Nothing}, work-items: {pattern: 'X-1'}}")
                .commit("SHOP-42 SHOP-43: Break it, SHOP-42");
        WorkflowRun bad = deployed("changeGate environment: 'production', service: 'shop', product: 'Web <i>shop</i>',"
                + " workItems: 'SHOP-[0-9]+', workItemUrl: 'https://tracker.example/browse/{key}', backOutPlan: 'Deploy"
                + " the version before'");
        WorkflowRun back = deployed(
                "changeGate environment: 'production', service: 'shop', head: '" + first + "', base: '" + first + "'");
        try (Browser reader = new Browser(jenkins, "reader")) {
            HtmlPage badPage = reader.page(page(bad));
            assertThat(badPage.asNormalizedText())
                    .contains("taken back by" + Gates.record(back).id())
                    .contains("Web <i>shop</i>", "Back-out", "Deploy the version before", "Order one");
            assertThat(badPage.getAnchorByHref("https://tracker.example/browse/SHOP-43")
                            .asNormalizedText())
                    .isEqualTo("SHOP-43");
            assertThat(Gates.record(bad).links()).hasSize(2);
            assertThat(reader.page(page(back)).asNormalizedText())
                    .contains("takes back" + Gates.record(bad).id())
                    .contains("An unauthorised change is suspected:The pipeline says that " + first + " runs in"
                            + " production, but " + Gates.record(bad).id());
            JSONObject json = (JSONObject) reader.json(page(back) + "api/json");
            assertThat(json.getJSONArray("takesBack").toString())
                    .contains(Gates.record(bad).id());
            assertThat(json.getBoolean("unauthorised")).isTrue();
            assertThat(reader.json("changes/records/api/json?unauthorised=suspected")
                            .toString())
                    .contains(Gates.record(back).id())
                    .doesNotContain(Gates.record(bad).id());
        }
    }
}
