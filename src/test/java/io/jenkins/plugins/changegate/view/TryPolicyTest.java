package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.References;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Trying a draft on recorded changes: what it says of them, what it does not guess, and who is told what. */
@WithJenkins
class TryPolicyTest {

    private static final String JSON = "changes/policy/try/json";

    private static final String STRICTER = Gates.POLICY + """
            rules:
              - name: payment-code
                when: change.touches('**/payment/**')
                risk: 40
                because: Payments are audited.
            """;

    private JenkinsRule jenkins;

    @BeforeEach
    void record(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Gates gates = new Gates(rule).secured();
        WorkflowRun run = rule.buildAndAssertSuccess(gates.pipeline("shop", "echo 'deployed'"));
        Instant day = Instant.now().minus(Duration.ofDays(10));
        List<ChangeRecord> records = new ArrayList<>();
        records.add(
                recorded("shop", "src/A.java", 3, 'a', 'b', Outcome.SUCCESSFUL).at(day));
        records.add(recorded("shop", "src/payment/Pay.java", 3, 'b', 'c', Outcome.UNSUCCESSFUL)
                .at(day));
        records.add(recorded("shop", "src/B.java", 400, 'b', 'd', Outcome.SUCCESSFUL)
                .at(day));
        records.add(recorded("shop", "pom.xml", 1, 'd', 'e', Outcome.SUCCESSFUL).at(day));
        records.add(
                recorded("cart", "src/C.java", 2, 'a', 'b', Outcome.SUCCESSFUL).at(day));
        records.add(
                recorded("cart", "src/C.java", 2, 'b', 'a', Outcome.SUCCESSFUL).at(day));
        for (ChangeRecord record : records) {
            References.add(run, record);
        }
    }

    private static Recorded recorded(String service, String path, int lines, char base, char head, Outcome outcome) {
        return new Recorded("shop", service, path, lines, base, head, outcome);
    }

    private JSONObject tried(String user, String draft, String... more) throws Exception {
        try (Browser browser = new Browser(jenkins, user)) {
            List<String> parameters = new ArrayList<>(List.of("policy", draft));
            parameters.addAll(List.of(more));
            WebResponse response = browser.postForJson(JSON, parameters.toArray(String[]::new));
            JSONObject json = JSONObject.fromObject(response.getContentAsString());
            while (response.getStatusCode() == 202) {
                String address = json.getString("url")
                                .substring(jenkins.getURL().toString().length()) + "json";
                response = browser.get(address).getWebResponse();
                json = JSONObject.fromObject(response.getContentAsString());
            }
            assertThat(response.getStatusCode()).as(json.toString()).isEqualTo(200);
            assertThat(json.getString("state")).isEqualTo("done");
            return json;
        }
    }

    private static List<String> differences(JSONObject json) {
        List<String> words = new ArrayList<>();
        for (Object each : json.getJSONObject("differences").getJSONArray("differences")) {
            JSONObject difference = (JSONObject) each;
            words.add(difference.getString("from") + " > " + difference.getString("to") + " "
                    + difference.getJSONArray("examples"));
        }
        return words;
    }

    private static JSONObject failure(JSONObject json, String id) {
        for (Object each : json.getJSONArray("failures")) {
            if (((JSONObject) each).getString("id").equals(id)) {
                return (JSONObject) each;
            }
        }
        throw new AssertionError(id + " is not among " + json.getJSONArray("failures"));
    }

    @Test
    void whatIsKeptNoLongerIsLeftOutAndTheRestIsTried() throws Exception {
        int all = tried("admin", STRICTER).getInt("tried");
        int sealed = ChangeRecords.get()
                .store()
                .seal(Instant.now(), 0, all, "Kept no longer.", "0".repeat(64))
                .sealed();
        assertThat(sealed).isPositive().isLessThan(all);
        JSONObject json = tried("admin", STRICTER);
        assertThat(json.getInt("tried")).isEqualTo(all - sealed);
        assertThat(json.getJSONObject("leftOut").getInt("sealed")).isEqualTo(sealed);
        try (Browser admin = new Browser(jenkins, "admin")) {
            String page =
                    json.getString("url").substring(jenkins.getURL().toString().length());
            assertThat(admin.page(page).asNormalizedText())
                    .contains(sealed + " changes are left out because their contents are kept no longer.");
        }
    }

    @Test
    void aStricterDraftCatchesAFailedDeploymentByOneRule() throws Exception {
        JSONObject json = tried("admin", STRICTER);
        assertThat(json.getInt("tried")).isEqualTo(6);
        assertThat(differences(json)).containsExactly("pass > ask [\"CHG-000002\"]");
        JSONObject caught = failure(json, "CHG-000002");
        assertThat(caught.getString("today")).isEqualTo("pass");
        assertThat(caught.getString("draft")).isEqualTo("ask");
        assertThat(caught.getJSONArray("alone").getJSONObject(0).getString("rule"))
                .isEqualTo("payment-code");
        // It was successful at first, and then what ran before was deployed again.
        assertThat(failure(json, "CHG-000005").getBoolean("rolledBack")).isTrue();
        assertThat(failure(json, "CHG-000005").getString("draft")).isEqualTo("pass");
        assertThat(json.getJSONArray("failures").size()).isEqualTo(2);
        assertThat(ChangeGateConfiguration.get().getPolicy()).isEqualTo(Gates.POLICY);
    }

    @Test
    void aLooserDraftLetsPassWhatAsks() throws Exception {
        JSONObject json = tried("admin", Gates.POLICY.replace("pass-up-to: low", "pass-up-to: very-high"));
        assertThat(differences(json)).contains("ask > pass [\"CHG-000003\"]");
        assertThat(json.getJSONObject("today").getJSONObject("results").getInt("ask"))
                .isEqualTo(1);
        assertThat(json.getJSONObject("draft").getJSONObject("results").getInt("ask"))
                .isZero();
    }

    @Test
    void whatNeedsTheTextIsNotGuessed() throws Exception {
        String draft = "rules: [{name: secret, when: \"change.adds('secret')\", refuse: true, because: No secrets.}]\n"
                + Gates.POLICY;
        JSONObject json = tried("admin", draft);
        JSONObject results = json.getJSONObject("draft").getJSONObject("results");
        assertThat(results.getInt("pass")).isZero();
        assertThat(results.getInt("refuse")).isZero();
        // What asks anyway could be refused as well, so it is not decidable either.
        assertThat(results.getInt("not-decidable")).isEqualTo(6);
        JSONArray rules = json.getJSONObject("draft").getJSONArray("rules");
        assertThat(rules.toArray()).anyMatch(each -> {
            JSONObject tally = (JSONObject) each;
            return tally.getJSONObject("rule").getString("rule").equals("secret")
                    && tally.getInt("undecided") == 6
                    && tally.getInt("matched") == 0;
        });
        // A manifest changed, and whether a dependency did is not in the record.
        assertThat(json.getJSONObject("today").getJSONObject("results").getInt("not-decidable"))
                .isEqualTo(1);
    }

    @Test
    void aMistakeIsToldWithItsLineAndTheDraftIsKept() throws Exception {
        String draft = "rules:\n  - name: <b>x</b></script>\n    when: chnge.files > 1\n    risk: 1\n    because: B.\n";
        try (Browser admin = new Browser(jenkins, "admin")) {
            WebResponse response = admin.post("changes/policy/try/run", "policy", draft);
            assertThat(response.getStatusCode()).isEqualTo(400);
            assertThat(response.getContentAsString())
                    .contains("Line 3, column 11:")
                    .contains("when: chnge.files")
                    .contains("- name: &lt;b")
                    .doesNotContain("<b>x</b>");
            WebResponse json = admin.postForJson(JSON, "policy", draft);
            assertThat(json.getStatusCode()).isEqualTo(400);
            assertThat(JSONObject.fromObject(json.getContentAsString())
                            .getJSONArray("mistakes")
                            .getJSONObject(0)
                            .getInt("line"))
                    .isEqualTo(3);
        }
    }

    @Test
    void onlyTheChangesThatAreAskedForCount() throws Exception {
        Instant old = Instant.now().minus(Duration.ofDays(100));
        assertThat(tried("admin", STRICTER, "service", "cart").getInt("tried")).isEqualTo(2);
        assertThat(tried("admin", STRICTER, "environment", "staging").getInt("tried"))
                .isZero();
        // A repository's own policy counts as it was.
        recorded("shop", "src/payment/A.java", 3, 'd', 'f', Outcome.SUCCESSFUL)
                .at(Instant.now(), "rules: [{name: no, when: 'true', refuse: true, because: B.}]");
        JSONObject json = tried("admin", STRICTER, "days", "30", "service", "shop");
        assertThat(json.getJSONObject("draft").getJSONObject("results").getInt("refuse"))
                .isEqualTo(1);
        assertThat(json.getInt("found")).isEqualTo(5);
        assertThat(old).isBefore(Instant.parse(json.getString("since")));
    }

    @Test
    void theFormLeadsToAPageOfTheUsersOwn() throws Exception {
        try (Browser admin = new Browser(jenkins, "admin");
                Browser lead = new Browser(jenkins, "lead")) {
            HtmlPage page = admin.page("changes/policy/try/");
            HtmlForm form = page.getFormByName("change-gate-try");
            assertThat(form.getTextAreaByName("policy").getText()).isEqualTo(Gates.POLICY);
            form.getTextAreaByName("policy").setText(STRICTER);
            HtmlPage result = form.getElementsByTagName("button").get(0).click();
            String text = result.asNormalizedText();
            assertThat(text)
                    .contains("Tried on 6 of 6 changes", "Both say the same of 5 changes.")
                    .contains("payment-code of the organisation's policy (alone)", "rolled back", "caught: ask");
            assertThat(result.getByXPath("//a[contains(@href, '/job/shop/1/change/CHG-000002/')]"))
                    .isNotEmpty();
            String address = result.getUrl()
                    .toString()
                    .substring(jenkins.getURL().toString().length());
            assertThat(lead.status(address)).isEqualTo(403);
            assertThat(lead.status("changes/policy/try/")).isEqualTo(403);
        }
    }

    @Test
    void aTrialThatIsStoppedSaysSoAndWhatItHasLookedAtByThen() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        GateThreads.trials().submit(() -> busy.await(1, TimeUnit.MINUTES));
        try (Browser admin = new Browser(jenkins, "admin")) {
            String address = admin.post("changes/policy/try/run", "policy", STRICTER)
                    .getWebRequest()
                    .getUrl()
                    .toString()
                    .substring(jenkins.getURL().toString().length());
            assertThat(address).matches("changes/policy/try/[0-9a-f-]{36}/");
            assertThat(((JSONObject) admin.json(address + "json")).getString("state"))
                    .isEqualTo("waiting");
            admin.post(address + "stop");
            busy.countDown();
            JSONObject json = (JSONObject) admin.json(address + "json");
            while (!json.getString("state").equals("stopped")) {
                assertThat(json.getString("state")).isIn("waiting", "running");
                json = (JSONObject) admin.json(address + "json");
            }
            assertThat(admin.page(address).asNormalizedText())
                    .contains("It was stopped: only the newest changes were looked at.")
                    .contains("Tried on 0 of 6 changes");
        } finally {
            busy.countDown();
        }
    }

    @Test
    void aTrialThatTakesTooLongEndsWithWhatItHas() throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById("admin", true).impersonate2())) {
            Trial trial = new Trial(Draft.read(STRICTER), TrialQuery.USUAL, Duration.ofNanos(-1));
            trial.run();
            assertThat(trial.state()).isEqualTo(Trial.State.LATE);
            assertThat(trial.done()).isZero();
            assertThat(trial.found()).isEqualTo(6);
            assertThat(new TrialPage(trial).getCut()).startsWith("It took too long");
        }
    }

    @Test
    void theDraftMayAlsoBeTheBodyOfARequest() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withBasicApiToken("admin")) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), JSON + "?days=30&service=shop"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/yaml");
            request.setRequestBody(STRICTER);
            WebResponse response = client.getPage(request).getWebResponse();
            assertThat(response.getStatusCode())
                    .as(response.getContentAsString())
                    .isIn(200, 202);
            assertThat(JSONObject.fromObject(response.getContentAsString()).getString("service"))
                    .isEqualTo("shop");
            request.setRequestBody("nonsense: 1");
            assertThat(client.getPage(request).getWebResponse().getStatusCode()).isEqualTo(400);
        }
    }
}
