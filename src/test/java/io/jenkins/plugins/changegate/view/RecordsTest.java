package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.TwoJobs.API;
import static io.jenkins.plugins.changegate.view.TwoJobs.AT;
import static io.jenkins.plugins.changegate.view.TwoJobs.deployed;
import static io.jenkins.plugins.changegate.view.TwoJobs.ids;
import static io.jenkins.plugins.changegate.view.TwoJobs.json;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The list of all changes on record: filters, pages, and what it shows to whom. */
@WithJenkins
class RecordsTest {

    private JenkinsRule jenkins;
    private TwoJobs jobs;
    private FreeStyleBuild open;
    private FreeStyleBuild secret;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jobs = new TwoJobs(rule);
        open = jobs.open;
        secret = jobs.secret;
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
        try (Browser reader = jobs.as("reader")) {
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
        try (Browser reader = jobs.as("reader");
                Browser auditor = jobs.as("auditor");
                Browser admin = jobs.as("admin")) {
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
            String id = gone.getString("id");
            assertThat(gone.getString("url")).isEqualTo(jenkins.getURL() + "changes/records/" + id + "/");
            assertThat(admin.page("changes/records/" + id + "/").asNormalizedText())
                    .contains("This is what is on record.", "vault #1");
            assertThat(auditor.status("changes/records/" + id + "/")).isEqualTo(404);
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
    void theReviewsThatAreDueAreCountedAsFarAsTheUserMaySeeThem() throws Exception {
        deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        deployed(secret, "safe", AT, Outcome.UNSUCCESSFUL);
        try (Browser reader = jobs.as("reader");
                Browser admin = jobs.as("admin")) {
            assertThat(reader.page("changes/records/").getAnchorByText("Reviews due"))
                    .isNotNull();
            assertThat(admin.page("changes/records/").getAnchorByText("Reviews due (1)"))
                    .isNotNull();
            deployed(open, "shop", AT, Outcome.UNSUCCESSFUL);
            HtmlPage due = reader.page("changes/records/")
                    .getAnchorByText("Reviews due (1)")
                    .click();
            assertThat(due.getByXPath("//tbody/tr")).hasSize(1);
            assertThat(admin.page("changes/records/").getAnchorByText("Reviews due (2)"))
                    .isNotNull();
        }
    }

    @Test
    void anEmptyListSaysWhatToDo() throws Exception {
        try (Browser reader = jobs.as("reader")) {
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
    void theListIsLinkedFromWhatWaitsAndFromTheChangesOfABuild() throws Exception {
        ChangeRecord record = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        deployed(secret, "vault", AT, Outcome.SUCCESSFUL);
        try (Browser auditor = jobs.as("auditor")) {
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
