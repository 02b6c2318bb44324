package io.jenkins.plugins.changegate.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.step.ChangesAction;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What users of the input step rely on, and get here as well; docs/input.md has the whole table. */
@WithJenkins
class InputBehaviourTest {

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

    private WorkflowRun waiting(String script) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline("shop", Gates.script(repository, script)), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private static FlowNode gate(WorkflowRun run) throws Exception {
        ChangesAction.Reference reference = ChangesAction.of(run).get(0);
        return run.getExecution().getNode(reference.node());
    }

    @Test
    void theIdInTheAddressIsTheChangesNumberAndNothingElseIsThere() throws Exception {
        WorkflowRun run = waiting("changeGate environment: 'production', service: '../&%#\"x'");
        ChangeRecord record = Gates.record(run);
        assertThat(record.id()).matches("CHG-\\d{6}");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("lead");
            client.goTo(run.getUrl() + "input/");
            assertThat(client.goTo(run.getUrl() + "input/").getForms())
                    .extracting(form -> form.getActionAttribute())
                    .contains(record.id() + "/submit");
        }
        stop(run);
    }

    @Test
    void theConsoleOffersBothAnswersAsLinksThatPost() throws Exception {
        WorkflowRun run = waiting("changeGate environment: 'production', service: 'shop'");
        jenkins.waitForMessage("Approve or Reject", run);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.login("lead");
            WebRequest log = new WebRequest(
                    new URL(jenkins.getURL(), run.getUrl() + "logText/progressiveHtml?start=0"), HttpMethod.GET);
            String html = client.getPage(log).getWebResponse().getContentAsString();
            String prompt = jenkins.getURL() + run.getUrl() + "input/"
                    + Gates.record(run).id();
            assertThat(Pattern.compile("data-encoded-url='([^']+)'")
                            .matcher(html)
                            .results()
                            .map(match -> new String(Base64.getDecoder().decode(match.group(1)), UTF_8))
                            .map(url -> URLDecoder.decode(url, UTF_8)))
                    .containsExactly(prompt + "/proceedEmpty", prompt + "/abort");
        }
        stop(run);
    }

    @Test
    void whoAnsweredIsInTheResultAndOnTheNode() throws Exception {
        WorkflowRun run = waiting("""
                def d = changeGate environment: 'production', service: 'shop'
                echo "${d.outcome} by ${d.approvers}"
                """);
        gates.approve("lead", run);
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("approved by [lead, lead2]", run);
        assertThat(gate(run).getActions(InputSubmittedAction.class))
                .extracting(InputSubmittedAction::getApprover)
                .contains("lead", "lead2");
    }

    @Test
    void thePauseEndsWithTheAnswerAndCountsTheWholeWait() throws Exception {
        WorkflowRun run = waiting("changeGate environment: 'production', service: 'shop'");
        jenkins.waitForMessage("Approve or Reject", run);
        long began = PauseAction.getPauseActions(gate(run)).get(0).getStartTime();
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        assertThat(PauseAction.isPaused(gate(run))).isTrue();
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        List<PauseAction> pauses = PauseAction.getPauseActions(gate(run));
        assertThat(pauses).noneMatch(PauseAction::isPaused);
        assertThat(pauses.get(0).getStartTime()).isEqualTo(began);
    }

    @Test
    void aRejectionIsNotRetried() throws Exception {
        WorkflowRun run = waiting("retry(3) { changeGate environment: 'production', service: 'shop' }");
        gates.reject("lead", run, "No.");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(ChangesAction.of(run)).hasSize(1);
    }

    @Test
    void aRejectionCanBeCaughtAndTheNodeHasIt() throws Exception {
        WorkflowRun run = waiting("""
                catchError(buildResult: 'UNSTABLE', stageResult: 'UNSTABLE') {
                  changeGate environment: 'production', service: 'shop'
                  echo 'past the gate'
                }
                """);
        gates.reject("lead", run, "No.");
        jenkins.waitForCompletion(run);
        jenkins.assertLogNotContains("past the gate", run);
        assertThat(new DepthFirstScanner()
                        .allNodes(run.getExecution()).stream()
                                .filter(node -> node.getAction(ErrorAction.class) != null)
                                .map(FlowNode::getId))
                .contains(gate(run).getId());
    }
}
