package io.jenkins.plugins.changegate.connect;

import static io.jenkins.plugins.changegate.connect.Connections.await;
import static io.jenkins.plugins.changegate.connect.Connections.configure;
import static io.jenkins.plugins.changegate.connect.Kept.decided;
import static io.jenkins.plugins.changegate.connect.Kept.ended;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Changes kept in a Jira Service Management that checks what its documentation says. */
@WithJenkins
class JiraServiceManagementTest {

    private Connections changes;
    private JiraServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        changes = new Connections(rule.buildAndAssertSuccess(rule.createFreeStyleProject("free")));
        server = new JiraServer(0);
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(server.mistakes()).isEmpty();
    }

    private JiraServiceManagement there() {
        return new JiraServiceManagement(server.url(), "gate", "3", "25");
    }

    private void awaitStatus(int request, String status) throws Exception {
        await(
                status,
                () -> server.requests().size() > request
                        && server.requests().get(request).status.equals(status));
    }

    @Test
    void aChangeIsCreatedTakenOnAndCompletedEachOnce() throws Exception {
        configure(server, there());
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        await("the link", () -> Connections.now(record).links().size() == 1);
        assertThat(Connections.now(record).links())
                .containsExactly(new Link(Link.Kind.CHANGE_REQUEST, "OPS-1", server.url() + "/browse/OPS-1"));
        JiraServer.Request request = server.requests().get(0);
        assertThat(request.values.get("summary").asString())
                .startsWith(record.id() + " [")
                .endsWith("] Deploy shop to production");
        assertThat(request.values.get("description").asString()).contains("Risk: high, 62 of 100");
        changes.add(record, decided(Decision.APPROVED));
        awaitStatus(0, "Implementing");
        changes.add(record, ended(Outcome.SUCCESSFUL));
        awaitStatus(0, "Completed");
        // A transition that its workflow does not offer leaves the comment.
        changes.add(record, new ChangeEvent.Corrected(Instant.now(), Outcome.UNSUCCESSFUL, "lead", "{It} [~failed]."));
        await("the correction", () -> request.comments.size() == 3);
        assertThat(request.comments)
                .satisfiesExactly(
                        comment -> assertThat(comment).contains("approved by lead"),
                        comment -> assertThat(comment).contains("successful. The stage ended."),
                        comment -> assertThat(comment)
                                .endsWith("{noformat}Deployment unsuccessful. (It) [~failed].{noformat}"));
        long posted = server.calls("POST");
        long looked = server.calls("GET");
        new Connector.Start().onLoaded();
        await("a look", () -> server.calls("GET") > looked);
        await("nothing waits", () -> Connector.get().waiting() == 0);
        assertThat(server.calls("POST")).isEqualTo(posted);

        changes.add(changes.open(ChangeType.NORMAL, Verdict.Kind.ASK), decided(Decision.EXPIRED));
        awaitStatus(1, "Declined");
        changes.add(
                changes.open(ChangeType.NORMAL, Verdict.Kind.PASS),
                decided(Decision.PASSED),
                ended(Outcome.UNSUCCESSFUL));
        awaitStatus(2, "Failed");
    }

    @Test
    void whatIsSlowBusyOrLostIsToldInTheEndAndOnce() throws Exception {
        Connector.get().setPace(new Outbox.Pace(Duration.ofMillis(5), Duration.ofMillis(50)), Duration.ofMillis(500));
        configure(server, there());
        server.next(SystemServer.HANG, 503);
        server.lose("POST");
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        changes.add(record, decided(Decision.PASSED));
        awaitStatus(0, "Implementing");
        await("the link", () -> Connections.now(record).links().size() == 1);
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).comments).hasSize(1);
    }

    @Test
    void whatIsRefusedOrForbiddenIsSaid() throws Exception {
        configure(server, there());
        server.next("POST", 400);
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        awaitProblem(record.id() + ": status 400 to POST /rest/servicedeskapi/request");
        changes.add(record, decided(Decision.APPROVED));
        awaitStatus(0, "Implementing");
        await("no problem", () -> Connector.get().problems().isEmpty());
        server.next("GET", 403);
        changes.add(record, ended(Outcome.SUCCESSFUL));
        awaitProblem("status 403 to GET");
        int calls = server.calls().size();
        changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        await("it waits", () -> Connector.get().waiting() == 2);
        assertThat(server.calls()).hasSize(calls);
        Connector.get().again();
        awaitStatus(0, "Completed");
    }

    private static void awaitProblem(String message) throws Exception {
        await(
                message,
                () -> Connector.get().problems().values().stream()
                        .anyMatch(problem -> problem.message().contains(message)));
    }
}
