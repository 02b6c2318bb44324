package io.jenkins.plugins.changegate.people;

import static io.jenkins.plugins.changegate.people.Absences.TOMORROW;
import static io.jenkins.plugins.changegate.people.Absences.YESTERDAY;
import static io.jenkins.plugins.changegate.people.Absences.absent;
import static io.jenkins.plugins.changegate.people.Absences.user;
import static io.jenkins.plugins.changegate.people.Absences.users;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a deputy may do in the place of somebody who is absent. */
@WithJenkins
class AbsenceDeputyTest {

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        gates = new Gates(rule).secured();
        users();
    }

    @Test
    void deputyVotesInTheAbsentOnesPlaceAndBothAreOneVote() throws Exception {
        absent("lead", "other");
        WorkflowRun run = waiting();
        gates.approve("other", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        Vote vote = Gates.record(run).ballot().votes().get(0);
        assertThat(vote.voter()).isEqualTo("other");
        assertThat(vote.standsInFor()).isEqualTo("lead");
        jenkins.assertLogContains("approved by other in the place of lead", run);
        assertTurnedAway(run, "lead", "other has approved this change in your place");
        assertThat(Gates.record(run).ballot().votes()).hasSize(1);
        gates.approve("lead2", run);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
    }

    @Test
    void whoVotedThemselvesHasNoDeputyAnyMore() throws Exception {
        absent("lead", "other");
        WorkflowRun run = waiting();
        gates.approve("lead", run);
        Gates.await(run, r -> Gates.prompts(r) == 1);
        assertTurnedAway(run, "other", "you are not one of them");
        stop(run);
    }

    @Test
    void nobodyElseGetsAnythingByIt() throws Exception {
        repository().write("a", "b").commit("By a lead", new Person("lead2", "lead2@example.org"));
        absent("lead", "other");
        // Who deputises for a deputy, for an author, and for those who come back or have not left yet.
        absent("other", "reader");
        absent("lead2", "manager");
        user("approver").addProperty(new Absence("2020-01-01", "2020-01-02", "admin"));
        WorkflowRun run = waiting();
        for (String user : List.of("reader", "manager", "admin", "dev")) {
            assertTurnedAway(run, user, user.equals("dev") ? "You started this run" : "you are not one of them");
        }
        user("lead").addProperty(new Absence(YESTERDAY, YESTERDAY, "other"));
        assertTurnedAway(run, "other", "you are not one of them");
        user("lead").addProperty(new Absence(TOMORROW, "", "other"));
        assertTurnedAway(run, "other", "you are not one of them");
        assertThat(Gates.record(run).version()).isEqualTo(1);
        user("lead").addProperty(new Absence(YESTERDAY, "", "other"));
        gates.approve("other", run);
        stop(run);
    }

    @Test
    void authorsAreNobodysDeputy() throws Exception {
        repository().write("a", "b").commit("By the deputy", new Person("other", "other@example.org"));
        absent("lead", "other");
        WorkflowRun run = waiting();
        assertTurnedAway(run, "other", "You are an author of this change");
        stop(run);
    }

    private TestRepository repository() {
        if (repository == null) {
            repository = Gates.repository(directory);
        }
        return repository;
    }

    private WorkflowRun waiting() throws Exception {
        WorkflowRun run = gates.start(gates.deploying(repository()), "dev");
        gates.waitForPrompt(run);
        return run;
    }

    private void assertTurnedAway(WorkflowRun run, String user, String message) throws Exception {
        int version = Gates.record(run).version();
        WebResponse response = gates.click(user, run, Gates.record(run).id(), "proceedEmpty");
        assertThat(response.getStatusCode()).as(user).isGreaterThanOrEqualTo(400);
        assertThat(response.getContentAsString()).as(user).contains(message);
        assertThat(Gates.record(run).version()).isEqualTo(version);
    }

    private void stop(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }
}
