package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What can be done to a waiting change on its page and by REST, by whom, and what they are answered. */
@WithJenkins
class DecidingTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'& \u202egnp.exe";
    private static final String TOO_LONG = "x".repeat(Authorisation.COMMENT_LIMIT + 1);

    private JenkinsRule jenkins;
    private FreeStyleBuild run;
    private ChangeRecord change;
    private String address;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        new Gates(rule).secured();
        run = rule.buildAndAssertSuccess(rule.createFreeStyleProject("shop"));
        waits(Waiting.asks(2, "team-leads", 1));
    }

    private void waits(Requirement... asked) throws Exception {
        change = Waiting.on(run, "shop", "production", 60, Waiting.expiresAfter(Duration.ofDays(3)), asked);
        address = run.getUrl() + "change/" + change.id() + "/";
    }

    private ChangeRecord now() throws Exception {
        return ChangeRecords.get().store().find(change.number()).orElseThrow();
    }

    private Browser as(String user) throws Exception {
        return new Browser(jenkins, user);
    }

    private static HtmlElement button(HtmlPage page, String form, String words) {
        return page.getFormByName(form).getElementsByTagName("button").stream()
                .filter(button -> button.asNormalizedText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> forms(HtmlPage page) {
        return page.getForms().stream()
                .map(HtmlForm::getNameAttribute)
                .filter(name -> name.startsWith("change-gate"))
                .toList();
    }

    @Test
    void approvalsAreGivenAndTakenBackWithPlainForms() throws Exception {
        try (Browser lead = as("lead");
                Browser lead2 = as("lead2")) {
            HtmlPage page = lead.page(address);
            assertThat(forms(page)).containsExactly("change-gate-decision");
            ((HtmlTextArea) page.getElementById("change-gate-comment")).setText("Looks good\n" + HOSTILE);
            HtmlPage voted = button(page, "change-gate-decision", "Approve").click();

            assertThat(voted.getUrl().getPath()).endsWith("/" + change.id() + "/");
            assertThat(voted.asNormalizedText())
                    .contains("1 of 2")
                    .contains("Looks good")
                    .contains("<img src=x onerror=alert(1)>\"'& \\u{202E}gnp.exe")
                    .contains("You have approved this change already");
            assertThat(voted.getByXPath("//img[@onerror]")).isEmpty();
            assertThat(now().ballot().votes().get(0).comment()).isEqualTo("Looks good\n" + HOSTILE);
            assertThat(lead.post(address + "approve").getStatusCode()).isEqualTo(409);

            HtmlPage taken = button(voted, "change-gate-withdrawal", "Take my approval back")
                    .click();
            assertThat(taken.asNormalizedText())
                    .contains("0 of 2")
                    .contains("Approvals that count no longer")
                    .contains("approval taken back");
            assertThat(now().ballot().votes()).isEmpty();
            assertThat(lead.post(address + "withdraw").getStatusCode()).isEqualTo(409);

            lead.post(address + "approve", "comment", "");
            button(lead2.page(address), "change-gate-decision", "Approve").click();
            assertThat(now().decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
            HtmlPage decided = lead.page(address);
            assertThat(forms(decided)).isEmpty();
            assertThat(decided.asNormalizedText()).contains("Approved by lead, lead2");
            for (String act : List.of("approve", "reject", "withdraw")) {
                WebResponse late = lead.post(address + act, "comment", "late");
                assertThat(late.getStatusCode()).as(act).isEqualTo(409);
                assertThat(late.getContentAsString()).contains("was approved already");
            }
        }
    }

    @Test
    void whoMayNotIsToldWhyAndGetsNoButtons() throws Exception {
        for (String user : List.of("dev", "other", "reader", "approver", "manager")) {
            try (Browser browser = as(user)) {
                HtmlPage page = browser.page(address);
                assertThat(forms(page)).as(user).isEmpty();
                assertThat(page.asNormalizedText())
                        .contains(user.equals("dev") ? "You started this run" : "you are not one of them");
                for (String act : List.of("approve", "reject", "override")) {
                    WebResponse response = browser.post(address + act, "comment", "because");
                    assertThat(response.getStatusCode()).as(user + " " + act).isEqualTo(403);
                    assertThat(response.getContentAsString())
                            .contains("You may not do this")
                            .contains("Back to " + change.id());
                }
            }
        }
        assertThat(now().history()).hasSize(1);
    }

    @Test
    void nothingHappensByLinkOrWithoutCrumbOrForWhoSeesNothing() throws Exception {
        try (Browser lead = as("lead");
                Browser nobody = as("")) {
            for (String act : List.of("approve", "reject", "withdraw", "override")) {
                assertThat(lead.status(address + act)).as(act).isEqualTo(405);
                assertThat(lead.postWithoutCrumb(address + act, "comment", "x").getStatusCode())
                        .as(act)
                        .isEqualTo(403);
                assertThat(nobody.post(address + act, "comment", "x").getStatusCode())
                        .as(act)
                        .isIn(403, 404);
            }
        }
        assertThat(now().history()).hasSize(1);
    }

    @Test
    void commentsAreNeededToRejectAndBounded() throws Exception {
        try (Browser lead = as("lead")) {
            HtmlPage page = lead.page(address);
            HtmlPage again = button(page, "change-gate-decision", "Reject").click();
            assertThat(again.getWebResponse().getStatusCode()).isEqualTo(400);
            assertThat(again.asNormalizedText())
                    .contains("Something is missing")
                    .contains("Say why you reject it");
            assertThat(page.getElementById("reject").getTagName()).isEqualTo("form");

            for (String act : List.of("approve", "reject")) {
                WebResponse response = lead.post(address + act, "comment", TOO_LONG);
                assertThat(response.getStatusCode()).isEqualTo(400);
                assertThat(response.getContentAsString())
                        .contains("at most 2000")
                        .contains(TOO_LONG);
            }
            assertThat(now().history()).hasSize(1);

            // On the page that says so, it can be said at once.
            ((HtmlTextArea) again.getElementById("change-gate-comment")).setText("Not on\nFriday " + HOSTILE);
            HtmlPage rejected = button(again, "change-gate-decision", "Reject").click();
            assertThat(rejected.asNormalizedText())
                    .contains("rejected")
                    .contains("Rejected by lead.")
                    .contains("Not on")
                    .contains("\\u{202E}gnp.exe");
            assertThat(rejected.getByXPath("//img[@onerror]")).isEmpty();
            assertThat(now().decided().orElseThrow().decision()).isEqualTo(Decision.REJECTED);
            assertThat(now().decided().orElseThrow().comment()).isEqualTo("Not on\nFriday " + HOSTILE);
        }
    }

    @Test
    void aCommentMayHaveAsManyLinesAsABrowserLetsOneWrite() throws Exception {
        try (Browser lead = as("lead")) {
            String lines = "x\r\n".repeat(Authorisation.COMMENT_LIMIT / 2);
            assertThat(lead.postForJson(address + "approve", "comment", lines).getStatusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void overridingNeedsThePermissionAndAReasonAndIsReviewed() throws Exception {
        try (Browser admin = as("admin");
                Browser lead = as("lead")) {
            assertThat(lead.post(address + "override", "comment", "urgent").getStatusCode())
                    .isEqualTo(403);
            HtmlPage page = admin.page(address);
            assertThat(forms(page)).containsExactly("change-gate-override");
            assertThat(page.asNormalizedText()).contains("Override: deploy without these approvals");
            assertThat(page.getElementById("change-gate-reason").hasAttribute("required"))
                    .isTrue();
            WebResponse blank = admin.post(address + "override", "comment", " ");
            assertThat(blank.getStatusCode()).isEqualTo(400);
            assertThat(blank.getContentAsString()).contains("Say why it has to go through");
            assertThat(now().history()).hasSize(1);

            ((HtmlTextArea) page.getElementById("change-gate-reason")).setText("The site is down");
            HtmlPage done =
                    button(page, "change-gate-override", "Override and deploy").click();
            assertThat(done.asNormalizedText())
                    .contains("overridden")
                    .contains("The site is down")
                    .contains("A review of this change is due");
            assertThat(now().decided().orElseThrow().decision()).isEqualTo(Decision.OVERRIDDEN);
            JSONObject json = (JSONObject) admin.json(address + "api/json");
            assertThat(json.getString("review")).contains("without the approvals");

            // That it went well is not all: somebody has to review it.
            append(new ChangeEvent.Ended(Instant.now(), Outcome.SUCCESSFUL, "It ended."));
            assertThat(admin.page(address).querySelectorAll(".change-gate-badges .change-gate-mood--open"))
                    .hasSize(1);
        }
    }

    @Test
    void overridingAScheduleSaysSo() throws Exception {
        waits(Waiting.ONE_LEAD);
        append(new ChangeEvent.Held(Instant.now(), new Hold("summer", false, Optional.empty(), "It is summer.")));
        try (Browser admin = as("admin")) {
            assertThat(admin.page(address).asNormalizedText())
                    .contains("Override: deploy now, in spite of the schedule")
                    .doesNotContain("without these approvals");
        }
    }

    private void append(ChangeEvent event) throws Exception {
        assertThat(ChangeRecords.get().store().append(now(), event)).isPresent();
    }

    @Test
    void programsAreAnsweredInJson() throws Exception {
        try (Browser lead = as("lead");
                Browser lead2 = as("lead2")) {
            WebResponse first = lead.postForJson(address + "approve", "comment", "fine");
            assertThat(first.getStatusCode()).isEqualTo(200);
            assertThat(first.getContentType()).isEqualTo("application/json");
            JSONObject answer = JSONObject.fromObject(first.getContentAsString());
            assertThat(answer.getString("id")).isEqualTo(change.id());
            assertThat(answer.get("decision")).hasToString("null");
            assertThat(answer.getJSONArray("missing").getString(0)).isEqualTo("1 more of team-leads");
            assertThat(answer.getString("message")).contains("Your approval counts");

            WebResponse second = lead.postForJson(address + "approve");
            assertThat(second.getStatusCode()).isEqualTo(409);
            assertThat(second.getContentAsString()).contains("already");

            JSONObject json = (JSONObject) lead.json(address + "api/json");
            JSONArray votes = json.getJSONArray("votes");
            assertThat(votes.getJSONObject(0).getString("voter")).isEqualTo("lead");
            assertThat(votes.getJSONObject(0).getString("comment")).isEqualTo("fine");
            assertThat(votes.getJSONObject(0).getString("standsInFor")).isEmpty();
            assertThat(votes.getJSONObject(0).getString("at")).endsWith("Z");
            assertThat(json.getString("expires")).endsWith("Z");
            assertThat(json.get("review")).hasToString("null");
            assertThat(json.has("unknownAuthors")).isTrue();
            assertThat(json.getJSONArray("history").size()).isEqualTo(2);

            answer =
                    JSONObject.fromObject(lead2.postForJson(address + "approve").getContentAsString());
            assertThat(answer.getString("decision")).isEqualTo("approved");
            assertThat(answer.getJSONArray("missing").isEmpty()).isTrue();
            assertThat(PendingGates.get().find(change.number())).isEmpty();
        }
    }

    @Test
    void stagesAndTermsAreShownAndALaterStageMayRejectOnly() throws Exception {
        waits(Waiting.asks(1, "change-managers", 2), Waiting.asks(1, "team-leads", 1));
        try (Browser manager = as("manager")) {
            HtmlPage page = manager.page(address);
            String text = page.asNormalizedText();
            assertThat(text).contains("asked when those above are met").contains("It expires");
            assertThat(text.indexOf("team-leads")).isLessThan(text.indexOf("asked when those above are met"));
            assertThat(text).contains("not your turn yet");
            assertThat(page.getFormByName("change-gate-decision").getActionAttribute())
                    .isEqualTo("reject");
            assertThat(page.getFormByName("change-gate-decision").asNormalizedText())
                    .doesNotContain("Approve")
                    .contains("Reject");
            assertThat(manager.post(address + "approve").getStatusCode()).isEqualTo(403);
        }
    }

    @Test
    void termsThatKnowNoTimeAreNotShown() throws Exception {
        change = Waiting.on(run, "shop", "production", 60, Terms.NONE);
        try (Browser reader = as("reader")) {
            assertThat(reader.page(run.getUrl() + "change/" + change.id() + "/").asNormalizedText())
                    .doesNotContain("If nobody decides");
        }
    }
}
