package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.TwoJobs.AT;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The measures, for people and for programs. */
@WithJenkins
class MeasuresPageTest {

    private static final String API = "changes/measures/api/json?period=all";

    private JenkinsRule jenkins;
    private FreeStyleBuild open;
    private FreeStyleBuild secret;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TwoJobs jobs = new TwoJobs(rule);
        open = jobs.open;
        secret = jobs.secret;
    }

    private static ChangeRecord deployed(FreeStyleBuild run, String service, int minutes, Outcome outcome)
            throws Exception {
        return new Recorded(run.getParent().getFullName(), service, "a.txt", 1, 'a', 'b', outcome)
                .at(AT.plusSeconds(60L * minutes));
    }

    private HttpResponse<String> get(String path, String user, String tag) throws Exception {
        String token = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)).header("Authorization", "Basic " + token);
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JSONObject delivery(HttpResponse<String> response) {
        return JSONObject.fromObject(response.body()).getJSONObject("delivery");
    }

    @Test
    void onlyWhatTheUserMaySeeIsMeasured() throws Exception {
        deployed(open, "cart", 0, Outcome.SUCCESSFUL);
        HttpResponse<String> before = get(API, "reader", "");
        assertThat(delivery(before).getInt("deployments")).isEqualTo(1);
        String tag = before.headers().firstValue("ETag").orElseThrow();

        deployed(secret, "safe", 60, Outcome.UNSUCCESSFUL);
        // Not a single letter tells of it.
        HttpResponse<String> after = get(API, "reader", tag);
        assertThat(after.statusCode()).isEqualTo(304);
        assertThat(get(API + "&service=safe", "reader", "").body()).doesNotContain("safe");
        assertThat(get("changes/measures/?period=all", "reader", "").body())
                .contains("cart")
                .doesNotContain("safe", "vault");
        assertThat(get("changes/measures/csv?period=all", "reader", "").body()).doesNotContain("safe");
        HttpResponse<String> whole = get(API, "admin", "");
        assertThat(delivery(whole).getJSONObject("failed").getInt("of")).isEqualTo(2);
        assertThat(delivery(get(API + "&job=vault", "admin", ""))
                        .getJSONObject("failed")
                        .getInt("part"))
                .isEqualTo(1);

        ChangeRecord cart = ChangeRecords.get().store().find(1).orElseThrow();
        ChangeRecords.get()
                .store()
                .append(cart, new ChangeEvent.Linked(AT, new Link(Link.Kind.INCIDENT, "INC1", ""), "lead"));
        HttpResponse<String> failed = get(API, "reader", tag);
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(delivery(failed).getInt("incidents")).isEqualTo(1);
    }

    @Test
    void thePageHasEveryNumberInATableAndNoScriptOfItsOwn() throws Exception {
        try (Browser reader = new Browser(jenkins, "reader")) {
            assertThat(reader.page("changes/measures/").asNormalizedText())
                    .contains("Nothing was decided or deployed that you may see");
            deployed(open, "<b>cart</b>", 0, Outcome.SUCCESSFUL);
            deployed(open, "shop", 60, Outcome.UNSUCCESSFUL);
            deployed(open, "shop", 90, Outcome.SUCCESSFUL);
            HtmlPage page = reader.page("changes/measures/?from=2026-03-01&to=2026-03-31");
            assertThat(page.asNormalizedText())
                    .contains(
                            "2 deployments",
                            "33.3",
                            "30 min",
                            "<b>cart</b>",
                            "Lead time, split at the gate",
                            "Score and outcome");
            assertThat(page.querySelectorAll(".change-gate-chart")).hasSizeGreaterThan(4);
            assertThat(page.querySelectorAll(".change-gate-chart").stream()
                            .allMatch(chart -> chart.getParentNode().querySelector("table") != null))
                    .isTrue();
            assertThat(page.querySelectorAll("#main-panel script:not([src])")).isEmpty();
            assertThat(page.querySelectorAll("#main-panel [style]")).isEmpty();
            assertThat(reader.page("changes/measures/?from=2027-01-01&to=2026-01-01")
                            .asNormalizedText())
                    .contains("The period ends before it begins.");
            assertThat(reader.status("changes/measures/api/json?period=7")).isEqualTo(400);
            assertThat(reader.status("changes/measures/api/json?since=2026-01-01"))
                    .isEqualTo(400);
            assertThat(reader.get("changes/measures/csv?period=all")
                            .getWebResponse()
                            .getContentAsString())
                    .startsWith("\"measure\",\"of\",\"value\"\r\n")
                    .contains("\"delivery.deployments\",\"\",\"2\"\r\n");
            assertThat(reader.page("changes/records/")
                            .getAnchorByText("Measures")
                            .getHrefAttribute())
                    .endsWith("/changes/measures/");
        }
    }
}
