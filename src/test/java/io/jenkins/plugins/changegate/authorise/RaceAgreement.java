package io.jenkins.plugins.changegate.authorise;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.step.ChangeInterruption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * That record, pipeline, log and prompt of an ended run agree on one decision.
 *
 * @param store has the record
 */
record RaceAgreement(ChangeStore store) {

    private static final Pattern DECIDED = Pattern.compile(
            "(?m)^\\[Change Gate] (passed|approved|rejected|expired|superseded|cancelled|refused|overridden): (CHG-\\d+)\\. (.*)$");
    private static final Pattern WENT_ON = Pattern.compile("(?m)^went on: (.+)$");

    void of(WorkflowRun ended, boolean propagating, long change, boolean stopped) throws Exception {
        awaitEnd(ended);
        ChangeRecord record = store.find(change).orElseThrow();
        Decision decision = record.decided().orElseThrow().decision();
        assertThat(record.history().stream().filter(ChangeEvent.Decided.class::isInstance))
                .as("%s", record.history())
                .hasSize(1);
        if (decision == Decision.APPROVED) {
            assertThat(record.ballot().isComplete()).as("%s", record.ballot()).isTrue();
        }
        assertThat(Gates.prompts(ended)).isZero();
        assertThat(PendingGates.get().find(change)).isEmpty();
        agrees(ended, propagating, record, stopped);
        if (decision.lets()) {
            record = Gates.waitForOutcome(ended);
        }
        int after = record.history().indexOf(record.decided().orElseThrow()) + (decision.lets() ? 2 : 1);
        assertThat(record.history())
                .as("nothing but the outcome comes after the decision")
                .hasSize(after);
    }

    private static void agrees(WorkflowRun ended, boolean propagating, ChangeRecord record, boolean stopped)
            throws Exception {
        ChangeEvent.Decided decided = record.decided().orElseThrow();
        String key = decided.decision().key();
        String log = JenkinsRule.getLog(ended);
        List<MatchResult> lines = DECIDED.matcher(log).results().toList();
        assertThat(lines).as(log).hasSize(1);
        assertThat(lines.get(0).group(1)).isEqualTo(key);
        assertThat(lines.get(0).group(2)).isEqualTo(record.id());
        assertThat(lines.get(0).group(3)).isEqualTo(decided.because());
        List<String> wentOn =
                WENT_ON.matcher(log).results().map(match -> match.group(1)).toList();
        List<CauseOfInterruption> all = ended.getActions(InterruptedBuildAction.class).stream()
                .flatMap(action -> action.getCauses().stream())
                .toList();
        List<String> causes = all.stream()
                .filter(ChangeInterruption.class::isInstance)
                .map(ChangeInterruption.class::cast)
                .map(cause -> cause.getChangeId() + " " + cause.getDecision())
                .toList();
        if (stopped && wentOn.isEmpty() && causes.isEmpty()) {
            // Stopped when the gate had answered and the pipeline not gone on yet: Pipeline drops the answer.
            assertThat(all).hasAtLeastOneElementOfType(CauseOfInterruption.UserInterruption.class);
            assertThat(ended.getResult()).isEqualTo(Result.ABORTED);
        } else if (decided.decision().lets() || !propagating && causes.isEmpty()) {
            assertThat(wentOn).as(log).containsExactly(key);
            assertThat(causes).isEmpty();
            // A run that is stopped ends as stopped, however far it had come.
            assertThat(ended.getResult()).isIn(Result.SUCCESS, stopped ? Result.ABORTED : Result.SUCCESS);
        } else {
            assertThat(wentOn).as(log).isEmpty();
            assertThat(causes).as(log).containsExactly(record.id() + " " + key);
            assertThat(ended.getResult()).isEqualTo(Result.ABORTED);
            assertThat(propagating || stopped && decided.decision() == Decision.CANCELLED)
                    .isTrue();
        }
    }

    /** Waits until a run has ended and its log is complete. */
    static void awaitEnd(WorkflowRun run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (run.isBuilding() || run.isLogUpdated()) {
            assertThat(System.nanoTime())
                    .as("the end of %s", JenkinsRule.getLog(run))
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }
}
