package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** By which policies a change was judged, what they are today, and what of them is void. */
@WithJenkins
class PolicyPagesTest {

    private static final String HOSTILE = "</code></script><img src=x onerror=alert(1)>";

    /** The repository's policy has markup in its names, and tries what only a higher layer may. */
    private static final String OWN = """
            rules:
              - name: "%s"
                when: "true"
                risk: 3
                because: "%s"
              - { name: trust-me, when: 'true', risk: -50, because: Trust me. }
            environments:
              "%s": { pass-up-to: low }
            """.formatted(HOSTILE, HOSTILE, HOSTILE);

    @TempDir
    Path directory;

    private static void harmless(HtmlPage page) {
        assertThat(page.getByXPath("//img[@onerror]")).isEmpty();
        for (Object element : page.getByXPath("//*")) {
            assertThat(((DomElement) element).getAttributesMap().keySet()).doesNotContain("onerror");
        }
    }

    @Test
    void aChangeShowsThePoliciesThatItWasJudgedByAndWhatIsDifferentToday(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        TestRepository repository = Gates.repository(directory);
        repository.write(".changegate.yml", OWN).commit("Policy");
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        List<Judgement.Applied> applied = record.opened().judgement().policies();
        String change = run.getUrl() + "change/" + record.id() + "/";
        Judgement.Applied organisation = of(applied, Layer.ORGANISATION);
        Judgement.Applied own = applied.stream()
                .filter(policy -> policy.source().equals(".changegate.yml at head"))
                .findFirst()
                .orElseThrow();
        String another = "groups: {secret-group: [user:x]}";
        ChangeRecords.get().store().keepPolicies(List.of(another));
        ChangeGateConfiguration.get()
                .setPolicy(Gates.POLICY.replace("pass-up-to: low", "pass-up-to: none # " + HOSTILE));
        try (Browser reader = new Browser(jenkins, "reader");
                Browser nobody = new Browser(jenkins, "")) {
            HtmlPage page = reader.page(change);
            for (Judgement.Applied each : applied) {
                assertThat(page.getByXPath("//a[@href='policy/" + each.version() + "/']"))
                        .as(each.source())
                        .isNotEmpty();
            }
            HtmlPage policy = reader.page(change + "policy/" + organisation.version() + "/");
            assertThat(policy.asNormalizedText())
                    .contains("the organisation's policy", organisation.version())
                    .contains("- pass-up-to: low", "+ pass-up-to: none")
                    .contains("tier: production");
            harmless(policy);
            HtmlPage builtIn =
                    reader.page(change + "policy/" + of(applied, Layer.BUILT_IN).version() + "/");
            assertThat(builtIn.asNormalizedText()).contains("It is the same.", "schema-migration");
            HtmlPage repositorys = reader.page(change + "policy/" + own.version() + "/");
            assertThat(repositorys.asNormalizedText()).contains("as of " + record.id(), HOSTILE);
            harmless(repositorys);
            // A text that is kept, but by which this change was not judged, is not there; nor is anything else.
            for (String wrong : List.of(Hashes.sha256(another), "x", "0".repeat(64))) {
                assertThat(reader.status(change + "policy/" + wrong + "/"))
                        .as(wrong)
                        .isEqualTo(404);
            }
            assertThat(nobody.status(change + "policy/" + own.version() + "/")).isIn(403, 404);

            HtmlPage job = reader.page(run.getParent().getUrl() + "change-policy/");
            assertThat(job.asNormalizedText())
                    .contains("The built-in policy", "The organisation's policy", "The repository's policy")
                    .contains("as of " + record.id())
                    .contains("moderate: 1 of team-leads")
                    .contains("The rule 'trust-me' takes points away, which has no effect");
            harmless(job);
            assertThat(nobody.status(run.getParent().getUrl() + "change-policy/"))
                    .isIn(403, 404);
        }
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private static Judgement.Applied of(List<Judgement.Applied> applied, Layer layer) {
        return applied.stream()
                .filter(policy -> policy.layer().equals(layer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoMaySeeTheConfigurationSeesWhatAppliesToAll(JenkinsRule jenkins) throws Exception {
        new Gates(jenkins).secured();
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + """
                    freezes:
                      - { name: year-end, from: 2026-12-18, to: 2027-01-04, because: Half of the staff is away. }
                    expire-after: 3 days
                groups: { unused: [user:x] }
                delegates:
                  - { to: Payments, environments: [production], pass-up-to: moderate, risk: -20, safe: true }
                """);
        try (Browser admin = new Browser(jenkins, "admin");
                Browser reader = new Browser(jenkins, "reader")) {
            HtmlPage page = admin.page("changes/policy/");
            assertThat(page.asNormalizedText())
                    .contains("The built-in policy", "enforced")
                    .contains("high: 1 of team-leads, 1 of change-managers")
                    .contains("Freeze year-end: Half of the staff is away.", "expires after 3 days")
                    .contains("To Payments, in production: passing up to moderate; up to 20 points away; proven safe")
                    .contains("The group 'unused' is never used");
            assertThat(admin.page("changes/").getByXPath("//a[@href='policy/']"))
                    .isNotEmpty();
            assertThat(reader.page("changes/").getByXPath("//a[@href='policy/']"))
                    .isEmpty();
            assertThat(reader.status("changes/policy/")).isEqualTo(403);
        }
    }

    @Test
    void textsAreComparedLineByLineUnlessTheyAreTooLong() {
        PolicyDiff diff = new PolicyDiff("a\nb\nc\n", "a\nx\nc\n");
        assertThat(diff.getLines())
                .extracting(PolicyDiff.Line::getKind, PolicyDiff.Line::getText)
                .containsExactly(
                        tuple("place", "@@ -1,3 +1,3 @@"),
                        tuple("same", " a"),
                        tuple("deleted", "-b"),
                        tuple("added", "+x"),
                        tuple("same", " c"));
        assertThat(new PolicyDiff("a", "\n".repeat(5001)).isComparable()).isFalse();
        assertThat(new PolicyDiff("", "a").getLines())
                .extracting(PolicyDiff.Line::getText)
                .contains("+a");
        assertThat(new PolicyDiff("a\r\n", "a\n").getLines()).isEmpty();
    }
}
