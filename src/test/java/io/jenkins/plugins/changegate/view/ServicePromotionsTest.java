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
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A service passes one level further by its evidence and a person, and no more by a failure or a person. */
class ServicePromotionsTest {

    private static final String POLICY = """
            environments:
              production:
                tier: production
                pass-up-to: low
                promotion: { after: 2, pass-up-to: moderate }
                approvals:
                  moderate: [{ from: team-leads }]
            rules:
              - { name: code, when: "change.touches('src/**')", level: moderate, because: Code changes. }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path directory;

    private static Promoting promoting(JenkinsRule jenkins, TestRepository repository) {
        return new Promoting(jenkins, repository, POLICY, "src/Main.java");
    }

    @Test
    void aPersonWithoutAPartInTheEvidenceLetsAServicePassFurtherAndAFailureTakesItBack() throws Throwable {
        TestRepository[] repository = new TestRepository[1];
        sessions.then(jenkins -> {
            repository[0] = Gates.repository(directory);
            Promoting promoting = promoting(jenkins, repository[0]);
            promoting.evident();
            try (Browser manager = new Browser(jenkins, "manager")) {
                tooEarly(manager);
            }
            promoting.approved();
            try (Browser reader = new Browser(jenkins, "reader");
                    Browser dev = new Browser(jenkins, "dev");
                    Browser lead = new Browser(jenkins, "lead");
                    Browser manager = new Browser(jenkins, "manager")) {
                assertThat(reader.page("job/shop/3/change/CHG-000003/").asNormalizedText())
                        .contains("Changes of shop to production have gone well often enough to pass by themselves up"
                                + " to moderate risk");
                assertThat(reader.page(PAGE).asNormalizedText())
                        .contains("shop to production: one level more, up to moderate")
                        .contains("2 successful deployments of moderate risk in a row", "CHG-000003, CHG-000002")
                        .contains("2 of the last changes asked people, and would have passed by themselves")
                        .contains("2 successful, 0 with issues, 0 failed or rolled back, 0 rejected by people")
                        .contains("No promise can be made yet: 0 failures are known");
                offeredTo(manager, reader);
                JSONObject figures = promotion(reader).getJSONObject("foresight");
                assertThat(figures.getInt("asked")).isEqualTo(2);
                assertThat(figures.getInt("successful")).isEqualTo(2);

                refused(decide(reader, "promote", "They are fine"), 403, "Change/Configure");
                refused(decide(manager, "withdraw", "No"), 400, "shop in production is not promoted now");
                promotedByNobodyBut(manager, dev, lead);
                assertThat(manager.page(PAGE).asNormalizedText()).contains("Up to moderate: manager promoted it on");
                assertThat(reader.page("job/shop/3/change/CHG-000003/").asNormalizedText())
                        .contains("promoted by manager: up to moderate passes", "Two went well");
            }
        });
        sessions.then(jenkins -> {
            Promoting promoting = promoting(jenkins, repository[0]);
            WorkflowRun run = promoting.passing();
            ChangeRecord passed = promoting.deployed(run);
            assertThat(passed.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
            assertThat(passed.opened().judgement().type()).isEqualTo(ChangeType.NORMAL);
            try (Browser reader = new Browser(jenkins, "reader")) {
                assertThat(reader.page(run.getUrl() + "change/" + passed.id() + "/")
                                .asNormalizedText())
                        .contains("because shop has earned it with 2 successful deployments of that risk in a row;"
                                + " manager promoted it on")
                        .contains("(CHG-000003)");
            }
            ChangeRecord failed = promoting.failing();
            assertThat(failed.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
            try (Browser manager = new Browser(jenkins, "manager")) {
                assertThat(promotion(manager).getBoolean("promoted")).isFalse();
                assertThat(promotion(manager).getJSONArray("evidence").size()).isZero();
                assertThat(manager.page(PAGE).asNormalizedText())
                        .contains("Up to low again since " + failed.id() + " was unsuccessful");
            }
            ChangeRecord asked = promoting.approved();
            assertThat(asked.opened().judgement().verdict().reasons())
                    .anyMatch(reason -> reason.contains(
                            "up to low passes again since " + failed.id() + " was unsuccessful; manager promoted"));
            assertThat(ChangeRecords.get().store().verify()).isEmpty();
        });
    }

    @Test
    void aPersonTakesItBack() throws Throwable {
        sessions.then(jenkins -> {
            Promoting promoting = promoting(jenkins, Gates.repository(directory));
            promoting.evident();
            promoting.approved();
            try (Browser manager = new Browser(jenkins, "manager");
                    Browser lead = new Browser(jenkins, "lead")) {
                promotedAndWithdrawn(manager, lead, "The team is new");
                assertThat(manager.page("job/shop/3/change/CHG-000003/").asNormalizedText())
                        .contains("one level less passes again, by manager", "The team is new");
            }
            assertThat(promoting.approved().decided().orElseThrow().decision()).isEqualTo(Decision.APPROVED);
        });
    }
}
