package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The rest of the stage is the deployment, and how it ends is the outcome. Development passes everything but gaps. */
@WithJenkins
class OutcomeTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
        gates.deployFirst(gates.deploying(repository));
    }

    private static final String GATE = "changeGate environment: 'production', service: 'shop'";

    private ChangeRecord outcomeOf(String script, Result expected) throws Exception {
        WorkflowJob job = gates.pipeline(
                "shop", script.replace("WS", directory.toString()).replace("GATE", GATE));
        WorkflowRun run = jenkins.waitForCompletion(gates.start(job, "dev"));
        jenkins.assertBuildStatus(expected, run);
        return Gates.waitForOutcome(run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stage('D') { node { dir('WS') { GATE; echo 'ok' } } }|SUCCESS|SUCCESSFUL",
                "stage('D') { node { dir('WS') { GATE; error 'broke' } } }|FAILURE|UNSUCCESSFUL",
                "stage('D') { node { dir('WS') { GATE; unstable 'hm' } } }|UNSTABLE|SUCCESSFUL_WITH_ISSUES",
                "stage('D') { node { dir('WS') { unstable 'before'; GATE; echo 'ok' } } }|UNSTABLE|SUCCESSFUL",
                "stage('D') { node { dir('WS') { GATE } } }; stage('Later') { error 'later' }|FAILURE|SUCCESSFUL",
                "stage('D') { node { dir('WS') { GATE; catchError(stageResult: 'FAILURE', buildResult: 'SUCCESS') "
                        + "{ error 'caught' } } } }|SUCCESS|UNSUCCESSFUL",
                "node { dir('WS') { GATE; echo 'ok' } }|SUCCESS|SUCCESSFUL",
                "node { dir('WS') { GATE }; error 'later' }|FAILURE|UNSUCCESSFUL",
                "stage('D') { node { dir('WS') { GATE } }; error 'rest of stage' }|FAILURE|UNSUCCESSFUL"
            })
    void theRestOfTheStageIsTheDeployment(String script, String result, Outcome outcome) throws Exception {
        assertThat(outcomeOf(script, Result.fromString(result))
                        .ended()
                        .orElseThrow()
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void eachParallelBranchIsItsOwnDeployment() throws Exception {
        String script = """
                stage('D') {
                  parallel(
                    good: { node { dir('WS') { changeGate environment: 'production', service: 'shop' } } },
                    bad: { node { dir('WS') { changeGate environment: 'production', service: 'shop'
                                             error 'broke' } } })
                }
                """;
        WorkflowJob job = gates.pipeline("shop", script.replace("WS", directory.toString()));
        WorkflowRun run = jenkins.waitForCompletion(gates.start(job, "dev"));
        Gates.waitForOutcome(run);
        Map<Outcome, Long> outcomes = ChangesAction.of(run).stream()
                .map(reference -> {
                    try {
                        return ChangeRecords.get()
                                .store()
                                .find(reference.number())
                                .orElseThrow()
                                .ended()
                                .orElseThrow()
                                .outcome();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
        assertThat(outcomes).containsOnly(Map.entry(Outcome.SUCCESSFUL, 1L), Map.entry(Outcome.UNSUCCESSFUL, 1L));
    }

    @Test
    void declarativePipelinesWorkToo() throws Exception {
        String script = """
                pipeline {
                  agent none
                  stages {
                    stage('Deploy') {
                      agent any
                      steps {
                        dir('WS') {
                          changeGate environment: 'production', service: 'shop'
                          echo 'deployed'
                        }
                      }
                    }
                    stage('After') { steps { error 'later' } }
                  }
                }
                """;
        ChangeRecord record = outcomeOf(script, Result.FAILURE);
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.PASSED);
        assertThat(record.ended().orElseThrow().outcome()).isEqualTo(Outcome.SUCCESSFUL);
    }

    @Test
    void afterAnUnsuccessfulDeploymentTheBaseIsStillTheLastGoodOne() throws Exception {
        String good = repository.head();
        repository.write("src/Main.java", "class Main { int x; }\n").commit("Break it");
        outcomeOf("stage('D') { node { dir('WS') { GATE; error 'broke' } } }", Result.FAILURE);
        repository.write("src/Main.java", "class Main { int y; }\n").commit("Mend it");
        ChangeRecord record = outcomeOf("stage('D') { node { dir('WS') { GATE; echo 'ok' } } }", Result.SUCCESS);
        assertThat(record.opened().delta().base()).isEqualTo(good);
        assertThat(record.opened().delta().commits()).hasSize(2);
    }

    @Test
    void filesThatFailedThereAreNamedAndRulesAskForThemAndARevertIsProven() throws Exception {
        String deploy = "stage('D') { node { dir('WS') { GATE; echo 'ok' } } }";
        ChangeGateConfiguration.get()
                .setPolicy("rules: [{name: failed-lately, when: 'history.failedFiles > 0 &&"
                        + " history.failedFilesAge < duration(\"24h\")', risk: 7, because: They failed lately.}]");
        repository.write("README.md", "Elsewhere.\n").commit("Describe it");
        outcomeOf(deploy, Result.SUCCESS);
        repository.write("src/Main.java", "class Main { int x; }\n").commit("Break it");
        ChangeRecord failed = outcomeOf("stage('D') { node { dir('WS') { GATE; error 'broke' } } }", Result.FAILURE);
        assertThat(basis(failed).failedFiles()).isEqualTo(FailedFiles.NONE);
        assertThat(sources(failed)).doesNotContain("failed-lately");
        repository.write("README.md", "Again.\n").commit("Describe it otherwise");
        // The base is still the one before that failed, so its files are in this change too.
        ChangeRecord next = outcomeOf(deploy, Result.SUCCESS);
        assertThat(basis(next).failedFiles())
                .isEqualTo(new FailedFiles(
                        1, failed.id(), failed.ended().orElseThrow().at(), false));
        assertThat(basis(next).sentences())
                .anySatisfy(sentence -> assertThat(sentence).startsWith("1 of its files was in " + failed.id()));
        assertThat(sources(next)).contains("failed-lately");
        assertThat(basis(next).revert()).isNull();
        String described = repository.head();
        repository.write("README.md", "Elsewhere.\n").commit("As it was");
        ChangeRecord undoing = outcomeOf(deploy, Result.SUCCESS);
        assertThat(basis(undoing).revert().commit()).isEqualTo(described);
        assertThat(basis(undoing).failedFiles()).isEqualTo(FailedFiles.NONE);
    }

    private static Basis basis(ChangeRecord record) {
        return record.opened().judgement().basis().orElseThrow();
    }

    private static List<String> sources(ChangeRecord record) {
        return record.opened().judgement().assessment().contributions().stream()
                .map(Contribution::source)
                .toList();
    }

    @Test
    void aRejectedChangeHasNoOutcome() throws Exception {
        repository.write("db/migration/V1.sql", "DROP TABLE a;\n").commit("Drop it");
        WorkflowJob job = gates.deploying(repository);
        WorkflowRun run = gates.start(job, "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        gates.reject("lead", run, "No.");
        jenkins.waitForCompletion(run);
        // what follows the run is settled one after the other on the same threads
        Thread.sleep(500);
        assertThat(Gates.record(run).ended()).isEmpty();
        assertThat(Gates.record(run).history().get(1)).isInstanceOf(ChangeEvent.Decided.class);
    }
}
