package io.jenkins.plugins.changegate.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.nio.file.Path;
import java.util.Map;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A pipeline that says itself how a deployment ended. */
@WithJenkins
class ChangeOutcomeStepTest {

    private static final String GATE = "changeGate environment: 'production', service: 'shop'\n";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void observe(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        ChangeGateConfiguration.get().setPolicy("mode: observe");
        repository = Gates.repository(directory);
    }

    private WorkflowRun run(String job, String script, Result expected) throws Exception {
        WorkflowRun run = gates.start(gates.pipeline(job, script), "dev");
        jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(run));
        return run;
    }

    private ChangeRecord deployed(String script, Result expected) throws Exception {
        return Gates.waitForOutcome(run("shop", script, expected));
    }

    private static ChangeRecord now(ChangeRecord record) throws Exception {
        return ChangeRecords.get().store().find(record.number()).orElseThrow();
    }

    @Test
    void withinTheDeploymentItIsTheOutcomeAndTheEndOfTheStageAddsNothing() throws Exception {
        ChangeRecord record = deployed(
                Gates.script(
                        repository,
                        GATE + "changeOutcome outcome: 'successful-with-issues', because: 'It was slow', incident:"
                                + " 'INC1', incidentUrl: 'https://incidents.example/1'"),
                Result.SUCCESS);
        assertThat(record.ended().orElseThrow().outcome()).isEqualTo(Outcome.SUCCESSFUL_WITH_ISSUES);
        assertThat(record.ended().orElseThrow().because()).isEqualTo("It was slow");
        assertThat(now(record).links())
                .containsExactly(new Link(Link.Kind.INCIDENT, "INC1", "https://incidents.example/1"));
        ChangeRecord declarative = deployed("""
                pipeline {
                  agent any
                  stages {
                    stage('Deploy') {
                      steps {
                        dir('WS') {
                          changeGate environment: 'qa', service: 'shop'
                          changeOutcome 'unsuccessful'
                        }
                      }
                      post { always { changeOutcome outcome: 'unsuccessful', incident: 'INC2' } }
                    }
                  }
                }
                """.replace("WS", directory.toString()), Result.SUCCESS);
        assertThat(declarative.ended().orElseThrow().because()).isEqualTo("The pipeline says so.");
        assertThat(now(declarative).history())
                .as("opened, decided, ended, linked: what is said twice is one")
                .hasSize(4);
        assertThat(ChangeRecords.get().store().verify()).isEmpty();
    }

    @Test
    void afterwardsItMaySayThatItWentWorseAndNotThatItWentBetter() throws Exception {
        String deploy = Gates.script(repository, GATE);
        ChangeRecord record = deployed(
                deploy + "\nstage('After') { changeOutcome outcome: 'unsuccessful', because: 'Orders were lost' }",
                Result.SUCCESS);
        assertThat(now(record).outcome()).contains(Outcome.UNSUCCESSFUL);
        assertThat(now(record).isDeployed()).isTrue();
        WorkflowRun better = run(
                "shop",
                "changeOutcome outcome: 'successful', because: 'All is well', change: '" + record.id() + "'",
                Result.FAILURE);
        jenkins.assertLogContains("A pipeline speaks for those who wrote it", better);
        assertThat(now(record).outcome()).contains(Outcome.UNSUCCESSFUL);
        run("shop", "changeOutcome outcome: null, change: '" + record.id() + "', incident: 'INC3'", Result.SUCCESS);
        assertThat(now(record).links()).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidClearly() throws Exception {
        jenkins.assertLogContains(
                "No gate of this build has let a change through",
                run("a", "changeOutcome 'successful'", Result.FAILURE));
        jenkins.assertLogContains(
                "it has to be one of successful, successful-with-issues, unsuccessful",
                run("a", "changeOutcome 'SUCCESS'", Result.FAILURE));
        jenkins.assertLogContains("has to say something", run("a", "changeOutcome outcome: ''", Result.FAILURE));
        jenkins.assertLogContains(
                "has to begin with http:// or https://",
                run("a", "changeOutcome outcome: '', incident: 'I', incidentUrl: 'javascript:x'", Result.FAILURE));
        String two = Gates.script(repository, GATE).replace("'Deploy'", "'One'")
                + Gates.script(repository, GATE.replace("production", "qa")).replace("'Deploy'", "'Two'");
        WorkflowRun both = run(
                "shop", two.replace("} } }stage", "} } }\nstage") + "\nchangeOutcome 'unsuccessful'", Result.FAILURE);
        jenkins.assertLogContains("It is not clear which change is meant", both);
        jenkins.assertLogContains(Gates.record(both).id() + " to qa", both);
    }

    @Test
    void aChangeOfAnotherJobIsForAUserWhoMayCloseItAndNotForTheSystem() throws Exception {
        ChangeRecord record = deployed(Gates.script(repository, GATE), Result.SUCCESS);
        String say =
                "changeOutcome outcome: 'unsuccessful', because: 'The probe failed', change: '" + record.id() + "'";
        String refusal = "There is no change " + record.id() + " of which this build may speak";
        jenkins.assertLogContains(refusal, run("probe", say, Result.FAILURE));
        jenkins.assertLogContains(
                "There is no change CHG-999999 of which this build may speak",
                run("probe", say.replace(record.id(), "CHG-999999"), Result.FAILURE));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("probe", User.getById("manager", true).impersonate2()));
        jenkins.assertLogContains(refusal, run("probe", say, Result.FAILURE));
        assertThat(now(record)).isEqualTo(record);
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(ChangePermissions.CLOSE)
                .everywhere()
                .to("manager");
        run("probe", say, Result.SUCCESS);
        assertThat(now(record).outcome()).contains(Outcome.UNSUCCESSFUL);
    }

    @Test
    void theStepAsPipelineAndTheSnippetGeneratorSeeIt() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ChangeOutcomeStep whole = new ChangeOutcomeStep("unsuccessful");
        whole.setBecause("Orders were lost");
        whole.setIncident("INC1");
        whole.setIncidentUrl("https://incidents.example/1");
        whole.setChange("CHG-000123");
        StepConfigTester tester = new StepConfigTester(jenkins);
        jenkins.assertEqualDataBoundBeans(whole, tester.configRoundTrip(whole));
        ChangeOutcomeStep plain = new ChangeOutcomeStep("successful");
        jenkins.assertEqualDataBoundBeans(plain, tester.configRoundTrip(plain));
        assertThat(DescribableModel.of(ChangeOutcomeStep.class)
                        .uninstantiate2(plain)
                        .toMap())
                .isEqualTo(Map.of("outcome", "successful"));
        new SnippetizerTester(jenkins).assertRoundTrip(plain, "changeOutcome 'successful'");
        String descriptor = "descriptor/" + ChangeOutcomeStep.class.getName() + "/help";
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            for (DescribableParameter parameter :
                    DescribableModel.of(ChangeOutcomeStep.class).getParameters()) {
                assertThat(client.goTo(descriptor + "/" + parameter.getName()).asNormalizedText())
                        .as(parameter.getName())
                        .hasSizeGreaterThan(40);
            }
        }
    }
}
