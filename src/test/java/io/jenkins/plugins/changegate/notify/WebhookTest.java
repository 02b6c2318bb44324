package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What webhooks are told, how it is signed, and what happens when they do not listen. */
@WithJenkins
class WebhookTest {

    private static final String SECRET = "s3cret-ÄÖ";

    private JenkinsRule jenkins;
    private Run<?, ?> run;
    private final LogRecorder log = new LogRecorder();

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        run = rule.buildAndAssertSuccess(rule.createFreeStyleProject("free"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString(SECRET)));
        ExtensionList.lookupSingleton(WebhookListener.class).setPace(Duration.ofMillis(5), Duration.ofSeconds(30));
        log.record(WebhookSender.class, Level.WARNING).capture(20);
    }

    private void configure(HookServer server, String credentialsId) {
        ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(server.url(), credentialsId, null)));
    }

    private static String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private String awaitWarning() throws InterruptedException {
        for (int i = 0; i < 600 && log.getMessages().isEmpty(); i++) {
            Thread.sleep(50);
        }
        return String.join("\n", log.getMessages());
    }

    @Test
    void everyEventIsToldAndSigned() throws Exception {
        try (HookServer server = new HookServer(204)) {
            configure(server, "hook");
            ChangeRecord record = Changes.ask(run, "shop Größe");
            HookServer.Call opened = server.take();
            assertThat(opened.event()).isEqualTo("opened");
            assertThat(opened.type()).isEqualTo("application/json");
            assertThat(UUID.fromString(opened.delivery())).isNotNull();
            assertThat(opened.signature()).isEqualTo(signature(opened.body()));
            JSONObject json = opened.json();
            assertThat(json.getString("event")).isEqualTo("opened");
            assertThat(json.getInt("version")).isEqualTo(1);
            assertThat(Instant.parse(json.getString("sentAt")))
                    .isAfter(Instant.now().minusSeconds(60));
            assertThat(json.getString("url"))
                    .isEqualTo(jenkins.getURL() + run.getUrl() + "change/" + record.id() + "/");
            assertThat(json.getJSONObject("change").getString("id")).isEqualTo(record.id());
            assertThat(json.getJSONObject("change").getString("service")).isEqualTo("shop Größe");
            assertThat(json.getJSONObject("change").getInt("score")).isEqualTo(62);
            assertThat(opened.body()).doesNotContain("secret-file");

            Changes.decide(record, Decision.REJECTED, "No.");
            HookServer.Call decided = server.take();
            assertThat(decided.event()).isEqualTo("decided");
            assertThat(decided.delivery()).isNotEqualTo(opened.delivery());
            assertThat(decided.json().getInt("version")).isEqualTo(2);
            assertThat(decided.json().getJSONObject("change").getString("decision"))
                    .isEqualTo("rejected");
            server.expectNoMore();
        }
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void anEventInTheFormOfCdEventsIsSignedAsAWhole() throws Exception {
        try (HookServer server = new HookServer(204)) {
            ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(server.url(), "hook", "cdevents")));
            ChangeRecord record = Changes.ask(run, "shop Größe");
            HookServer.Call opened = server.take();
            assertThat(opened.event()).isEqualTo("opened");
            assertThat(opened.type()).isEqualTo("application/cloudevents+json; charset=UTF-8");
            assertThat(opened.signature()).isEqualTo(signature(opened.body()));
            JSONObject json = opened.json();
            assertThat(json.getString("type")).isEqualTo("dev.cdeventsx.changegate-change.opened.0.1.0");
            assertThat(json.getString("source")).isEqualTo(jenkins.getURL().toString());
            assertThat(json.getString("id")).isEqualTo(record.id() + ".1");
            assertThat(json.getJSONObject("data")
                            .getJSONObject("customData")
                            .getJSONObject("change")
                            .getString("service"))
                    .isEqualTo("shop Größe");
            assertThat(opened.body()).doesNotContain("secret-file");
        }
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void nothingIsSignedWithoutASecretAndNothingSentWithoutTheChosenOne() throws Exception {
        try (HookServer server = new HookServer(200)) {
            configure(server, "");
            Changes.ask(run, "shop");
            assertThat(server.take().signature()).isNull();
            configure(server, "gone");
            Changes.ask(run, "shop");
            server.expectNoMore();
            assertThat(awaitWarning()).contains("There is no secret text 'gone'");
        }
    }

    @Test
    void whatFailsIsSentAgainAsTheSameDelivery() throws Exception {
        try (HookServer server = new HookServer(500, 302, 200)) {
            configure(server, "hook");
            Changes.ask(run, "shop");
            HookServer.Call first = server.take();
            assertThat(server.take()).isEqualTo(first);
            assertThat(server.take()).isEqualTo(first);
            server.expectNoMore();
        }
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void afterEightAttemptsItIsGivenUpWithOneLineThatTellsNothingSecret() throws Exception {
        try (HookServer server = new HookServer(500)) {
            configure(server, "hook");
            ChangeRecord record = Changes.ask(run, "shop");
            List<HookServer.Call> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(server.take());
            }
            server.expectNoMore();
            assertThat(calls.stream().distinct()).hasSize(1);
            assertThat(awaitWarning())
                    .contains(record.id(), "status 500 at attempt 8")
                    .doesNotContain(SECRET, "belongs in no log", "t0ken");
            assertThat(log.getMessages()).hasSize(1);
        }
    }

    @Test
    void aServerThatHangsIsLeftAloneAndAskedAgain() throws Exception {
        ExtensionList.lookupSingleton(WebhookListener.class).setPace(Duration.ofMillis(5), Duration.ofMillis(300));
        try (HookServer server = new HookServer(HookServer.HANG, 200)) {
            configure(server, "hook");
            Changes.ask(run, "shop");
            HookServer.Call first = server.take();
            assertThat(server.take()).isEqualTo(first);
            server.expectNoMore();
        }
        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void nobodyListensAtAll() throws Exception {
        HookServer closed = new HookServer(200);
        closed.close();
        configure(closed, "hook");
        Changes.ask(run, "shop");
        assertThat(awaitWarning()).contains("ConnectException at attempt 8").doesNotContain("t0ken");
    }

    @Test
    void whatGoesBeyondTheRoomIsDroppedWithOneWarning() throws Exception {
        try (HookServer server = new HookServer(HookServer.HANG)) {
            Webhook webhook = new Webhook(server.url(), "", null);
            WebhookSender sender = new WebhookSender(
                    new Undelivered(jenkins.jenkins.getRootDir().toPath()), 2);
            News news = News.of(Changes.ask(run, "shop"));
            for (int i = 0; i < 5; i++) {
                sender.send(webhook, news);
            }
            server.take();
            server.take();
            server.expectNoMore();
            assertThat(log.getMessages()).hasSize(1).first().asString().contains("Too many deliveries");
        }
    }
}
