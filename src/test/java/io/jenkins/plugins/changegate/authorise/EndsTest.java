package io.jenkins.plugins.changegate.authorise;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import io.jenkins.plugins.changegate.step.ChangeExpired;
import io.jenkins.plugins.changegate.step.ChangeSuperseded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** All the ways in which waiting ends other than by a click on the prompt: time, a newer change, an override. */
@WithJenkins
class EndsTest {

    private static final String TERMS = """
                expire-after: 3 days
                remind-after: 4 hours
                escalate: { after: 8 hours, to: change-managers }
            """;

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory);
    }

    private WorkflowRun waiting() throws Exception {
        return waiting("changeGate environment: 'production', service: 'shop'");
    }

    private WorkflowRun waiting(String script) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, script)), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private static void organisationSays(String terms) {
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY + terms);
    }

    private static ChangeRecord after(WorkflowRun run, Duration time) throws Exception {
        return Clock.catchUp(
                ChangeRecords.get().store(),
                Gates.record(run).number(),
                Instant.now().plus(time));
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private static CauseOfInterruption cause(WorkflowRun run) {
        return run.getAction(InterruptedBuildAction.class).getCauses().get(0);
    }

    private Authorisation.Answer override(WorkflowRun run, String user, String reason) throws Exception {
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById(user, true)))) {
            return new Authorisation(
                            ChangeRecords.get().store(), Gates.record(run).number(), run.getParent())
                    .override(Jenkins.getAuthentication2(), reason);
        }
    }

    @Test
    void aNewerChangeThatReachesTheGateTakesTheOlderOnesPlace() throws Exception {
        WorkflowRun older = waiting();
        WorkflowRun newer = waiting();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(older));
        ChangeEvent.Decided decided = Gates.record(older).decided().orElseThrow();
        assertThat(decided.decision()).isEqualTo(Decision.SUPERSEDED);
        assertThat(decided.because()).contains(Gates.record(newer).id());
        assertThat(cause(older)).isInstanceOf(ChangeSuperseded.class);
        assertThat(Gates.prompts(older)).isZero();
        assertThat(Gates.prompts(newer)).isEqualTo(1);
        stop(newer);
    }

    @Test
    void aNewerChangeThatIsRefusedDoesNot() throws Exception {
        WorkflowRun older = waiting();
        repository
                .write(
                        ".changegate.yml",
                        "rules: [{name: no, when: 'change.files >= 0', refuse: true, because: It is Friday.}]")
                .commit("Refuse everything");
        // The first deployment asks; rules are judged when there is something to compare with.
        WorkflowRun refused = gates.start(
                gates.pipeline(
                        "other",
                        Gates.script(
                                repository, "changeGate environment: 'production', service: 'shop', base: 'HEAD~1'")),
                "dev");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(refused));
        assertThat(Gates.record(refused).decided().orElseThrow().decision()).isEqualTo(Decision.REFUSED);
        assertThat(Gates.record(older).decided()).isEmpty();
        assertThat(Gates.prompts(older)).isEqualTo(1);
        stop(older);
    }

    @Test
    void aNewerBuildThatFailsBeforeTheGateDoesNot() throws Exception {
        WorkflowRun older = waiting();
        gates.pipeline("shop", "error 'does not compile'");
        WorkflowRun failed = gates.start(older.getParent(), "dev");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(failed));
        assertThat(Gates.prompts(older)).isEqualTo(1);
        stop(older);
    }

    @Test
    void changesOfOtherTargetsAndGatesOfOneBuildWaitBesideEachOther() throws Exception {
        WorkflowRun run = waiting();
        WorkflowRun parallel = gates.start(gates.pipeline("both", """
                        parallel a: { changeGate environment: 'production', service: 'blog' },
                                 b: { changeGate environment: 'production', service: 'blog' },
                                 c: { changeGate environment: 'live-eu', service: 'shop' }
                        """), "dev");
        Gates.await(parallel, r -> Gates.prompts(r) == 3);
        assertThat(Gates.prompts(run)).isEqualTo(1);
        assertThat(PendingGates.get().all()).hasSize(4);
        stop(parallel);
        stop(run);
        assertThat(PendingGates.get().all()).isEmpty();
    }

    @Test
    void nobodyDecidingInTimeExpiresAndNeverApproves() throws Exception {
        organisationSays(TERMS);
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        assertThat(after(run, Duration.ofHours(71)).decided()).isEmpty();
        assertThat(after(run, Duration.ofHours(73)).decided().orElseThrow().decision())
                .isEqualTo(Decision.EXPIRED);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(cause(run)).isInstanceOf(ChangeExpired.class);
        jenkins.assertLogContains("Nobody decided within 3 days.", run);
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    void whoIsNeededIsRemindedOnceForEachTimeAlsoIfJenkinsWasDownForLonger() throws Exception {
        organisationSays("    remind-after: 4 hours\n");
        WorkflowRun run = waiting();
        assertThat(after(run, Duration.ofHours(3)).version()).isEqualTo(1);
        assertThat(after(run, Duration.ofHours(13)).version()).isEqualTo(2);
        assertThat(after(run, Duration.ofHours(16)).version()).isEqualTo(2);
        assertThat(after(run, Duration.ofHours(18)).version()).isEqualTo(3);
        jenkins.assertLogContains("those who may approve it are reminded", run);
        stop(run);
    }

    @Test
    void standInsMayApproveOnceNobodyHasInTime() throws Exception {
        organisationSays(TERMS);
        WorkflowRun run = waiting();
        assertThat(gates.click("manager", run, Gates.record(run).id(), "proceedEmpty")
                        .getContentAsString())
                .contains("you are not one of them");
        after(run, Duration.ofHours(9));
        jenkins.assertLogContains("change-managers may approve it as well", run);
        gates.approve("manager", run);
        gates.approve("lead", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }

    @Test
    void overridingNeedsThePermissionAndAReasonAndIsReviewed() throws Exception {
        WorkflowRun run = waiting();
        assertThat(override(run, "lead", "Hurry").denied().orElseThrow()).contains("Change/Override");
        assertThat(override(run, "admin", " ").denied().orElseThrow()).contains("the reason was empty");
        assertThat(Gates.record(run).version()).isEqualTo(1);
        assertThat(override(run, "admin", "The shop is down").denied()).isEmpty();
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        ChangeRecord record = Gates.record(run);
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.OVERRIDDEN);
        assertThat(record.decided().orElseThrow().comment()).isEqualTo("The shop is down");
        assertThat(record.review()).isPresent();
        jenkins.assertLogContains("Overridden by admin: The shop is down", run);
        assertThat(override(run, "admin", "Again").denied().orElseThrow()).contains("was overridden already");
    }

    @Test
    void anApprovalCanBeTakenBackUntilTheEnd() throws Exception {
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        try (ACLContext ignored = ACL.as(Objects.requireNonNull(User.getById("lead", true)))) {
            Authorisation authorisation = new Authorisation(
                    ChangeRecords.get().store(), Gates.record(run).number(), run.getParent());
            assertThat(authorisation.withdraw(Jenkins.getAuthentication2()).denied())
                    .isEmpty();
            assertThat(authorisation.withdraw(Jenkins.getAuthentication2()).denied())
                    .isPresent();
        }
        gates.approve("lead2", run);
        assertThat(Gates.record(run).decided()).isEmpty();
        gates.approve("lead", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }

    @Test
    void aPipelineThatBranchesGetsTheDecisionInsteadOfAnError() throws Exception {
        WorkflowRun run = waiting("""
                def d = changeGate environment: 'production', service: 'shop', propagate: false
                echo "went ${d.outcome} by ${d.by}: ${d.because}"
                """);
        gates.reject("lead", run, "Not today");
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("went rejected by lead: Rejected by lead: Not today", run);
        assertThat(Gates.record(run).ended()).isEmpty();
    }

    @Test
    void stoppingTheRunStopsItAlsoIfThePipelineBranches() throws Exception {
        WorkflowRun run = waiting("changeGate environment: 'production', service: 'shop', propagate: false");
        stop(run);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    void aSandboxedPipelineCanTellTheEndsApart() throws Exception {
        WorkflowRun older = waiting("""
                try {
                  changeGate environment: 'production', service: 'shop'
                } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {
                  echo "it was ${e.causes[0].decision}"
                  if (e.causes[0] instanceof io.jenkins.plugins.changegate.step.ChangeSuperseded) { echo 'by class, too' }
                  throw e
                }
                """);
        WorkflowRun newer = waiting();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(older));
        jenkins.assertLogContains("it was superseded", older);
        jenkins.assertLogContains("by class, too", older);
        stop(newer);
    }

    @Test
    void aTimeoutAroundTheGateIsCancelledAndStillATimeout() throws Exception {
        WorkflowRun run = gates.start(
                gates.pipeline(
                        "shop",
                        "timeout(time: 3, unit: 'SECONDS') { changeGate environment: 'production', service: 'shop' }"),
                "dev");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.CANCELLED);
        assertThat(run.getAction(InterruptedBuildAction.class).getCauses())
                .anyMatch(TimeoutStepExecution.ExceededTimeout.class::isInstance);
    }

    @Test
    void aReplayAsksAgain() throws Exception {
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        ChangeGateConfiguration.get().setPolicy(Gates.POLICY.replace("pass-up-to: low", "pass-up-to: none"));
        String script = ((CpsFlowDefinition) run.getParent().getDefinition()).getScript();
        WorkflowRun replayed = (WorkflowRun)
                run.getAction(ReplayAction.class).run(script, Map.of()).waitForStart();
        gates.waitForPrompt(replayed);
        assertThat(Gates.record(replayed).number())
                .isNotEqualTo(Gates.record(run).number());
        assertThat(Gates.record(replayed).ballot().votes()).isEmpty();
        stop(replayed);
    }
}
