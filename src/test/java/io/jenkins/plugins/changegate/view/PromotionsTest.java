package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.Promoting.PAGE;
import static io.jenkins.plugins.changegate.view.Promoting.decide;
import static io.jenkins.plugins.changegate.view.Promoting.offeredTo;
import static io.jenkins.plugins.changegate.view.Promoting.promotedAndWithdrawn;
import static io.jenkins.plugins.changegate.view.Promoting.promotedByNobodyBut;
import static io.jenkins.plugins.changegate.view.Promoting.promotion;
import static io.jenkins.plugins.changegate.view.Promoting.refused;
import static io.jenkins.plugins.changegate.view.Promoting.tooEarly;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A kind of change becomes a standard change by its evidence and a person, and stops being one by a failure or a person. */
class PromotionsTest {

    private static final String POLICY = """
            environments:
              production:
                tier: production
                pass-up-to: none
                approvals:
                  low: [{ from: team-leads }]
                  moderate: [{ from: team-leads }]
            rules:
              - { name: only-texts, when: "change.only('texts/**')", model: texts, because: Only texts change. }
            models:
              texts:
                because: The shop's texts.
                promotion: { after: 2, pass-up-to: moderate }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private Promoting promoting(JenkinsRule jenkins, TestRepository repository) {
        return new Promoting(jenkins, repository, POLICY, "texts/welcome.txt");
    }

    @Test
    void aPersonWithoutAPartInTheEvidencePromotesAndAFailureTakesItBack() throws Throwable {
        TestRepository[] repository = new TestRepository[1];
        sessions.then(jenkins -> {
            repository[0] = Gates.repository(directory);
            Promoting promoting = promoting(jenkins, repository[0]);
            promoting.evident();
            try (Browser manager = new Browser(jenkins, "manager")) {
                tooEarly(manager);
                assertThat(manager.page("job/shop/2/change/CHG-000002/").asNormalizedText())
                        .doesNotContain("See the evidence and decide");
            }
            promoting.approved();
            try (Browser reader = new Browser(jenkins, "reader");
                    Browser dev = new Browser(jenkins, "dev");
                    Browser lead = new Browser(jenkins, "lead");
                    Browser manager = new Browser(jenkins, "manager")) {
                assertThat(reader.page("job/shop/3/change/CHG-000003/").asNormalizedText())
                        .contains("Changes of the model 'texts', of shop to production", "See the evidence and decide");
                assertThat(reader.page(PAGE).asNormalizedText())
                        .contains("texts: shop to production", "The shop's texts.", "CHG-000003", "CHG-000002")
                        .contains("2 successful deployments in a row", "They pass by themselves up to moderate risk");
                offeredTo(manager, reader);

                refused(decide(manager, "withdraw", "No"), 400, "texts is not promoted now");
                refused(
                        manager.post(PAGE + "promote", "service", "shop", "environment", "production", "comment", "x"),
                        400,
                        "look at the page again");
                promotedByNobodyBut(manager, dev, lead);
                assertThat(manager.page(PAGE).asNormalizedText())
                        .contains("Standard changes: manager made them so on", "up to moderate");
                assertThat(reader.page("job/shop/3/change/CHG-000003/").asNormalizedText())
                        .contains("Two went well")
                        .doesNotContain("See the evidence and decide");
            }
        });
        sessions.then(jenkins -> {
            Promoting promoting = promoting(jenkins, repository[0]);
            WorkflowRun run = promoting.passing();
            ChangeRecord passed = promoting.deployed(run);
            assertThat(passed.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
            assertThat(passed.opened().judgement().type()).isEqualTo(ChangeType.STANDARD);
            try (Browser reader = new Browser(jenkins, "reader")) {
                assertThat(reader.page(run.getUrl() + "change/" + passed.id() + "/")
                                .asNormalizedText())
                        .contains("standard", "manager");
            }

            // Another kind of change is none of it.
            repository[0].write("src/Main.java", "class Main { int x; }\n").commit("Write code");
            promoting.approve(promoting.gates.start(promoting.gates.deploying(repository[0]), "dev"));

            ChangeRecord failed = promoting.failing();
            assertThat(failed.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
            assertThat(failed.ended().orElseThrow().outcome()).isEqualTo(Outcome.UNSUCCESSFUL);
            try (Browser manager = new Browser(jenkins, "manager")) {
                assertThat(promotion(manager).getBoolean("promoted")).isFalse();
                assertThat(manager.page(PAGE).asNormalizedText())
                        .contains("Normal changes again since " + failed.id() + " was unsuccessful");
            }
            promoting.approved();
            assertThat(ChangeRecords.get().store().verify()).isEmpty();
        });
    }

    @Test
    void aPersonWithdrawsIt() throws Throwable {
        sessions.then(jenkins -> {
            Promoting promoting = promoting(jenkins, Gates.repository(directory));
            promoting.evident();
            promoting.approved();
            try (Browser manager = new Browser(jenkins, "manager");
                    Browser lead = new Browser(jenkins, "lead")) {
                promotedAndWithdrawn(manager, lead, "The texts are checked no more");
            }
            ChangeRecord asked = promoting.approved();
            assertThat(asked.opened().judgement().type()).isEqualTo(ChangeType.NORMAL);
            assertThat(ChangeRecords.get().store().find(3).orElseThrow().history())
                    .hasAtLeastOneElementOfType(ChangeEvent.Promoted.class)
                    .hasAtLeastOneElementOfType(ChangeEvent.Demoted.class);
        });
    }
}
