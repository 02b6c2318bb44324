package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.TwoJobs.API;
import static io.jenkins.plugins.changegate.view.TwoJobs.AT;
import static io.jenkins.plugins.changegate.view.TwoJobs.deployed;
import static io.jenkins.plugins.changegate.view.TwoJobs.ids;
import static io.jenkins.plugins.changegate.view.TwoJobs.json;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Opening;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.Particulars;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The filters of the list of all changes on record. */
@WithJenkins
class RecordsFilterTest {

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
    void eachFilterFindsExactlyWhatIsAskedFor() throws Exception {
        ChangeRecord early = deployed(open, "cart", AT, Outcome.SUCCESSFUL);
        ChangeRecord failed = deployed(secret, "vault", AT.plusSeconds(86_400), Outcome.UNSUCCESSFUL);
        ChangeRecord waiting = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        ChangeRecord rejected = Waiting.on(open, "shop", "green", 5, Terms.NONE);
        ChangeRecords.get()
                .store()
                .append(rejected, new ChangeEvent.Decided(Instant.now(), Decision.REJECTED, "lead", "No."));
        ChangeRecord deploying = ChangeRecords.get().store().open(ofRetail(open, "red"));
        ChangeRecords.get()
                .store()
                .append(deploying, new ChangeEvent.Decided(Instant.now(), Decision.OVERRIDDEN, "admin", "Hurry."));
        Map<String, List<ChangeRecord>> expected = Map.ofEntries(
                Map.entry("", List.of(deploying, rejected, waiting, failed, early)),
                Map.entry("?service=shop", List.of(deploying, rejected, waiting)),
                Map.entry("?service=shop&environment=green", List.of(rejected)),
                Map.entry("?environment=production", List.of(failed, early)),
                Map.entry("?product=retail", List.of(deploying)),
                Map.entry("?product=nothing", List.of()),
                Map.entry("?text=RETAIL", List.of(deploying, rejected, waiting, early)),
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
        try (Browser admin = jobs.as("admin");
                Browser auditor = jobs.as("auditor")) {
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

    private static ChangeEvent.Opened ofRetail(FreeStyleBuild run, String environment) {
        ChangeEvent.Opened plain = Waiting.opened(
                new Origin(run.getParent().getFullName(), run.getNumber(), "7"),
                new Target("shop", environment, Tier.PRODUCTION),
                40,
                Terms.NONE,
                Waiting.ONE_LEAD);
        return Opening.like(plain)
                .particulars(new Particulars("retail", List.of(), "", "", ""))
                .event();
    }

    @Test
    void whatCannotBeUnderstoodIsSaidAndNothingIsFound() throws Exception {
        ChangeRecord record = deployed(open, "shop", AT, Outcome.SUCCESSFUL);
        try (Browser reader = jobs.as("reader")) {
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
                    "enviroment=production",
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
    void theFormIsAnAddressThatHasWhatWasChosen() throws Exception {
        ChangeRecord record = Waiting.on(open, "shop", "blue", 90, Terms.NONE);
        deployed(open, "cart", AT, Outcome.SUCCESSFUL);
        try (Browser reader = jobs.as("reader")) {
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
}
