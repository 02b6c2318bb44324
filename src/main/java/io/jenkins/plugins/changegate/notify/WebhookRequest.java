package io.jenkins.plugins.changegate.notify;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ProxyConfiguration;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
     * @throws IllegalStateException if the secret is gone: what has to be signed is not sent without
     */
    static HttpRequest of(Webhook webhook, ChangeRecord record, Duration timeout) {
        String url = Place.of(record).map(place -> place.url(record)).orElse("");
        WebhookPayload payload = WebhookPayload.of(record, url, Instant.now());
        HttpRequest.Builder request = ProxyConfiguration.newHttpRequestBuilder(URI.create(webhook.getUrl()))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("X-Change-Gate-Event", payload.event())
                .header("X-Change-Gate-Delivery", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload.bytes()));
        secret(webhook)
                .ifPresent(
                        secret -> request.header("X-Change-Gate-Signature-256", "sha256=" + payload.signature(secret)));
        return request.build();
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
