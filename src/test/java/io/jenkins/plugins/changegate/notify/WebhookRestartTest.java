package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a webhook has not taken when Jenkins stops, it is told when Jenkins is back. */
class WebhookRestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static List<String> kept(JenkinsRule rule) throws Exception {
        Path directory = rule.jenkins.getRootDir().toPath().resolve("change-gate/deliveries");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void waitUntilNothingIsKept(JenkinsRule rule) throws Exception {
        for (int i = 0; i < 600 && !kept(rule).isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(kept(rule)).isEmpty();
    }

    /** The first event is turned away and the next attempt is hours off; the second never gets an answer. */
    @Test
    void whatWasNotTakenIsToldAfterARestartAsTheSameDeliveryAndAsItWasThen() throws Throwable {
        String[] deliveries = new String[2];
        try (HookServer server = new HookServer(503, HookServer.HANG, 204)) {
            sessions.then(rule -> {
                ExtensionList.lookupSingleton(WebhookListener.class).setPace(Duration.ofHours(9), Duration.ofHours(9));
                ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(server.url(), "", null)));
                Run<?, ?> run = rule.buildAndAssertSuccess(rule.createFreeStyleProject("free"));
                ChangeRecord record = Changes.ask(run, "shop");
                deliveries[0] = server.take().delivery();
                Changes.decide(record, Decision.REJECTED, "No.");
                deliveries[1] = server.take().delivery();
                assertThat(kept(rule)).hasSize(2).allMatch(name -> name.startsWith(record.id()));
                assertThat(kept(rule).toString()).doesNotContain("t0ken");
            });
            sessions.then(rule -> {
                List<HookServer.Call> calls = Stream.of(server.take(), server.take())
                        .sorted((a, b) -> b.event().compareTo(a.event()))
                        .toList();
                assertThat(calls).extracting(HookServer.Call::event).containsExactly("opened", "decided");
                assertThat(calls).extracting(HookServer.Call::delivery).containsExactly(deliveries);
                assertThat(calls)
                        .extracting(call -> call.json().getInt("version"))
                        .containsExactly(1, 2);
                assertThat(calls.get(0)
                                .json()
                                .getJSONObject("change")
                                .getJSONArray("history")
                                .size())
                        .isEqualTo(1);
                waitUntilNothingIsKept(rule);
                server.expectNoMore();
            });
        }
    }

    @Test
    void nobodyIsToldWhoIsNotToBeToldAnyMore() throws Throwable {
        try (HookServer server = new HookServer(503, 204)) {
            sessions.then(rule -> {
                ExtensionList.lookupSingleton(WebhookListener.class).setPace(Duration.ofHours(9), Duration.ofHours(9));
                ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(server.url(), "", null)));
                Changes.ask(rule.buildAndAssertSuccess(rule.createFreeStyleProject("free")), "shop");
                server.take();
                ChangeGateNotifications.get().setWebhooks(List.of(new Webhook(server.url() + "2", "", null)));
                assertThat(kept(rule)).hasSize(1);
            });
            sessions.then(rule -> {
                waitUntilNothingIsKept(rule);
                server.expectNoMore();
            });
        }
    }
}
