package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * That a Jenkins which starts again has all that was known when its process was killed, and that record and pipeline
 * agree. Runs in that process.
 */
final class KillAgreement {

    private KillAgreement() {}

    /** Returns how many runs Pipeline itself broke, at gates and at plain inputs. */
    static HashMap<String, Integer> agree(JenkinsRule rule, ArrayList<Killed> killed) throws Exception {
        HashMap<String, Integer> broken = new HashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int gate = 0; gate < KillTest.GATES; gate++) {
            Broken plain = brokenByPipeline(rule, KillTest.control(gate), end);
            broken.merge("inputs: " + plain, 1, Integer::sum);
            WorkflowRun run = lastRun(rule, KillTest.control(gate));
            if (run.isBuilding()) {
                run.doKill();
            }
        }
        for (Killed each : killed) {
            try {
                Broken own = each.wentOn() ? brokenByPipeline(rule, each.job(), end) : Broken.NOT;
                broken.merge("gates: " + own, 1, Integer::sum);
                if (own == Broken.NOT) {
                    agree(rule, each);
                } else {
                    recordIsRight(rule, each);
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError(each + ": " + e.getMessage(), e);
            }
        }
        assertThat(PendingGates.get().all()).isEmpty();
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
        return broken;
    }

    /** What Pipeline can do to a run when it is killed between two of its files. */
    private enum Broken {
        NOT,
        STANDS_STILL,
        LOST_ITS_GRAPH
    }

    /**
     * Whether a run stands still or fails without that a step has a part in it: Pipeline saves its program and its
     * graph one after the other, and rewrites its graph at the end, and can be killed in between.
     *
     * @param end until when it is waited for, in nanoseconds
     */
    private static Broken brokenByPipeline(JenkinsRule rule, String job, long end) throws Exception {
        WorkflowRun run = lastRun(rule, job);
        while (run.isBuilding() && Gates.prompts(run) == 0 && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        if (run.isBuilding()) {
            return Gates.prompts(run) == 0 ? Broken.STANDS_STILL : Broken.NOT;
        }
        // What Pipeline writes whichever of its files it misses; plain inputs' runs have it too.
        return JenkinsRule.getLog(run).contains("Creating placeholder flownodes because failed loading originals")
                ? Broken.LOST_ITS_GRAPH
                : Broken.NOT;
    }

    private static WorkflowRun lastRun(JenkinsRule rule, String job) {
        return rule.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    /** The decision must be there all the same, and the gate have no part in what Pipeline broke. */
    private static void recordIsRight(JenkinsRule rule, Killed killed) throws Exception {
        WorkflowRun run = lastRun(rule, killed.job());
        if (run.isBuilding()) {
            assertThat(run.getExecution().getCurrentExecutions(true).get(30, TimeUnit.SECONDS))
                    .as("steps at work in " + run)
                    .noneMatch(step -> step.getClass().getSimpleName().equals("ChangeGateExecution"));
            assertThat(Gates.prompts(run)).isZero();
            // Not waited for: a plain input's run that stands still does not always end either.
            run.doKill();
        }
        assertThat(ChangeRecords.get()
                        .store()
                        .find(killed.number())
                        .orElseThrow()
                        .decided()
                        .orElseThrow()
                        .decision())
                .isEqualTo(killed.decision());
    }

    private static void agree(JenkinsRule rule, Killed killed) throws Exception {
        Gates gates = new Gates(rule);
        WorkflowRun run =
                rule.jenkins.getItemByFullName(killed.job(), WorkflowJob.class).getLastBuild();
        Gates.await(run, r -> !r.isBuilding() || Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.number()).isEqualTo(killed.number());
        assertThat(record.version()).isGreaterThanOrEqualTo(killed.version());
        assertThat(record.ballot().votes()).isNotEmpty();
        if (record.decided().isEmpty()) {
            assertThat(killed.answered()).isFalse();
            assertThat(gates.clickAsScript("lead2", run, "proceedEmpty").getStatusCode())
                    .isEqualTo(200);
        }
        rule.waitForCompletion(run);
        record = Gates.record(run);
        assertThat(record.history().stream().filter(ChangeEvent.Decided.class::isInstance))
                .hasSize(1);
        Decision decision = record.decided().orElseThrow().decision();
        if (killed.decision() != null) {
            assertThat(decision).isEqualTo(killed.decision()).isEqualTo(killed.act().decision);
        }
        assertThat(Gates.prompts(run)).isZero();
        if (decision.lets()) {
            rule.assertBuildStatus(Result.SUCCESS, run);
            rule.assertLogContains("went on: " + decision.key(), run);
            assertThat(Gates.waitForOutcome(run).history().stream().filter(ChangeEvent.Ended.class::isInstance))
                    .hasSize(1);
        } else {
            rule.assertBuildStatus(Result.ABORTED, run);
            rule.assertLogNotContains("went on", run);
            // The build's own copy of the causes is saved last, and may be missing.
            FlowInterruptedException end =
                    (FlowInterruptedException) run.getExecution().getCauseOfFailure();
            assertThat(end.getCauses()).anyMatch(ChangeRejected.class::isInstance);
            assertThat(record.ended()).isEmpty();
        }
    }
}
