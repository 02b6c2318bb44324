package io.jenkins.plugins.changegate.signal;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.changegate.Gates;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.record.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import tools.jackson.databind.JsonNode;

/** A change is put before policies that are kept and evaluated elsewhere, as by Open Policy Agent. */
@WithJenkins
@Timeout(300)
class SentChangeTest {

    private static final String REFUSES = """
            environments: {production: {pass-up-to: high, approvals: {low: [{from: 'user:lead'}]}}}
            rules:
            - {name: opa, when: '!signals.opa', refuse: true, because: Our policy does not allow it.}
            """;

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private Gates gates;
    private TestRepository repository;
    private String base;
    private OpaServer server;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        gates = new Gates(rule).secured();
        repository = Gates.repository(directory.resolve("repo"));
        gates.deployFirst(gates.deploying(repository));
        base = repository.head();
        server = new OpaServer(SentChangeTest::allows);
        ChangeGateSignals.get().setAllowedHosts(server.place());
        ChangeGateSignals.get()
                .setHttp(List.of(new HttpSignal("opa", server.place() + OpaServer.PATH, null, "/result", null, true)));
        ChangeGateConfiguration.get().setPolicy(REFUSES);
    }

    @AfterEach
    void tearDown() {
        server.close();
    }

    /** Nothing below {@code db/} to production, and it has no word to say of what is below {@code odd/}. */
    private static String allows(JsonNode input) {
        for (JsonNode file : input.path("files")) {
            String path = file.path("path").asString("");
            if (path.startsWith("odd/")) {
                return null;
            }
            if (path.startsWith("db/") && input.path("environment").asString("").equals("production")) {
                return "false";
            }
        }
        return "true";
    }

    private WorkflowJob job() throws Exception {
        return gates.pipeline(
                "shop", Gates.script(repository, "\nchangeGate environment: 'production', service: 'shop'"));
    }

    private WorkflowRun run(Result result) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(gates.start(job(), "dev")));
    }

    private static Decision decision(WorkflowRun run) throws Exception {
        return Gates.record(run).decided().orElseThrow().decision();
    }

    @Test
    void whatThePolicyElsewhereForbidsIsRefusedAndWhatItAllowsPasses() throws Exception {
        String head = repository.write("docs/a.md", "more").commit("Only words");
        WorkflowRun allowed = run(Result.SUCCESS);
        assertThat(decision(allowed)).isEqualTo(Decision.PASSED);
        assertThat(server.inputs()).hasSize(1);
        JsonNode input = server.inputs().get(0);
        assertThat(input.path("service").asString()).isEqualTo("shop");
        assertThat(input.path("environment").asString()).isEqualTo("production");
        assertThat(input.path("job").asString()).isEqualTo("shop");
        assertThat(input.path("build").asInt()).isEqualTo(allowed.getNumber());
        assertThat(input.path("base").asString()).isEqualTo(base);
        assertThat(input.path("head").asString()).isEqualTo(head);
        assertThat(input.path("complete").asBoolean()).isTrue();
        assertThat(input.path("totals").toString()).contains("\"files\":1", "\"added\":1", "\"deleted\":0");
        assertThat(input.path("files").toString())
                .isEqualTo(
                        "[{\"path\":\"docs/a.md\",\"status\":\"added\",\"added\":1,\"deleted\":0,\"binary\":false}]");
        assertThat(input.path("commits").path(0).path("id").asString()).isEqualTo(head);
        assertThat(input.path("commits").path(0).path("subject").asString()).isEqualTo("Only words");
        assertThat(input.toString()).as("nobody is told of").doesNotContain("@example", "author", "\"dev\"");

        repository.write("db/V2.sql", "drop table a;").commit("Drop a table");
        WorkflowRun forbidden = run(Result.FAILURE);
        assertThat(decision(forbidden)).isEqualTo(Decision.REFUSED);
        jenkins.assertLogContains("Our policy does not allow it.", forbidden);
        assertThat(server.inputs()).as("another change is asked about anew").hasSize(2);
    }

    @Test
    void whatItLeavesUndefinedOrCannotBeReachedForAsks() throws Exception {
        repository.write("odd/a.md", "more").commit("Odd words");
        assertThat(gates.waitForPrompt(gates.start(job(), "dev"))
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons())
                .anyMatch(why -> why.contains("the signal opa is not known: its answer has nothing at /result"));
        server.close();
        repository.delete("odd/a.md").write("docs/a.md", "more").commit("More words");
        assertThat(gates.waitForPrompt(gates.start(job(), "dev"))
                        .opened()
                        .judgement()
                        .verdict()
                        .reasons())
                .anyMatch(why -> why.contains("the signal opa is not known: it could not be reached"));
    }

    @Test
    void aChangeOfWhichNothingIsKnownIsNotSent() throws Exception {
        SignalSource.Request unknown = new SignalSource.Request(null, "shop", "production", "a".repeat(40), null);
        SignalCollector.Collected found = SignalCollector.get().collect(Set.of("opa"), Map.of(), unknown);
        assertThat(found.unknown()).containsEntry("opa", "it is asked with the change, and what changes is not known");
        assertThat(server.inputs()).isEmpty();
    }
}
