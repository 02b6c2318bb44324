package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The changes on record as files. */
@WithJenkins
class RecordsExportTest {

    private static final Instant AT = Instant.parse("2026-03-04T10:11:12Z");
    private static final String FORMULA = "=HYPERLINK(\"http://evil.example\";\"x\")";

    private JenkinsRule jenkins;
    private FreeStyleBuild run;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        new Gates(rule).secured();
        FreeStyleProject shop = rule.createFreeStyleProject("shop");
        run = rule.buildAndAssertSuccess(shop);
    }

    private WebResponse get(String path) throws Exception {
        try (Browser reader = new Browser(jenkins, "reader")) {
            return reader.get(path).getWebResponse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "=1+1, \"'=1+1\"",
                "+1, \"'+1\"",
                "-1, \"'-1\"",
                "@SUM(A1), \"'@SUM(A1)\"",
                "|\t=1|, |\"'\t=1\"|",
                "|\r=1|, |\"'\r=1\"|",
                "|\n=1|, |\"'\n=1\"|",
                "a=1, \"a=1\"",
                "a\"b, \"a\"\"b\"",
                "||, \"\""
            })
    void noCellIsAFormula(String text, String cell) {
        assertThat(RecordsCsv.cell(text == null ? "" : text)).isEqualTo(cell);
    }

    @Test
    void csvHasALineForEachChangeOfTheSelectionAndNoFormula() throws Exception {
        ChangeRecord deployed = new Recorded("shop", "cart", "a.txt", 1, 'a', 'b', Outcome.UNSUCCESSFUL).at(AT);
        new Recorded("shop", "other", "a.txt", 1, 'a', 'b', Outcome.SUCCESSFUL).at(AT);
        ChangeRecord hostile = Waiting.on(run, FORMULA, "production", 60, Terms.NONE);
        ChangeRecords.get()
                .store()
                .append(hostile, new ChangeEvent.Decided(AT, Decision.REJECTED, "lead", "No.", "-1, \"so\"\nand so"));
        WebResponse response = get("changes/records/csv?text=c");
        assertThat(response.getContentType()).isEqualTo("text/csv");
        assertThat(response.getResponseHeaderValue("Content-Disposition"))
                .isEqualTo("attachment; filename=\"changes.csv\"");
        String csv = response.getContentAsString(StandardCharsets.UTF_8);
        List<String> lines = List.of(csv.split("\r\n"));
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("id,opened,service,environment,tier,job,build,commit,startedBy,");
        assertThat(lines.get(1))
                .startsWith("\"" + hostile.id() + "\"")
                .contains("\"'=HYPERLINK(\"\"http://evil.example\"\";\"\"x\"\")\"")
                .contains("\"rejected\",\"2026-03-04T10:11:12Z\",\"lead\",\"No.\",\"'-1, \"\"so\"\"\nand so\"");
        assertThat(lines.get(3))
                .startsWith("\"" + deployed.id() + "\",\"2026-03-04T10:11:12Z\",\"cart\",\"production\"")
                .contains("\"passed\"")
                .contains("\"unsuccessful\"")
                .contains("\"Its deployment was unsuccessful.\",\"true\",\"\"");
        assertThat(get("changes/records/csv?service=cart").getContentAsString().split("\r\n"))
                .hasSize(2);
    }

    @Test
    void jsonLinesHaveTheEventsAsTheyAreStoredAndTheirHashesCanBeChecked() throws Exception {
        ChangeRecord one =
                new Recorded("shop", "cart \u20ac \ud83d\ude80", "a.txt", 1, 'a', 'b', Outcome.SUCCESSFUL).at(AT);
        new Recorded("shop", "other", "a.txt", 1, 'a', 'b', Outcome.SUCCESSFUL).at(AT);
        WebResponse response = get("changes/records/jsonl");
        assertThat(response.getContentType()).isEqualTo("application/jsonl");
        List<String> lines =
                response.getContentAsString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(2);
        String previous = "0".repeat(64);
        long sequence = 0;
        for (int i = 1; i >= 0; i--) {
            JSONObject line = JSONObject.fromObject(lines.get(i));
            JSONArray events = line.getJSONArray("events");
            assertThat(events.size()).isEqualTo(3);
            for (int j = 0; j < events.size(); j++) {
                JSONObject event = events.getJSONObject(j);
                assertThat(event.getLong("sequence")).isEqualTo(++sequence);
                assertThat(event.getString("previous")).isEqualTo(previous);
                previous = event.getString("hash");
                assertThat(hash(line.getLong("number"), event)).isEqualTo(previous);
            }
        }
        JSONObject first = JSONObject.fromObject(lines.get(1));
        assertThat(first.getString("id")).isEqualTo(one.id());
        JSONObject opened = JSONObject.fromObject(
                first.getJSONArray("events").getJSONObject(0).get("text"));
        assertThat(opened.getString("event")).isEqualTo("opened");
        assertThat(get("changes/records/jsonl?service=other")
                        .getContentAsString()
                        .lines())
                .hasSize(1);
    }

    /** Lines are sent as they come, so it is too late for a status when the store fails at the last one. */
    @Test
    void anExportThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        new Recorded("shop", "damaged", "a.txt", 1, 'a', 'b', Outcome.SUCCESSFUL).at(AT);
        for (int i = 0; i < 101; i++) {
            new Recorded("shop", "cart", "a.txt", 1, 'a', 'b', Outcome.SUCCESSFUL).at(AT);
        }
        damage(1);
        assertThat(export("csv?service=cart").body().lines()).hasSize(102);
        assertThat(export("csv?service=damaged").statusCode()).isEqualTo(500);
        for (String form : List.of("csv", "jsonl")) {
            HttpResponse<String> broken = export(form);
            assertThat(broken.statusCode()).as("begun with").isEqualTo(200);
            List<String> lines = broken.body().lines().toList();
            assertThat(lines).as(form).hasSize(form.equals("csv") ? 103 : 102);
            assertThat(lines.get(lines.size() - 1)).contains("INCOMPLETE").doesNotContain("CHG-");
        }
    }

    private void damage(long number) throws Exception {
        File file = new File(jenkins.jenkins.getRootDir(), "change-gate/records");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file.getAbsolutePath(), "sa", "");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE changegate_event SET body = '{' WHERE number = ?")) {
            update.setLong(1, number);
            update.executeUpdate();
        }
    }

    private HttpResponse<String> export(String form) throws Exception {
        String password = Base64.getEncoder().encodeToString("reader:reader".getBytes(StandardCharsets.UTF_8));
        URI address = URI.create(jenkins.getURL() + "changes/records/" + form);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + password)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String hash(long number, JSONObject event) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String part : List.of(
                event.getString("previous"),
                event.getString("sequence"),
                Long.toString(number),
                event.getString("version"),
                // The library makes an object of a text that looks like one.
                event.get("text").toString())) {
            text.append(part.length()).append(':').append(part);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
