package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Changes that would pass are drawn at random, and then ask. */
@WithJenkins
class AuditTest {

    @TempDir
    Path directory;

    @Test
    void whatIsDrawnAsksAndARetryOrAFurtherCommitDrawsNothingElse(JenkinsRule jenkins) throws Exception {
        Gates gates = new Gates(jenkins).secured();
        TestRepository repository = Gates.repository(directory);
        WorkflowJob job = gates.deploying(repository);
        repository.write(".changegate.yml", "environments: {production: {audit: 100}}\n");
        repository.commit("Audit everything");
        gates.deployFirst(job);
        repository.write("src/Main.java", "class Main { int a; }\n").commit("Add a field");
        Set<Double> lots = new HashSet<>();
        for (int again = 0; again < 2; again++) {
            WorkflowRun run = gates.start(job, "dev");
            ChangeRecord record = gates.waitForPrompt(run);
            assertThat(record.opened().judgement().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
            assertThat(record.opened().judgement().verdict().reasons())
                    .anyMatch(reason -> reason.startsWith("It was drawn for the random audit: 100 %"));
            lots.add(record.opened().judgement().basis().orElseThrow().lot());
            run.doStop();
            jenkins.waitForCompletion(run);
            repository.write("src/Main.java", "class Main { int b; }\n").commit("Another name");
        }
        assertThat(lots).hasSize(1).allMatch(lot -> lot >= 0 && lot < 1);
    }

    @Test
    void lotsOfOtherTargetsAreOtherOnesAndSpreadEvenly(JenkinsRule jenkins) {
        assertThat(jenkins.jenkins).isNotNull();
        int below = 0;
        Set<Double> all = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            double lot = AuditLot.of("shop", "production", "base" + i);
            all.add(lot);
            below += lot < 0.25 ? 1 : 0;
        }
        assertThat(all).hasSize(2_000);
        // Six standard deviations around what is expected.
        assertThat(below).isBetween(500 - 117, 500 + 117);
        assertThat(AuditLot.of("a", "b1", "c")).isNotEqualTo(AuditLot.of("a", "b", "1c"));
        assertThat(AuditLot.of("a", "b", "c")).isEqualTo(AuditLot.of("a", "b", "c"));
    }
}
