package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a webhook is told.
 *
 * @param event the name of what happened, as in the history of the record
 * @param contentType what the body is, as HTTP has it
 * @param body JSON, in UTF-8
 */
record WebhookPayload(String event, String contentType, String body) {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * What is told, before it is written.
     *
     * @param event as above
     * @param body the record and what happened to it last
     */
    record Told(String event, ObjectNode body) {}

    /**
     * Returns what is told of a record's newest event.
     *
     * @param record without its delta
     * @param url the address of its page; may be empty
     * @param now when it is sent first
     */
    static WebhookPayload of(ChangeRecord record, String url, Instant now) {
        Told told = told(record, url, now);
        return new WebhookPayload(told.event(), "application/json", new JsonMapper().writeValueAsString(told.body()));
    }

    /** Returns the same, not written yet. */
    static Told told(ChangeRecord record, String url, Instant now) {
        JsonMapper mapper = new JsonMapper();
        JsonNode change = mapper.readTree(new RecordJson().show(record));
        String event =
                change.path("history").path(record.version() - 1).path("event").asString();
        // By what else people write commits is nobody's business outside.
        if (change.path("history").path(0).path("judgement").path("terms") instanceof ObjectNode terms) {
            terms.remove("identities");
        }
        ObjectNode body = mapper.createObjectNode();
        body.put("event", event);
        body.put("sentAt", now.toString());
        body.put("version", record.version());
        body.put("url", url);
        body.set("change", change);
        return new Told(event, body);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what proves to whoever knows the secret that this comes from here: HMAC-SHA-256 over the body, in hex. */
    String signature(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
