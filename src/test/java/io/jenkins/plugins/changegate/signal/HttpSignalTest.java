package io.jenkins.plugins.changegate.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.changegate.http.AnswerServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Signals that another system knows, fetched from a real one on the loopback interface. */
@WithJenkins
@Timeout(300)
class HttpSignalTest {

    private static final SignalSource.Request REQUEST =
            new SignalSource.Request(null, "pay/ments", "production", "a".repeat(40), null);

    private AnswerServer server;
    private AnswerServer other;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        server = new AnswerServer();
        other = new AnswerServer();
        ChangeGateSignals.get().setAllowedHosts(server.place());
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("s3cret")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "odd", "", Secret.fromString("s3cret\nX: y")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "user", "", "gate", "pa55w0rd!!!!!!!"));
    }

    @AfterEach
    void tearDown() {
        server.close();
        other.close();
    }

    private static HttpSignal signal(String name, String url, String credentialsId, String pointer) {
        return new HttpSignal(name, url, credentialsId, pointer, 2, false);
    }

    private static SignalCollector.Collected ask(HttpSignal... signals) throws Exception {
        ChangeGateSignals.get().setHttp(List.of(signals));
        Map<String, Boolean> names = new TreeMap<>();
        for (HttpSignal signal : signals) {
            names.put(signal.getName(), true);
        }
        return SignalCollector.get().collect(names.keySet(), Map.of(), REQUEST);
    }

    @Test
    void valuesAreFetchedOfTheServiceWithTheCredentialAndKeptForAWhile() throws Exception {
        String path = "/api/pay%2Fments/production/" + "a".repeat(40);
        server.put(path, 200, "{\"coverage\": 81.5, \"incidents\": {\"open\": 2}}");
        server.put("/budget", 200, "42\n");
        server.put("/user", 200, "true");
        String url = server.place() + "/api/{service}/{environment}/{head}?e={environment}";
        SignalCollector.Collected found = ask(
                signal("coverage", url, "token", "/coverage"),
                signal("budget", server.place() + "/budget", "", ""),
                signal("user", server.place() + "/user", "user", "/a"));
        assertThat(found.known().get("coverage").value()).isEqualTo(81.5);
        assertThat(found.known().get("coverage").claimed()).isFalse();
        assertThat(found.known().get("budget").value()).isEqualTo("42");
        assertThat(found.unknown()).containsExactly(Map.entry("user", "its answer has nothing at /a"));
        assertThat(server.calls())
                .containsExactlyInAnyOrder(
                        "GET " + path + "?e=production Bearer s3cret",
                        "GET /budget null",
                        "GET /user Basic Z2F0ZTpwYTU1dzByZCEhISEhISE=");
        assertThat(ask(signal("incidents.open", url, "token", "/incidents/open"))
                        .known()
                        .get("incidents.open")
                        .value())
                .isEqualTo(2L);
        assertThat(server.calls()).as("kept").hasSize(3);
        assertThat(ask(signal("coverage", url, "user", "/coverage")).known()).hasSize(1);
        assertThat(server.calls()).as("by another credential").hasSize(4);
    }

    @Test
    void whatIsKeptIsAskedAgainAfterAMinute() throws Exception {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        HttpAnswers answers = new HttpAnswers(now::get);
        HttpAnswers.Question question = new HttpAnswers.Question(URI.create(server.place() + "/a"), null, "");
        for (int i = 0; i < 3; i++) {
            server.put("/a", 200, "" + i);
            assertThat(answers.of(question, Duration.ofSeconds(10))).asString().isEqualTo(i < 2 ? "0" : "2");
            now.addAndGet(Duration.ofSeconds(31).toNanos());
        }
        server.put("/a", 200, "other");
        assertThat(answers.of(new HttpAnswers.Question(question.address(), null, "{}"), Duration.ofSeconds(10)))
                .as("what is sent makes it another question")
                .asString()
                .isEqualTo("other");
        for (int i = 0; i < 150; i++) {
            server.put("/" + i, 200, "x");
            answers.of(
                    new HttpAnswers.Question(URI.create(server.place() + "/" + i), null, ""), Duration.ofSeconds(10));
        }
        server.put("/0", 200, "y");
        assertThat(answers.of(
                        new HttpAnswers.Question(URI.create(server.place() + "/0"), null, ""), Duration.ofSeconds(10)))
                .asString()
                .isEqualTo("y");
    }

    @Test
    void whatCannotBeHadIsUnknownAndNothingOfItOrTheCredentialIsSaidAnywhere() throws Exception {
        server.put("/broken", 500, "body-of-500");
        server.put("/missing", 404, "body-of-404");
        server.put("/moved", 302, other.place() + "/stolen");
        server.put("/moved-here", 301, server.place() + "/good");
        server.put("/good", 200, "{\"a\": {\"b\": \"body-of-good\"}}");
        server.put("/words", 200, "body-of-words");
        server.put("/large", 200, " ".repeat(64 * 1024 + 1));
        server.put("/just", 200, " ".repeat(64 * 1024 - 1) + "1");
        other.put("/stolen", 200, "1");
        String here = server.place();
        try (LogRecorder log = new LogRecorder()
                .record(Logger.getLogger("io.jenkins.plugins.changegate"), Level.ALL)
                .record(Logger.getLogger("jdk.httpclient"), Level.ALL)
                .capture(10_000)) {
            SignalCollector.Collected found = ask(
                    signal("broken", here + "/broken", "token", "/a"),
                    signal("missing", here + "/missing", "token", "/a"),
                    signal("moved", here + "/moved", "token", "/a"),
                    signal("movedHere", here + "/moved-here", "token", "/a"),
                    signal("object", here + "/good", "token", "/a"),
                    signal("nowhere", here + "/good", "token", "/c"),
                    signal("words", here + "/words", "token", "/a"),
                    signal("large", here + "/large", "token", ""),
                    signal("just", here + "/just", "token", ""),
                    signal("endless", here + "/endless", "token", ""),
                    signal("hang", here + "/hang", "token", "/a"),
                    signal("drip", here + "/drip", "token", "/a"),
                    signal("elsewhere", other.place() + "/stolen", "token", ""),
                    signal("secure", here.replace("http:", "https:") + "/good", "token", ""),
                    signal("gone", here + "/good", "nosuch", "/a"),
                    signal("odd", here + "/good", "odd", "/a"));
            assertThat(found.known()).containsOnlyKeys("just");
            assertThat(new TreeMap<>(found.unknown()))
                    .isEqualTo(new TreeMap<>(Map.ofEntries(
                            Map.entry("broken", "it was answered with status 500"),
                            Map.entry("missing", "it was answered with status 404"),
                            Map.entry("moved", "it was answered with status 302"),
                            Map.entry("movedHere", "it was answered with status 301"),
                            Map.entry("object", "its answer has no single value at /a"),
                            Map.entry("nowhere", "its answer has nothing at /c"),
                            Map.entry("words", "its answer is not JSON"),
                            Map.entry("large", "its answer is larger than 64 KiB"),
                            Map.entry("endless", "its answer is larger than 64 KiB"),
                            Map.entry("hang", "there was no answer within 2 seconds"),
                            Map.entry("drip", "there was no answer within 2 seconds"),
                            Map.entry("elsewhere", "no administrator has allowed its host"),
                            Map.entry("secure", "no administrator has allowed its host"),
                            Map.entry("gone", "its credential is gone"),
                            Map.entry("odd", "its credential cannot be sent"))));
            assertThat(other.calls()).as("calls of another host").isEmpty();
            assertThat(log.getMessages().toString()
                            + log.getRecords().stream()
                                    .map(record -> String.valueOf(record.getThrown()))
                                    .toList())
                    .doesNotContain("s3cret", "body-of");
        }
        server.close();
        assertThat(ask(signal("down", here + "/down", "", "")).unknown().get("down"))
                .isEqualTo("it could not be reached (ConnectException)");
    }

    @Test
    void nothingIsCalledThatNoRuleAsksFor() throws Exception {
        server.put("/a", 200, "1");
        ChangeGateSignals.get()
                .setHttp(List.of(
                        signal("a", server.place() + "/a", "", ""), signal("b", server.place() + "/b", "", "")));
        assertThat(SignalCollector.get().collect(Set.of("a"), Map.of(), REQUEST).known())
                .containsOnlyKeys("a");
        assertThat(server.calls()).containsExactly("GET /a null");
        ChangeGateSignals.get().setAllowedHosts("");
        assertThat(SignalCollector.get().collect(Set.of("a"), Map.of(), REQUEST).unknown())
                .as("kept, but not allowed any more")
                .containsOnlyKeys("a");
    }
}
