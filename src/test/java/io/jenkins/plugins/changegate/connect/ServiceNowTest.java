package io.jenkins.plugins.changegate.connect;

import static io.jenkins.plugins.changegate.connect.Connections.await;
import static io.jenkins.plugins.changegate.connect.Connections.configure;
import static io.jenkins.plugins.changegate.connect.Kept.decided;
import static io.jenkins.plugins.changegate.connect.Kept.ended;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import tools.jackson.databind.node.ObjectNode;

/** Changes kept in a ServiceNow that checks what its documentation says. */
@WithJenkins
class ServiceNowTest {

    private final LogRecorder log = new LogRecorder();
    private JenkinsRule jenkins;
    private Connections changes;
    private ServiceNowServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        changes = new Connections(rule.buildAndAssertSuccess(rule.createFreeStyleProject("free")));
        server = new ServiceNowServer(0);
        log.recordPackage(Connector.class, Level.ALL).capture(1000);
    }

    @AfterEach
    void close() {
        server.close();
        // Whatever a test does to it, it is asked for nothing that is not documented.
        assertThat(server.mistakes()).isEmpty();
    }

    private ServiceNow there() {
        return new ServiceNow(server.url() + "/", "gate");
    }

    private ObjectNode awaitState(String state) throws Exception {
        await(
                "state " + state,
                () -> server.requests().stream()
                        .anyMatch(request -> request.get("state").asString().equals(state)));
        assertThat(server.requests()).hasSize(1);
        return server.requests().get(0);
    }

    private static void awaitQuiet() throws Exception {
        await("nothing waits", () -> Connector.get().waiting() == 0);
    }

    @Test
    void aChangeIsCreatedTakenOnAndClosedAndItsPageHasTheLink() throws Exception {
        ServiceNow there = there();
        there.setAssignmentGroup("Change managers");
        there.setChangeModel("No such model");
        configure(server, there);
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        ObjectNode request = awaitState("-3");
        assertThat(request.get("correlation_id").asString()).isEqualTo(record.id());
        assertThat(request.get("business_service").asString()).isEqualTo(ServiceNowServer.SERVICE);
        assertThat(request.get("assignment_group").asString()).isEqualTo(ServiceNowServer.GROUP);
        assertThat(request.has("chg_model")).isFalse();
        assertThat(request.get("description").asString())
                .contains(jenkins.getURL() + "job/free/1/change/" + record.id() + "/");
        Link link = new Link(
                Link.Kind.CHANGE_REQUEST,
                request.get("number").asString(),
                server.url() + "/change_request.do?sys_id="
                        + request.get("sys_id").asString());
        await("the link", () -> Connections.now(record).links().equals(List.of(link)));

        changes.add(record, decided(Decision.APPROVED));
        assertThat(awaitState("-1").get("work_notes").asString()).contains("approved by lead");
        changes.add(record, ended(Outcome.SUCCESSFUL));
        ObjectNode closed = awaitState("3");
        assertThat(closed.get("close_code").asString()).isEqualTo("successful");
        assertThat(server.states()).containsExactly("-4", "-3", "-2", "-1", "0", "3");

        // How it ended is corrected; the same is told again and again; the link is written once.
        changes.add(record, new ChangeEvent.Corrected(Instant.now(), Outcome.SUCCESSFUL_WITH_ISSUES, "lead", "Slow."));
        await("the correction", () -> closed.get("close_code").asString().equals("successful_issues"));
        awaitQuiet();
        long changed = server.calls("PATCH");
        long looked = server.calls("GET");
        new Connector.Start().onLoaded();
        await("a look", () -> server.calls("GET") > looked);
        for (int i = 0; i < 3; i++) {
            Connector.get().onChange(record, record.opened());
        }
        awaitQuiet();
        assertThat(server.calls("PATCH")).isEqualTo(changed);
        assertThat(server.calls("POST")).isEqualTo(1);
        assertThat(Connections.now(record).links()).containsExactly(link);
        assertThat(new RecordJson().show(Connections.now(record))).doesNotContain(SystemServer.PASSWORD);
    }

    @Test
    void eachTypeGoesItsOwnWay() throws Exception {
        configure(server, there());
        changes.add(changes.open(ChangeType.NORMAL, Verdict.Kind.ASK), decided(Decision.REJECTED));
        awaitState("4");
        awaitQuiet();
        int before = server.states().size();
        ChangeRecord standard = changes.open(ChangeType.STANDARD, Verdict.Kind.PASS);
        changes.add(standard, decided(Decision.PASSED), ended(Outcome.SUCCESSFUL));
        await("closed", () -> server.states().contains("3"));
        assertThat(server.states().subList(before, server.states().size())).containsExactly("-2", "-1", "0", "3");
        ChangeRecord emergency = changes.open(ChangeType.EMERGENCY, Verdict.Kind.ASK);
        changes.add(emergency, decided(Decision.APPROVED), ended(Outcome.UNSUCCESSFUL));
        await("review", () -> server.states().size() == before + 8);
        assertThat(server.states().subList(before + 4, before + 8)).containsExactly("-3", "-2", "-1", "0");
        changes.add(emergency, new ChangeEvent.Reviewed(Instant.now(), "lead", "The index was missing."));
        await("closed", () -> server.states().size() == before + 9);
        assertThat(server.requests().stream()
                        .filter(request -> request.get("type").asString().equals("emergency")))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.get("state").asString()).isEqualTo("3");
                    assertThat(request.get("close_code").asString()).isEqualTo("unsuccessful");
                    assertThat(request.get("work_notes").asString()).contains("The index was missing.");
                });
    }

    @Test
    void aRequestThatSomebodyTookAwayIsNotToldAndNotFoundAgain() throws Exception {
        configure(server, there());
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        ObjectNode request = awaitState("-3");
        await("the link", () -> !Connections.now(record).links().isEmpty());
        Link link = Connections.now(record).links().get(0);
        changes.add(
                record,
                new ChangeEvent.Unlinked(Instant.now(), link, "lead", "It is another change's."),
                decided(Decision.APPROVED));
        changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        await("another change", () -> server.requests().size() == 2);
        new Connector.Start().onLoaded();
        awaitQuiet();
        assertThat(request.get("state").asString()).isEqualTo("-3");
        assertThat(Connections.now(record).links()).isEmpty();
        assertThat(server.requests()).hasSize(2);

        changes.add(record, new ChangeEvent.Linked(Instant.now(), link, "lead"), ended(Outcome.SUCCESSFUL));
        await("told again", () -> request.get("state").asString().equals("3"));
        assertThat(Connections.now(record).links()).containsExactly(link);
    }

    @Test
    void whatIsRefusedIsSaidAndNotAskedAgain() throws Exception {
        configure(server, there());
        server.next("POST", 400);
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        awaitProblem(record.id() + ": status 400 to POST /api/now/table/change_request");
        awaitQuiet();
        assertThat(server.calls("POST")).isEqualTo(1);
        // The gate knows nothing of it, and the next event brings it up to date.
        changes.add(record, decided(Decision.APPROVED));
        awaitState("-1");
        awaitQuiet();
        assertThat(Connector.get().problems()).isEmpty();
        // Rules of its owner may be against a single act; that concerns no other change.
        server.next("PATCH", 403);
        long changed = server.calls("PATCH");
        changes.add(record, ended(Outcome.SUCCESSFUL));
        awaitProblem(record.id() + ": status 403 to PATCH ");
        awaitQuiet();
        assertThat(server.calls("PATCH")).isEqualTo(changed + 1);
        changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        await("another one", () -> server.requests().size() == 2);
        await("no problem", () -> Connector.get().problems().isEmpty());
        assertThat(String.join("\n", log.getMessages())).contains("status 400").doesNotContain("belongs in no log");
    }

    private static void awaitProblem(String message) throws Exception {
        await(
                message,
                () -> Connector.get().problems().values().stream()
                        .anyMatch(problem -> problem.message().contains(message)));
    }

    @Test
    void whatIsSlowOrBusyIsToldInTheEndAndOnce() throws Exception {
        Connector.get().setPace(new Outbox.Pace(Duration.ofMillis(5), Duration.ofMillis(50)), Duration.ofMillis(500));
        configure(server, there());
        server.next(SystemServer.HANG, 503, 429, 302, SystemServer.HANG);
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        changes.add(record, decided(Decision.PASSED));
        // The gate has gone on long before.
        assertThat(Connections.now(record).decided()).isPresent();
        awaitState("-1");
        await("the link", () -> !Connections.now(record).links().isEmpty());
        // Not at once: on a busy machine the answer after that may be late too.
        await("no problem", () -> Connector.get().problems().isEmpty());
    }

    @Test
    void whatWasCreatedWithoutAnAnswerIsFoundAgain() throws Exception {
        Connector.get().setPace(new Outbox.Pace(Duration.ofMillis(5), Duration.ofMillis(50)), Duration.ofMillis(500));
        server.lose("POST");
        configure(server, there());
        changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        awaitState("-3");
        awaitQuiet();
        assertThat(server.calls("POST")).isEqualTo(1);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whatCouldNotBeToldBeforeJenkinsStoppedIsToldWhenItStarts() throws Exception {
        int port = server.port();
        server.close();
        configure(server, there());
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        changes.add(record, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL));
        await("a problem", () -> !Connector.get().problems().isEmpty());
        assertThat(Connector.get().problems().values())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("could not be reached"));
        // What waits in memory is gone, as it is when Jenkins stops; the store has all.
        ChangeGateConnections.get().setSystems(List.of());
        assertThat(Connector.get().waiting()).isZero();
        server = new ServiceNowServer(port);
        ChangeGateConnections.get().setSystems(List.of(there()));
        new Connector.Start().onLoaded();
        awaitState("3");
        await("the link", () -> Connections.now(record).links().size() == 1);
    }

    @Test
    void aWrongCredentialIsTriedOnceAndNothingTellsIt() throws Exception {
        String wrong = "wr0ng-password-of-the-gate";
        String header =
                Base64.getEncoder().encodeToString((SystemServer.USER + ":" + wrong).getBytes(StandardCharsets.UTF_8));
        Connections.credential("gate", wrong);
        configure(server, there());
        ChangeRecord record = changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        await("a problem", () -> !Connector.get().problems().isEmpty());
        for (int i = 0; i < 5; i++) {
            changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        }
        changes.add(record, decided(Decision.APPROVED));
        await("all are told of", () -> Connector.get().waiting() == 6);
        assertThat(server.calls()).hasSize(1);
        ConnectionMonitor monitor = ExtensionList.lookupSingleton(ConnectionMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getProblems())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + server.port(), "status 401 to GET /api/now/table/change_request");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String page = client.goTo("manage").getWebResponse().getContentAsString();
            assertThat(page).contains("could not keep changes in other systems", "status 401");
            String form = client.goTo("configure").getWebResponse().getContentAsString();
            String list = client.goTo("changes/records/").getWebResponse().getContentAsString();
            String export =
                    client.goTo("changes/records/jsonl", null).getWebResponse().getContentAsString();
            assertThat(export).contains("opened");
            for (String shown : List.of(page, form, list, export, new RecordJson().show(Connections.now(record)))) {
                assertThat(shown).doesNotContain(wrong, header, "belongs in no log");
            }
        }
        assertThat(log.getMessages())
                .anyMatch(message -> message.contains("status 401"))
                .noneMatch(message -> message.contains(wrong) || message.contains(header));
        assertThat(String.join("\n", log.getMessages())).doesNotContain("belongs in no log");

        Connections.credential("gate", SystemServer.PASSWORD);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            jenkins.submit(client.goTo("manage").getForms().stream()
                    .filter(form -> form.getActionAttribute().endsWith("/retry"))
                    .findFirst()
                    .orElseThrow());
        }
        await("all", () -> server.requests().size() == 6);
        await("no problem", () -> Connector.get().problems().isEmpty());
    }

    @Test
    void onlyWhatIsWantedGoesOnlyWhereItMay() throws Exception {
        ServiceNow other = there();
        other.setEnvironments("staging, testing");
        ServiceNow asked = there();
        asked.setVerdicts("ask");
        asked.setTiers("staging,production");
        ServiceNow dry = there();
        dry.setDry(true);
        configure(server, other, asked, dry);
        ChangeRecord passed = changes.open(ChangeType.NORMAL, Verdict.Kind.PASS);
        changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        awaitState("-3");
        await(
                "dry",
                () -> log.getMessages().stream()
                        .anyMatch(message -> message.contains("would be told of " + passed.id())));
        awaitQuiet();
        assertThat(server.requests()).hasSize(1);

        int before = server.calls().size();
        ChangeGateConnections.get().setAllowedHosts("other.example.org");
        changes.open(ChangeType.NORMAL, Verdict.Kind.ASK);
        await("a problem", () -> !Connector.get().problems().isEmpty());
        assertThat(Connector.get().problems().values())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("no administrator has allowed its host"));
        assertThat(server.calls()).hasSize(before);
    }
}
