package io.jenkins.plugins.changegate.notify;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ProxyConfiguration;
import hudson.security.ACL;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Makes the request of a delivery; every attempt sends the same one. */
final class WebhookRequest {

    private WebhookRequest() {}

    /**
     * Returns the request that tells a webhook of a record's newest event. To be called as the system.
     *
     * @param delivery the same for every attempt to tell this
     * @throws IllegalStateException if the secret is gone: what has to be signed is not sent without
     */
    static HttpRequest of(Webhook webhook, News news, UUID delivery, Duration timeout) {
        WebhookPayload payload = payload(webhook, news);
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(URI.create(webhook.getUrl()))
                .timeout(timeout)
                .header("Content-Type", payload.contentType())
                .header("X-Change-Gate-Event", payload.event())
                .header("X-Change-Gate-Delivery", delivery.toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload.bytes()));
        secret(webhook)
                .ifPresent(
                        secret -> request.header("X-Change-Gate-Signature-256", "sha256=" + payload.signature(secret)));
        return request.build();
    }

    private static WebhookPayload payload(Webhook webhook, News news) {
        String url =
                Place.of(news.record()).map(place -> place.url(news.record())).orElse("");
        return switch (webhook.format()) {
            case CHANGE_GATE -> WebhookPayload.of(news.record(), url, Instant.now());
            case CDEVENTS -> {
                String root = Objects.requireNonNullElse(Jenkins.get().getRootUrl(), "/");
                yield new CdEvents(news, url, root).payload(Instant.now());
            }
        };
    }

    private static Optional<String> secret(Webhook webhook) {
        if (webhook.getCredentialsId() == null) {
            return Optional.empty();
        }
        StringCredentials credentials = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(webhook.getCredentialsId()));
        if (credentials == null) {
            throw new IllegalStateException("There is no secret text '" + webhook.getCredentialsId() + "'");
        }
        return Optional.of(credentials.getSecret().getPlainText());
    }
}
