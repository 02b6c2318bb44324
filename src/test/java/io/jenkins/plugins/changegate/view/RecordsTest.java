package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of all changes on record: filters, pages, and what it shows to whom. */
@WithJenkins
class RecordsTest {

    private static final String API = "changes/records/api/json";
    private static final Instant AT = Instant.parse("2026-03-04T10:11:12Z");

    private JenkinsRule jenkins;
    private FreeStyleBuild open;
    private FreeStyleBuild secret;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        new Gates(rule).secured();
        MockFolder folder = rule.createFolder("retail");
        FreeStyleProject shop = folder.createProject(FreeStyleProject.class, "shop");
        FreeStyleProject vault = rule.createFreeStyleProject("vault");
        open = rule.buildAndAssertSuccess(shop);
        secret = rule.buildAndAssertSuccess(vault);
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "auditor")
                .grant(Item.READ)
                .onItems(folder, shop)
                .to("reader", "auditor")
                .grant(Item.READ)
                .onItems(vault)
                .to("auditor")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private Browser as(String user) throws Exception {
        return new Browser(jenkins, user);
    }

    private static ChangeRecord deployed(FreeStyleBuild run, String service, Instant at, Outcome outcome)
            throws Exception {
        return new Recorded(run.getParent().getFullName(), service, "a.txt", 1, 'a', 'b', outcome).at(at);
    }

    private static JSONObject json(Browser browser, String query) throws Exception {
        return (JSONObject) browser.json(API + query);
    }

    private static List<String> ids(JSONObject json) {
        JSONArray changes = json.getJSONArray("changes");
        return IntStream.range(0, changes.size())
                .mapToObj(i -> changes.getJSONObject(i).getString("id"))
                .toList();
    }

    @Test
    void eachFilterFindsExactlyWhatIsAskedFor() throws Exception {
        ChangeRecord early = deployed(open, "cart", AT, Outcome.SUCCESSFUL);
        ChangeRecord failed = deployed(secret, "vault", AT.plusSeconds(86_400), Outcome.UNSUCCESSFUL);
        ChangeRecord waiting = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        ChangeRecord rejected = Waiting.on(open, "shop", "green", 5, Terms.NONE);
        ChangeRecords.get()
                .store()
                .append(rejected, new ChangeEvent.Decided(Instant.now(), Decision.REJECTED, "lead", "No."));
        ChangeRecord deploying = Waiting.on(open, "shop", "red", 40, Terms.NONE);
        ChangeRecords.get()
                .store()
                .append(deploying, new ChangeEvent.Decided(Instant.now(), Decision.OVERRIDDEN, "admin", "Hurry."));
        Map<String, List<ChangeRecord>> expected = Map.ofEntries(
                Map.entry("", List.of(deploying, rejected, waiting, failed, early)),
                Map.entry("?service=shop", List.of(deploying, rejected, waiting)),
                Map.entry("?service=shop&environment=green", List.of(rejected)),
                Map.entry("?environment=production", List.of(failed, early)),
                Map.entry("?job=vault", List.of(failed)),
                Map.entry("?job=retail", List.of(deploying, rejected, waiting, early)),
                Map.entry("?job=retail/shop", List.of(deploying, rejected, waiting, early)),
                Map.entry("?job=reta", List.of()),
                Map.entry("?level=very-high", List.of(waiting)),
                Map.entry("?type=normal&level=low", List.of(rejected, failed, early)),
                Map.entry("?type=emergency", List.of()),
                Map.entry("?decision=waiting", List.of(waiting)),
                Map.entry("?decision=rejected", List.of(rejected)),
                Map.entry("?outcome=deploying", List.of(deploying)),
                Map.entry("?outcome=unsuccessful", List.of(failed)),
                Map.entry("?to=2026-03-04", List.of(early)),
                Map.entry("?from=2026-03-05&to=2026-03-05", List.of(failed)),
                Map.entry("?from=2026-03-05T10:11:12Z&to=2026-03-05T10:11:13Z", List.of(failed)),
                Map.entry("?to=2026-03-05T10:11:12Z", List.of(early)),
                Map.entry("?text=" + failed.id(), List.of(failed)),
                Map.entry("?text=chg-" + failed.number(), List.of(failed)),
                Map.entry("?text=chg-99", List.of()),
                Map.entry("?text=CHG-" + failed.number() + "&service=cart", List.of()),
                Map.entry("?text=LUE", List.of(waiting)),
                Map.entry("?text=" + "b".repeat(40), List.of(failed, early)));
        try (Browser admin = as("admin");
                Browser auditor = as("auditor")) {
            for (var query : expected.entrySet()) {
                List<String> ids =
                        query.getValue().stream().map(ChangeRecord::id).toList();
                assertThat(ids(json(admin, query.getKey()))).as(query.getKey()).isEqualTo(ids);
                assertThat(ids(json(auditor, query.getKey())))
                        .as(query.getKey())
                        .isEqualTo(ids);
            }
            JSONObject row = json(auditor, "?text=" + failed.id())
                    .getJSONArray("changes")
                    .getJSONObject(0);
            assertThat(row.getString("decision")).isEqualTo("passed");
            assertThat(row.getString("commit")).isEqualTo("b".repeat(40));
            assertThat(row.getString("url")).isEqualTo(jenkins.getURL() + "job/vault/1/change/" + failed.id() + "/");
        }
    }

    @Test
    void pagesGoOlderAndNewerWithoutGapOrDouble() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            FreeStyleBuild run = i % 4 == 1 ? secret : open;
            String id =
                    deployed(run, "shop", AT.plusSeconds(i), Outcome.SUCCESSFUL).id();
            if (run == open) {
                all.add(0, id);
            }
        }
        try (Browser reader = as("reader")) {
            List<String> older = new ArrayList<>();
            JSONObject page = json(reader, "?limit=5&service=shop");
            List<List<String>> pages = new ArrayList<>();
            assertThat(page.get("previous")).hasToString("null");
            while (true) {
                older.addAll(ids(page));
                pages.add(ids(page));
                if ("null".equals(page.get("next").toString())) {
                    break;
                }
                page = at(reader, page.getString("next"));
            }
            assertThat(older).isEqualTo(all);
            for (int i = pages.size() - 2; i >= 0; i--) {
                page = at(reader, page.getString("previous"));
                assertThat(ids(page)).isEqualTo(pages.get(i));
            }

            HtmlPage shown = reader.page("changes/records/?limit=5");
            assertThat(shown.asNormalizedText()).contains(all.get(0)).doesNotContain(all.get(5));
            HtmlPage next = shown.getAnchorByText("Older").click();
            assertThat(next.asNormalizedText()).contains(all.get(5)).doesNotContain(all.get(4));
            HtmlPage back = next.getAnchorByText("Newer").click();
            assertThat(back.asNormalizedText()).contains(all.get(0)).doesNotContain(all.get(5));
        }
    }

    private JSONObject at(Browser browser, String address) throws Exception {
        assertThat(address).startsWith(jenkins.getURL().toString());
        return (JSONObject)
                browser.json(address.substring(jenkins.getURL().toString().length()));
    }

    @Test
    void whoMayNotSeeAJobFindsNoneOfItsChangesAndNoCountOfThem() throws Exception {
        ChangeRecord shown = deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        try (Browser reader = as("reader");
                Browser auditor = as("auditor");
                Browser admin = as("admin")) {
            List<String> queries = List.of(
                    "",
                    "?limit=1",
                    "?service=vault",
                    "?job=vault",
                    "?text=vault",
                    "?text=CHG-2",
                    "?before=3",
                    "?after=1");
            List<String> before = new ArrayList<>();
            for (String query : queries) {
                before.add(reader.get(API + query).getWebResponse().getContentAsString());
                before.add(reader.page("changes/records/" + query).asNormalizedText());
            }
            before.add(reader.get("changes/records/csv").getWebResponse().getContentAsString());
            before.add(reader.get("changes/records/jsonl").getWebResponse().getContentAsString());
            ChangeRecord hidden = deployed(secret, "vault", AT.plusSeconds(1), Outcome.SUCCESSFUL);
            for (int i = 0; i < 5; i++) {
                deployed(secret, "vault", AT.plusSeconds(2 + i), Outcome.UNSUCCESSFUL);
            }
            List<String> after = new ArrayList<>();
            for (String query : queries) {
                after.add(reader.get(API + query).getWebResponse().getContentAsString());
                after.add(reader.page("changes/records/" + query).asNormalizedText());
            }
            after.add(reader.get("changes/records/csv").getWebResponse().getContentAsString());
            after.add(reader.get("changes/records/jsonl").getWebResponse().getContentAsString());
            assertThat(after).isEqualTo(before);
            assertThat(after).noneMatch(text -> text.contains(hidden.id()));
            assertThat(ids(json(reader, ""))).containsExactly(shown.id());
            assertThat(ids(json(auditor, ""))).hasSize(7);

            secret.getParent().delete();
            assertThat(ids(json(auditor, ""))).containsExactly(shown.id());
            JSONObject gone = json(admin, "?job=vault").getJSONArray("changes").getJSONObject(0);
            assertThat(gone.get("url")).hasToString("null");
            assertThat(ids(json(admin, "?job=vault"))).hasSize(6);
            assertThat(admin.page("changes/records/?job=vault").asNormalizedText())
                    .contains("This build, or its job, is gone");
        }
    }

    /** How far a page is looked for depends on numbers alone, so that where it ends tells nothing of what is hidden. */
    @Test
    void aPageIsLookedForOnlySoFarWhateverIsHidden() throws Exception {
        ChangeRecord first = deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        for (int i = 0; i < 10; i++) {
            deployed(i < 8 ? secret : open, "shop", AT.plusSeconds(1 + i), Outcome.SUCCESSFUL);
        }
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("reader", true)))) {
            RecordsSearch.Found top = search("limit", "5");
            assertThat(numbers(top)).containsExactly(11L, 10L);
            assertThat(List.of(top.older(), top.newer())).containsExactly(7L, 0L);
            assertThat(top.cut()).isTrue();
            assertThat(search("limit", "5", "service", "other").older()).isEqualTo(7);
            assertThat(search("limit", "5", "from", "2026-03-04T10:11:20Z").cut())
                    .isFalse();
            RecordsSearch.Found none = search("limit", "5", "before", "7");
            assertThat(numbers(none)).containsExactly(first.number());
            assertThat(none.cut()).isFalse();
            RecordsSearch.Found up = search("limit", "1", "after", "1");
            assertThat(numbers(up)).isEmpty();
            assertThat(List.of(up.newer(), up.older())).containsExactly(6L, 2L);
            assertThat(numbers(search("limit", "1", "after", "6"))).containsExactly(10L);
        }
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("admin", true)))) {
            assertThat(numbers(search("limit", "50"))).hasSize(11);
            assertThat(search("limit", "50", "text", "shop").cut()).isTrue();
        }
    }

    private static RecordsSearch.Found search(String... parameters) throws Exception {
        VisibleJobs jobs = new VisibleJobs();
        RecordsFilter filter = new RecordsFilter(
                key -> {
                    int at = List.of(parameters).indexOf(key);
                    return at < 0 ? null : parameters[at + 1];
                },
                jobs);
        return new RecordsSearch(ChangeRecords.get().store(), filter, jobs, 3).page();
    }

    private static List<Long> numbers(RecordsSearch.Found found) {
        return found.changes().stream().map(ChangeSummary::number).toList();
    }

    @Test
    void anEmptyListSaysWhatToDo() throws Exception {
        try (Browser reader = as("reader")) {
            assertThat(reader.page("changes/records/").asNormalizedText())
                    .contains("There is no change that you may see")
                    .contains("the step changeGate");
            HtmlPage none = reader.page("changes/records/?service=nowhere");
            assertThat(none.asNormalizedText()).contains("No change that you may see is like that");
            HtmlPage all = none.getAnchorByText("show all changes").click();
            assertThat(all.getUrl().getQuery()).isNull();
        }
    }

    @Test
    void whatCannotBeUnderstoodIsSaidAndNothingIsFound() throws Exception {
        ChangeRecord record = deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        try (Browser reader = as("reader")) {
            for (String query : List.of(
                    "level=x",
                    "type=x",
                    "decision=x",
                    "outcome=x",
                    "from=yesterday",
                    "to=2026-02-30",
                    "limit=0",
                    "limit=501",
                    "before=x",
                    "after=-1",
                    "decision=waiting&outcome=deploying")) {
                assertThat(reader.status(API + "?" + query)).as(query).isEqualTo(400);
                assertThat(json(reader, "?" + query).getString("message"))
                        .as(query)
                        .isNotEmpty();
                assertThat(reader.status("changes/records/csv?" + query))
                        .as(query)
                        .isEqualTo(400);
                assertThat(reader.status("changes/records/jsonl?" + query))
                        .as(query)
                        .isEqualTo(400);
                HtmlPage page = reader.page("changes/records/?" + query);
                assertThat(page.getByXPath("//*[@role='alert']")).as(query).hasSize(1);
                assertThat(page.asNormalizedText()).as(query).doesNotContain(record.id());
            }
        }
    }

    @Test
    void anAnswerThatIsKnownAlreadyIsNotSentAgain() throws Exception {
        deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.login("reader");
            String tag = client.goTo(API, "application/json").getWebResponse().getResponseHeaderValue("ETag");
            assertThat(tag).matches("\"[0-9a-f]{64}.*\"");
            client.addRequestHeader("If-None-Match", tag);
            assertThat(client.goTo(API, null).getWebResponse().getStatusCode()).isEqualTo(304);
            deployed(open, "shop", AT, Outcome.SUCCESSFUL);
            assertThat(client.goTo(API, null).getWebResponse().getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void theFormIsAnAddressThatHasWhatWasChosen() throws Exception {
        ChangeRecord record = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        deployed(open, "cart", AT, Outcome.SUCCESSFUL);
        try (Browser reader = as("reader")) {
            HtmlForm form = reader.page("changes/records/?from=2020-01-01").getFormByName("change-gate-records-filter");
            form.getInputByName("service").setValue("shop");
            form.getSelectByName("decision").setSelectedAttribute("waiting", true);
            HtmlPage found =
                    form.<HtmlElement>getElementsByTagName("button").get(0).click();
            assertThat(found.getByXPath("//tbody/tr")).hasSize(1);
            assertThat(found.asNormalizedText()).contains(record.id());
            assertThat(found.getUrl().getQuery()).contains("service=shop", "decision=waiting", "from=2020-01-01");
            HtmlForm again = found.getFormByName("change-gate-records-filter");
            assertThat(again.getInputByName("service").getValue()).isEqualTo("shop");
            assertThat(again.getSelectByName("decision")
                            .getSelectedOptions()
                            .get(0)
                            .getText())
                    .isEqualTo("waiting");
        }
    }

    @Test
    void theListIsLinkedFromWhatWaitsAndFromTheChangesOfABuild() throws Exception {
        ChangeRecord record = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        deployed(secret, "vault", AT, Outcome.SUCCESSFUL);
        try (Browser auditor = as("auditor")) {
            HtmlPage all =
                    auditor.page("changes/").getAnchorByText("All changes").click();
            assertThat(all.asNormalizedText()).contains(record.id()).contains("vault");
            HtmlPage own = auditor.page(open.getUrl() + "change/")
                    .getAnchorByText("All changes of this job")
                    .click();
            assertThat(own.asNormalizedText()).contains(record.id());
            assertThat(own.getByXPath("//tbody/tr")).hasSize(1);
            HtmlPage page = own.getAnchorByText(record.id()).click();
            assertThat(page.getUrl().getPath()).endsWith("/change/" + record.id() + "/");
        }
    }
}
