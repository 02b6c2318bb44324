package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlCheckBoxInput;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of the changes that wait: what it shows to whom, its filters, and what is done to several at once. */
@WithJenkins
class AwaitingTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202egnp";

    private JenkinsRule jenkins;
    private FreeStyleBuild open;
    private FreeStyleBuild secret;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        new Gates(rule).secured();
        FreeStyleProject shop = rule.createFreeStyleProject("shop");
        FreeStyleProject vault = rule.createFreeStyleProject("vault");
        open = rule.buildAndAssertSuccess(shop);
        secret = rule.buildAndAssertSuccess(vault);
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("dev", "lead", "lead2", "other")
                .grant(Item.READ)
                .onItems(shop)
                .to("dev", "lead", "lead2", "other")
                .grant(Item.READ)
                .onItems(vault)
                .to("lead2"));
    }

    private ChangeRecord waits(FreeStyleBuild run, String service, String environment, int points) throws Exception {
        return Waiting.on(run, service, environment, points, Terms.NONE);
    }

    private Browser as(String user) throws Exception {
        return new Browser(jenkins, user);
    }

    private static List<String> ids(JSONObject json) {
        JSONArray changes = json.getJSONArray("changes");
        return IntStream.range(0, changes.size())
                .mapToObj(i -> changes.getJSONObject(i).getString("id"))
                .toList();
    }

    private static String badge(String user) {
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById(user, true)))) {
            var badge = ExtensionList.lookupSingleton(AwaitingPage.class).getBadge();
            return badge == null ? "" : badge.getText();
        }
    }

    private static ChangeRecord now(ChangeRecord change) throws Exception {
        return ChangeRecords.get().store().find(change.number()).orElseThrow();
    }

    @Test
    void showsWhatAwaitsTheUserMostUrgentFirst() throws Exception {
        try (Browser lead = as("lead")) {
            assertThat(lead.page("changes/").asNormalizedText()).contains("No change awaits you");
            ChangeRecord first = waits(open, "shop", "production", 60);
            ChangeRecord urgent = Waiting.on(open, "shop", "test", 20, Waiting.expiresAfter(Duration.ofHours(1)));
            ChangeRecord managers =
                    Waiting.on(open, "shop", "blue", 20, Terms.NONE, Waiting.asks(1, "change-managers", 1));

            JSONObject json = (JSONObject) lead.json("changes/api/json");
            assertThat(ids(json)).containsExactly(urgent.id(), first.id());
            assertThat(json.getInt("awaiting")).isEqualTo(2);
            assertThat(json.getInt("total")).isEqualTo(3);
            JSONObject row = json.getJSONArray("changes").getJSONObject(1);
            assertThat(row.getString("url")).isEqualTo(jenkins.getURL() + open.getUrl() + "change/" + first.id() + "/");
            assertThat(row.getString("service")).isEqualTo("shop");
            assertThat(row.getString("reason")).isEqualTo("It weighs 60");
            assertThat(row.getJSONArray("missing").getString(0)).isEqualTo("1 of team-leads");
            assertThat(row.get("expires")).hasToString("null");
            assertThat(row.getBoolean("awaiting")).isTrue();

            HtmlPage mine = lead.page("changes/");
            assertThat(mine.asNormalizedText())
                    .contains(first.id())
                    .contains("It weighs 60")
                    .contains("team-leads")
                    .doesNotContain(managers.id());
            HtmlPage all = lead.page("changes/?show=all");
            assertThat(all.asNormalizedText()).contains(managers.id()).contains("you are not one of them");
            assertThat(all.getByXPath("//input[@name='id']")).hasSize(2);
            assertThat(((JSONObject) lead.json("changes/api/json?show=all")).getInt("found"))
                    .isEqualTo(3);
        }
    }

    @Test
    void filtersByEnvironmentServiceLevelAndText() throws Exception {
        ChangeRecord shop = waits(open, "shop", "production", 20);
        ChangeRecord cart = waits(open, "cart", "test", 90);
        try (Browser lead = as("lead")) {
            String low = shop.opened().judgement().assessment().level().key();
            for (String query : List.of(
                    "service=shop", "environment=production", "level=" + low, "text=" + shop.id(), "text=WEIGHS+20")) {
                assertThat(ids((JSONObject) lead.json("changes/api/json?" + query)))
                        .as(query)
                        .containsExactly(shop.id());
            }
            assertThat(ids((JSONObject) lead.json("changes/api/json?service=shop&environment=test")))
                    .isEmpty();
            HtmlPage page = lead.page("changes/");
            HtmlPage filtered = submit(page, "service", "cart");
            assertThat(filtered.asNormalizedText()).contains(cart.id()).doesNotContain(shop.id());
            assertThat(lead.page("changes/?text=nowhere").asNormalizedText())
                    .contains("No waiting change is like that");
            // A filter that is misspelled must not show everything: somebody approves all of it.
            assertThat(lead.page("changes/?enviroment=test").asNormalizedText())
                    .contains("There is no filter \"enviroment\"")
                    .doesNotContain(shop.id(), cart.id());
            assertThat(lead.status("changes/api/json?enviroment=test")).isEqualTo(400);
        }
    }

    private static HtmlPage submit(HtmlPage page, String field, String value) throws Exception {
        page.getFormByName("change-gate-filter").getSelectByName(field).setSelectedAttribute(value, true);
        return page.getFormByName("change-gate-filter")
                .<HtmlElement>getElementsByTagName("button")
                .get(0)
                .click();
    }

    @Test
    void whoMayNotReadAJobNeverLearnsOfItsChanges() throws Exception {
        ChangeRecord hidden = waits(secret, "vault", "production", 60);
        String page = secret.getUrl() + "change/" + hidden.id() + "/";
        try (Browser lead = as("lead");
                Browser lead2 = as("lead2");
                Browser nobody = as("")) {
            assertThat(lead.page("changes/?show=all").asNormalizedText())
                    .doesNotContain(hidden.id())
                    .doesNotContain("vault");
            assertThat(((JSONObject) lead.json("changes/api/json?show=all")).getInt("total"))
                    .isZero();
            assertThat(badge("lead")).isEmpty();
            assertThat(lead.status(page)).isEqualTo(404);

            JSONArray hiddenAndUnknown = JSONArray.fromObject(
                    lead.postForJson("changes/approve", "id", hidden.id(), "id", "CHG-000999", "id", "' or 1=1")
                            .getContentAsString());
            for (int i = 0; i < 3; i++) {
                assertThat(hiddenAndUnknown.getJSONObject(i).getInt("status")).isEqualTo(404);
                assertThat(hiddenAndUnknown.getJSONObject(i).getString("message"))
                        .isEqualTo("There is no such change.");
            }
            assertThat(now(hidden).history()).hasSize(1);

            assertThat(lead2.page("changes/").asNormalizedText()).contains(hidden.id());
            assertThat(badge("lead2")).isEqualTo("1");
            assertThat(nobody.status("changes/")).isEqualTo(403);
        }
    }

    @Test
    void severalAreApprovedAtOnceEachOnItsOwn() throws Exception {
        ChangeRecord one = waits(open, "shop", "production", 60);
        ChangeRecord two = Waiting.on(open, "shop", "test", 60, Terms.NONE, Waiting.asks(2, "team-leads", 1));
        ChangeRecord late = waits(open, "shop", "blue", 60);
        try (Browser lead = as("lead")) {
            HtmlPage page = lead.page("changes/");
            for (Object box : page.getByXPath("//input[@name='id']")) {
                assertThat(((HtmlCheckBoxInput) box).getAttribute("aria-label")).startsWith("Select CHG-");
                ((HtmlCheckBoxInput) box).setChecked(true);
            }
            ((HtmlTextArea) page.getElementById("change-gate-comment")).setText(HOSTILE);
            try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("lead2", true)))) {
                new Authorisation(ChangeRecords.get().store(), late.number(), open.getParent())
                        .reject(Jenkins.getAuthentication2(), "No " + HOSTILE);
            }
            HtmlPage results = button(page, "Approve").click();
            assertThat(results.asNormalizedText())
                    .contains("2 of 3 recorded")
                    .contains("Your approval counts; it still needs 1 more of team-leads")
                    .contains("was rejected already")
                    .contains("\\u{202E}gnp");
            assertThat(results.getByXPath("//img[@onerror]")).isEmpty();
            assertThat(now(one).decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
            assertThat(now(two).ballot().votes().get(0).comment()).isEqualTo(HOSTILE);
            assertThat(now(late).decided().orElseThrow().decision()).isEqualTo(Decision.REJECTED);
        }
    }

    private static HtmlElement button(HtmlPage page, String words) {
        return page.getFormByName("change-gate-awaiting").getElementsByTagName("button").stream()
                .filter(button -> button.asNormalizedText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void severalAreRejectedWithACommentAndTheAnswerIsAList() throws Exception {
        ChangeRecord one = waits(open, "shop", "production", 60);
        ChangeRecord two = waits(open, "shop", "test", 60);
        try (Browser lead = as("lead");
                Browser other = as("other")) {
            JSONArray denied = JSONArray.fromObject(other.postForJson("changes/reject", "id", one.id(), "comment", "no")
                    .getContentAsString());
            assertThat(denied.getJSONObject(0).getInt("status")).isEqualTo(403);
            JSONArray silent = JSONArray.fromObject(
                    lead.postForJson("changes/reject", "id", one.id()).getContentAsString());
            assertThat(silent.getJSONObject(0).getInt("status")).isEqualTo(400);

            WebResponse done = lead.postForJson(
                    "changes/reject", "id", one.id(), "id", two.id(), "id", two.id(), "comment", "Not today");
            JSONArray list = JSONArray.fromObject(done.getContentAsString());
            assertThat(done.getStatusCode()).isEqualTo(200);
            assertThat(list.size()).isEqualTo(2);
            assertThat(list.getJSONObject(1).getString("id")).isEqualTo(two.id());
            assertThat(list.getJSONObject(1).getInt("status")).isEqualTo(200);
            assertThat(list.getJSONObject(1).getString("decision")).isEqualTo("rejected");
            assertThat(now(two).decided().orElseThrow().comment()).isEqualTo("Not today");
        }
    }

    @Test
    void requestsForNothingOrTooMuchOrByLinkAreTurnedAway() throws Exception {
        ChangeRecord one = waits(open, "shop", "production", 60);
        String[] many = new String[402];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "id";
            many[i + 1] = ChangeRecord.id(i + 1);
        }
        try (Browser lead = as("lead")) {
            assertThat(lead.post("changes/approve").getStatusCode()).isEqualTo(400);
            assertThat(lead.post("changes/approve").getContentAsString()).contains("no change was selected");
            WebResponse tooMany = lead.postForJson("changes/approve", many);
            assertThat(tooMany.getStatusCode()).isEqualTo(400);
            assertThat(tooMany.getContentAsString()).contains("more than 200");
            for (String act : List.of("approve", "reject")) {
                assertThat(lead.status("changes/" + act + "?id=" + one.id())).isEqualTo(405);
                assertThat(lead.postWithoutCrumb("changes/" + act, "id", one.id())
                                .getStatusCode())
                        .isEqualTo(403);
            }
        }
        assertThat(now(one).history()).hasSize(1);
    }

    @Test
    void headerShowsHowManyAwaitTheUser() throws Exception {
        ChangeRecord one = waits(open, "shop", "production", 60);
        waits(open, "shop", "test", 60);
        assertThat(List.of(badge("lead"), badge("dev"), badge("other"))).containsExactly("2", "", "");
        try (Browser lead = as("lead");
                Browser other = as("other");
                Browser nobody = as("")) {
            assertThat(lead.page("").getElementById("root-action-AwaitingPage").getTextContent())
                    .contains("Changes awaiting you");
            assertThat(lead.page("").getWebResponse().getContentAsString()).contains("2 changes await you");
            assertThat(other.page("").getElementById("root-action-AwaitingPage"))
                    .isNotNull();
            assertThat(nobody.get("login").getWebResponse().getContentAsString())
                    .doesNotContain("root-action-AwaitingPage");
            lead.post("changes/approve", "id", one.id());
            assertThat(badge("lead")).isEqualTo("1");
            assertThat(badge("lead2")).isEqualTo("1");
        }
    }

    @Test
    void longListsComeInPages() throws Exception {
        for (int i = 0; i < 101; i++) {
            waits(open, "service-" + i, "production", 60);
        }
        try (Browser lead = as("lead")) {
            HtmlPage page = lead.page("changes/");
            assertThat(page.getByXPath("//input[@name='id']")).hasSize(100);
            HtmlPage next = page.getAnchorByText("Next").click();
            assertThat(next.getByXPath("//input[@name='id']")).hasSize(1);
            assertThat(next.asNormalizedText()).contains("Page 2 of 2");
            assertThat(lead.page("changes/?page=99999999999").asNormalizedText())
                    .contains("Page 1 of 2");
            assertThat(ids((JSONObject) lead.json("changes/api/json"))).hasSize(101);
        }
    }
}
