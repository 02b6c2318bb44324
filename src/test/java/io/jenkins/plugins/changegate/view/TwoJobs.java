package io.jenkins.plugins.changegate.view;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;

/**
 * Builds of two jobs with changes on record. {@code reader} sees the open one in the folder retail, {@code auditor} the
 * secret one too, {@code admin} everything.
 */
final class TwoJobs {

    static final String API = "changes/records/api/json";
    static final Instant AT = Instant.parse("2026-03-04T10:11:12Z");

    final FreeStyleBuild open;
    final FreeStyleBuild secret;
    private final JenkinsRule jenkins;

    TwoJobs(JenkinsRule rule) throws Exception {
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

    Browser as(String user) throws Exception {
        return new Browser(jenkins, user);
    }

    static ChangeRecord deployed(FreeStyleBuild run, String service, Instant at, Outcome outcome) throws Exception {
        return new Recorded(run.getParent().getFullName(), service, "a.txt", 1, 'a', 'b', outcome).at(at);
    }

    static JSONObject json(Browser browser, String query) throws Exception {
        return (JSONObject) browser.json(API + query);
    }

    static List<String> ids(JSONObject json) {
        JSONArray changes = json.getJSONArray("changes");
        return IntStream.range(0, changes.size())
                .mapToObj(i -> changes.getJSONObject(i).getString("id"))
                .toList();
    }
}
