package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.replay.PastChange;
import io.jenkins.plugins.changegate.engine.replay.Replay;
import io.jenkins.plugins.changegate.engine.replay.Replayed;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.ledger.PastDeployments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.html.DomElement;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A gate scores by what past deployments taught, says so, and keeps what it scored by. */
@WithJenkins
class LearntScoreTest {

    private static final Duration LONG = Duration.ofDays(60);

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
        job = gates.deploying(repository);
    }

    /** Returns the change of two files, one of them vendored, after a first one. */
    private ChangeRecord change() throws Exception {
        gates.deployFirst(job);
        repository.write("src/Main.java", "class Main {\n    int a;\n}\n").write("vendor/a.js", "a\nb\n");
        repository.commit("Add a field");
        WorkflowRun run = gates.start(job, "dev");
        jenkins.waitForCompletion(run);
        return Gates.record(run);
    }

    private static List<Contribution> parts(ChangeRecord record) {
        return record.opened().judgement().assessment().contributions();
    }

    private static String address(ChangeRecord record) {
        return "job/shop/" + record.opened().origin().build() + "/change/" + record.id() + "/";
    }

    private DomElement basis(ChangeRecord record) throws Exception {
        try (Browser browser = new Browser(jenkins, "reader")) {
            return browser.page(address(record)).getElementById("change-gate-basis");
        }
    }

    @Test
    void withoutOutcomesSizeScoresAndTheNumbersAreKept() throws Exception {
        ChangeRecord record = change();
        Basis basis = record.opened().judgement().basis().orElseThrow();
        assertThat(basis.learnt()).isEmpty();
        assertThat(basis.generatedLines()).isEqualTo(2);
        assertThat(basis.features())
                .isEqualTo(Features.of(record.opened().delta())
                        .with(Feature.SIZE_BEFORE, 14)
                        .with(Feature.EARLIER_CHANGES, 1)
                        .with(Feature.EARLIER_AUTHORS, 1)
                        .with(Feature.AGE, basis.features().value(Feature.AGE).orElseThrow())
                        .with(Feature.AUTHOR_CHANGES, 1)
                        .with(Feature.AUTHOR_RECENT_CHANGES, 1)
                        .with(Feature.AUTHOR_SUBSYSTEM_CHANGES, 1));
        assertThat(basis.features().value(Feature.DIRECTORIES)).hasValue(2);
        assertThat(parts(record))
                .isEqualTo(SizePrior.contributions(record.opened().delta().totals()));
        assertThat(basis(record).getTextContent())
                .contains("Scored by its size: 0 deployments of all services are known")
                .contains("Lines in generated, vendored and lock files, by their paths: 2.")
                .contains("No promise can be made yet: 0 failures are known, and at least 11 are needed.");
    }

    @Test
    void outcomesTeachTheGateAndThePageSaysWhatItPromises() throws Exception {
        PastDeployments.record(
                ChangeRecords.get().store(), "cart", Instant.now().minus(LONG), 120);
        ChangeRecord record = change();
        assertThat(parts(record)).extracting(Contribution::source).containsOnly(Basis.SOURCE);
        assertThat(parts(record).stream().mapToInt(Contribution::points).sum())
                .isEqualTo(record.opened().judgement().assessment().score());
        assertThat(parts(record))
                .anySatisfy(part -> assertThat(part.because()).startsWith("2 files touched: "))
                .isEqualTo(record.opened().judgement().basis().orElseThrow().learnt());
        assertThat(basis(record).getTextContent())
                .contains("Scored by what was learnt: 120 deployments of all services are known, 48 of which failed.")
                .contains("By the last 48 failures (n), with 90 % confidence (delta 0.1) at most")
                .contains("This is so where changes pass that score below");
        try (Browser browser = new Browser(jenkins, "reader")) {
            assertThat(browser.get(address(record) + "api/json")
                            .getWebResponse()
                            .getContentAsString())
                    .contains("\"basis\"", "\"la\"", "\"guarantee\" : \"By the last 48 failures");
        }
    }

    /** What was learnt since must not make a past change another one. */
    @Test
    void aReplayScoresAsTheGateDidThen() throws Exception {
        PastDeployments.record(
                ChangeRecords.get().store(), "cart", Instant.now().minus(LONG), 120);
        ChangeRecord record = change();
        PastDeployments.record(
                ChangeRecords.get().store(), "cart", Instant.now().minus(LONG), 99);
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        List<Policy> policies = new ArrayList<>(List.of(configuration.reader().builtIn()));
        configuration.readPolicy().ifPresent(policies::add);
        PastChange past = new RecordedChanges(ChangeRecords.get().store(), configuration.reader())
                .of(record)
                .change()
                .orElseThrow();
        Replayed replayed = new Replay(policies).replay(past);
        assertThat(parts(record)).extracting(Contribution::source).contains(Basis.SOURCE);
        assertThat(replayed.judgement().assessment())
                .isEqualTo(record.opened().judgement().assessment());
        assertThat(replayed.judgement().verdict())
                .isEqualTo(record.opened().judgement().verdict());
    }
}
