package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.TwoJobs.AT;
import static io.jenkins.plugins.changegate.view.TwoJobs.deployed;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a change outlives its build and its job, for those who may see it. */
@WithJenkins
class KeptChangeTest {

    private static final String POLICY = "rules: [{ name: small, when: 'true', risk: 3, because: It is only text. }]\n";

    private TwoJobs jobs;
    private ChangeRecord shown;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jobs = new TwoJobs(rule);
        ChangeGateConfiguration.get().setPolicy(POLICY);
        shown = deployed(jobs.open, "shop", AT, Outcome.SUCCESSFUL);
    }

    private static String page(ChangeRecord record) {
        return "changes/records/" + record.id() + "/";
    }

    @Test
    void everythingOnRecordIsThereWhenTheBuildIsGoneAndNothingCanBeDone() throws Exception {
        jobs.open.delete();
        try (Browser reader = jobs.as("reader")) {
            HtmlAnchor link = reader.page("changes/records/").getAnchorByText(shown.id());
            HtmlPage page = link.click();
            assertThat(page.getUrl().getPath()).endsWith(page(shown));
            assertThat(page.asNormalizedText())
                    .contains(
                            "Its build, or its job, is gone.",
                            "shop",
                            "passed, successful",
                            "It is only text.",
                            "a.txt",
                            "retail/shop #1",
                            "History");
            assertThat(page.getForms())
                    .noneMatch(form -> form.getMethodAttribute().equalsIgnoreCase("post"));
            JSONObject json = (JSONObject) reader.json(page(shown) + "api/json");
            assertThat(json.getString("id")).isEqualTo(shown.id());
            assertThat(json.getJSONArray("history").size()).isEqualTo(shown.version());
        }
    }

    @Test
    void theTextOfEachPolicyIsThereAndNoOther() throws Exception {
        jobs.open.getParent().delete();
        String version =
                ChangeGateConfiguration.get().readPolicy().orElseThrow().version();
        try (Browser admin = jobs.as("admin")) {
            HtmlPage page = admin.page(page(shown));
            HtmlPage policy = page.getAnchorByHref("policy/" + version + "/").click();
            assertThat(policy.asNormalizedText()).contains("It is only text.", version);
            assertThat(policy.getAnchorByHref("../../").click().getUrl().getPath())
                    .endsWith(page(shown));
            assertThat(admin.status(page(shown) + "policy/" + "0".repeat(64) + "/"))
                    .isEqualTo(404);
        }
    }

    @Test
    void whereTheBuildIsStillThereThePageSaysWhereMoreCanBeDone() throws Exception {
        try (Browser reader = jobs.as("reader")) {
            HtmlPage page = reader.page(page(shown));
            assertThat(page.asNormalizedText()).contains("This is what is on record.");
            assertThat(page.getAnchorByText("go there").getHrefAttribute())
                    .endsWith(jobs.open.getUrl() + "change/" + shown.id() + "/");
        }
    }

    @Test
    void whoMayNotSeeTheChangeIsToldAsMuchAsOfOneThatIsNot() throws Exception {
        ChangeRecord hidden = deployed(jobs.secret, "vault", AT.plusSeconds(1), Outcome.SUCCESSFUL);
        ((FreeStyleProject) jobs.open.getParent()).delete();
        try (Browser reader = jobs.as("reader");
                Browser nobody = jobs.as("")) {
            for (String path : List.of("", "api/json", "policy/" + "0".repeat(64) + "/")) {
                assertThat(reader.status(page(hidden) + path)).as(path).isEqualTo(404);
                assertThat(reader.status(page(shown) + path)).as(path).isEqualTo(404);
                assertThat(reader.status("changes/records/CHG-999999/" + path))
                        .as(path)
                        .isEqualTo(404);
                assertThat(nobody.status(page(shown) + path)).as(path).isIn(403, 404);
            }
            assertThat(reader.status("changes/records/CHG-1/")).isEqualTo(404);
            assertThat(reader.status("changes/records/" + hidden.number() + "/"))
                    .isEqualTo(404);
        }
    }
}
