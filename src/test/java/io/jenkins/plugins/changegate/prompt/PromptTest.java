package io.jenkins.plugins.changegate.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.step.ChangeCancelled;
import io.jenkins.plugins.changegate.step.ChangeRejected;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.InterruptedBuildAction;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may answer a prompt, and what an answer does. */
@WithJenkins
class PromptTest {

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
        WorkflowRun run = gates.start(gates.deploying(repository), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private void assertTurnedAway(WorkflowRun run, String user, String button, String message) throws Exception {
        WebResponse response = gates.click(user, run, Gates.record(run).id(), button);
        assertThat(response.getStatusCode()).isGreaterThanOrEqualTo(400);
        assertThat(response.getContentAsString()).contains(message);
        assertThat(Gates.record(run).version()).isEqualTo(1);
        assertThat(Gates.prompts(run)).isEqualTo(1);
        assertThat(run.getActions(ApproverAction.class)).isEmpty();
        jenkins.assertLogNotContains("Approved by", run);
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proceedEmpty", "proceed"})
    void whoMayNotApproveIsTurnedAwayBeforeAnythingIsLogged(String button) throws Exception {
        repository.write("a", "b").commit("By the manager", new Person("Max Manager", "manager@example.org"));
        WorkflowRun run = waiting();
        assertTurnedAway(run, "dev", button, "You started this run");
        assertTurnedAway(run, "manager", button, "You are an author of this change");
        assertTurnedAway(run, "other", button, "you are not one of them");
        assertTurnedAway(run, "reader", button, "you are not one of them");
        assertTurnedAway(run, "approver", button, "you are not one of them");
        assertTurnedAway(run, "admin", button, "you are not one of them");
        stop(run);
    }

    @Test
    void everybodyWhoseClicksBecameTheRunIsTurnedAway() throws Exception {
        WorkflowJob job = gates.deploying(repository);
        job.scheduleBuild2(3, Gates.startedBy("dev"));
        WorkflowRun run = Objects.requireNonNull(job.scheduleBuild2(3, Gates.startedBy("lead")))
                .waitForStart();
        gates.waitForPrompt(run);
        assertTurnedAway(run, "dev", "proceedEmpty", "You started this run");
        assertTurnedAway(run, "lead", "proceedEmpty", "You started this run");
        stop(run);
    }

    @Test
    void onePersonCountsOnce() throws Exception {
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        WebResponse again = gates.click("lead", run, Gates.record(run).id(), "proceedEmpty");
        assertThat(again.getContentAsString()).contains("You have approved this change already");
        assertThat(Gates.record(run).ballot().votes()).hasSize(1);
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        ChangeRecord record = Gates.record(run);
        assertThat(record.decided().orElseThrow().because()).isEqualTo("Approved by lead, lead2.");
        assertThat(run.getActions(ApproverAction.class)).hasSize(2);
    }

    @Test
    void pipelineGraphViewOffersEveryPromptOfAGate() throws Exception {
        WorkflowRun run = waiting();
        String id = Gates.record(run).id();
        assertThat(graphView(run)).contains(id).contains("Approve");
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        assertThat(graphView(run)).contains(id).contains("Approve");
        stop(run);
    }

    /** What Pipeline Graph View's front end reads to show a step and its buttons. */
    private String graphView(WorkflowRun run) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("lead2");
            JSONArray steps = JSONObject.fromObject(client.goTo(run.getUrl() + "stages/allSteps", "application/json")
                            .getWebResponse()
                            .getContentAsString())
                    .getJSONObject("data")
                    .getJSONArray("steps");
            return steps.stream()
                    .map(JSONObject.class::cast)
                    .map(step -> String.valueOf(step.get("inputStep")))
                    .collect(Collectors.joining());
        }
    }

    @Test
    void rejectingEndsTheRunAsAbortedWithACauseThatNamesWho() throws Exception {
        WorkflowRun run = waiting();
        gates.reject("lead", run, "Not before the holidays.");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        ChangeEvent.Decided decided = Gates.record(run).decided().orElseThrow();
        assertThat(decided.decision()).isEqualTo(Decision.REJECTED);
        assertThat(decided.by()).isEqualTo("lead");
        assertThat(decided.comment()).isEqualTo("Not before the holidays.");
        List<CauseOfInterruption> causes =
                run.getAction(InterruptedBuildAction.class).getCauses();
        assertThat(causes).hasSize(1).first().isInstanceOf(ChangeRejected.class);
        assertThat(((ChangeRejected) causes.get(0)).getUser()).isEqualTo("lead");
        jenkins.assertLogNotContains("deployed", run);
    }

    @Test
    void aSandboxedPipelineCanReadWhoRejectedAndWhy() throws Exception {
        String script = """
                try {
                  changeGate environment: 'production', service: 'shop'
                } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {
                  def cause = e.causes[0]
                  echo "caught ${cause.changeId} by ${cause.user}: ${cause.because}"
                  throw e
                }
                """;
        WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, script)), "dev");
        ChangeRecord record = gates.waitForPrompt(run);
        gates.reject("lead", run, "No.");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("caught " + record.id() + " by lead: Rejected by lead: No.", run);
    }

    @Test
    void withdrawingByJobCancelIsNoRejection() throws Exception {
        WorkflowRun run = waiting();
        gates.click("dev", run, Gates.record(run).id(), "abort");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        ChangeEvent.Decided decided = Gates.record(run).decided().orElseThrow();
        assertThat(decided.decision()).isEqualTo(Decision.CANCELLED);
        assertThat(decided.by()).isEqualTo("dev");
    }

    @Test
    void stoppingTheRunIsCancelledNotRejected() throws Exception {
        WorkflowRun run = waiting();
        stop(run);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertThat(Gates.record(run).decided().orElseThrow().decision()).isEqualTo(Decision.CANCELLED);
        assertThat(run.getAction(InterruptedBuildAction.class).getCauses()).anyMatch(ChangeCancelled.class::isInstance);
        assertThat(Gates.prompts(run)).isZero();
    }

    @Test
    void rejectingWithoutACommentChangesNothingAndSaysInTheLogWhereToGiveOne() throws Exception {
        WorkflowRun run = waiting();
        String id = Gates.record(run).id();
        WebResponse response = gates.click("lead", run, id, "abort");
        assertThat(response.getStatusCode()).isGreaterThanOrEqualTo(400);
        assertThat(response.getContentAsString())
                .contains("To reject it, say why on its page")
                .contains("/change/" + id);
        assertThat(Gates.record(run).version()).isEqualTo(1);
        assertThat(Gates.prompts(run)).isEqualTo(1);
        jenkins.assertLogContains("lead wants to reject " + id, run);
        // Pipeline Graph View shows neither the answer nor the log, but what the prompt asks.
        assertThat(graphView(run)).contains("To reject it, say why on its page").contains("/change/" + id);
        stop(run);
    }

    @Test
    void whoIsTurnedAwayFindsTheReasonInTheLogButCannotFillIt() throws Exception {
        WorkflowRun run = waiting();
        for (int i = 0; i < 3; i++) {
            gates.click("dev", run, Gates.record(run).id(), "proceedEmpty");
        }
        assertThat(JenkinsRule.getLog(run)).containsOnlyOnce("dev did not get through: ");
        stop(run);
    }

    @Test
    void aRightThatIsTakenAwayCountsAtOnceAlsoInAnOpenSession() throws Exception {
        WorkflowRun run = waiting();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.login("lead");
            gates.leadIsNoTeamLeadAnyMore();
            String address = run.getUrl() + "input/" + Gates.record(run).id() + "/proceedEmpty";
            WebResponse response = client.getPage(new WebRequest(client.createCrumbedUrl(address), HttpMethod.POST))
                    .getWebResponse();
            assertThat(response.getContentAsString()).contains("you are not one of them");
        }
        assertThat(Gates.record(run).version()).isEqualTo(1);
        stop(run);
    }

    @Test
    void anApprovalOfSomebodyWhoHasLostTheRightCountsNoLonger() throws Exception {
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        gates.leadIsNoTeamLeadAnyMore();
        gates.approve("lead2", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        ChangeRecord record = Gates.record(run);
        assertThat(record.decided()).isEmpty();
        assertThat(record.ballot().missing()).containsExactly("1 more of team-leads");
        jenkins.assertLogContains("lead may not approve this change any more", run);
        stop(run);
    }

    @Test
    void whoMayNeitherApproveNorStopCannotEndIt() throws Exception {
        WorkflowRun run = waiting();
        WebResponse response = gates.click("other", run, Gates.record(run).id(), "abort");
        assertThat(response.getStatusCode()).isGreaterThanOrEqualTo(400);
        assertThat(Gates.record(run).decided()).isEmpty();
        stop(run);
    }

    @Test
    void administratorsApprovingPastTheInputStepChangeNothing() throws Exception {
        WorkflowRun run = waiting();
        ChangeRecord record = Gates.record(run);
        WebResponse response = gates.click("admin", run, record.id(), "submit?proceed=Approve&json=%7B%7D");
        assertThat(response.getStatusCode()).isGreaterThanOrEqualTo(400);
        assertThat(Gates.record(run).version()).isEqualTo(1);
        assertThat(Gates.prompts(run)).isEqualTo(1);
        stop(run);
    }

    @Test
    void simultaneousClicksAllCountOnceAndTheRunGoesOnOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String gate = "changeGate environment: 'production', service: 'shop" + round + "'";
            WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, gate)), "dev");
            gates.waitForPrompt(run);
            String id = Gates.record(run).id();
            ExecutorService pool = Executors.newFixedThreadPool(3);
            try {
                List<Future<WebResponse>> clicks = pool.invokeAll(List.<Callable<WebResponse>>of(
                        () -> gates.click("lead", run, id, "proceedEmpty"),
                        () -> gates.click("lead2", run, id, "proceedEmpty"),
                        () -> gates.click("dev", run, id, "abort")));
                for (Future<WebResponse> click : clicks) {
                    click.get();
                }
            } finally {
                pool.shutdown();
            }
            if (Gates.record(run).decided().isEmpty()) {
                stop(run);
            }
            jenkins.waitForCompletion(run);
            ChangeRecord record = Gates.record(run);
            Decision decision = record.decided().orElseThrow().decision();
            assertThat(run.getResult()).isEqualTo(decision.lets() ? Result.SUCCESS : Result.ABORTED);
            assertThat(record.history().stream().filter(ChangeEvent.Decided.class::isInstance))
                    .hasSize(1);
            assertThat(Gates.prompts(run)).isZero();
        }
    }

    @Test
    void holdersOfChangeApproveAreAskedWhereNoPolicyNamesAnybody() throws Exception {
        ChangeGateConfiguration.get().setPolicy("");
        WorkflowRun run = waiting();
        assertTurnedAway(run, "admin", "proceedEmpty", "holders of Change/Approve");
        gates.approve("approver", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }
}
