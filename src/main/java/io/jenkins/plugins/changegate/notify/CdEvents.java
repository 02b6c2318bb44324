package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says a record's newest event in the words of CDEvents 0.5.1 (https://cdevents.dev), as a CloudEvent 1.0 in structured
 * mode: so that the whole event is in the body, and signed with it.
 *
 * <p>A deployment that ended well and an incident have types of the standard's own. Everything else is a custom event of
 * the tool {@code changegate}, as the standard has it for what only one tool knows. What is told in the other format is
 * in the event's custom data.
 */
final class CdEvents {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final String VERSION = "0.5.1";

    private final JsonMapper mapper = new JsonMapper();
    private final News news;
    private final String url;
    private final String root;

    /**
     * @param url the address of the record's page; may be empty
     * @param root where this Jenkins is, as a URI reference
     */
    CdEvents(News news, String url, String root) {
        this.news = news;
        this.url = url;
        this.root = root;
    }

    /** Returns what a webhook is told at some time. */
    WebhookPayload payload(Instant now) {
        ChangeRecord record = news.record();
        WebhookPayload.Told told = WebhookPayload.told(record, url, now);
        ChangeEvent event = record.history().get(record.version() - 1);
        ObjectNode subject = mapper.createObjectNode();
        String type = fill(subject, event, told.event());

        ObjectNode context = mapper.createObjectNode();
        context.put("specversion", VERSION);
        // The same for whoever gets it twice: an event of a record has one place in it.
        context.put("id", record.id() + "." + record.version());
        context.put("source", root);
        context.put("type", type);
        context.put("timestamp", event.at().toString());
        ObjectNode data = mapper.createObjectNode();
        data.set("context", context);
        data.set("subject", subject);
        data.set("customData", told.body());
        data.put("customDataContentType", "application/json");

        ObjectNode cloudEvent = mapper.createObjectNode();
        cloudEvent.put("specversion", "1.0");
        cloudEvent.set("id", context.get("id"));
        cloudEvent.set("source", context.get("source"));
        cloudEvent.set("type", context.get("type"));
        cloudEvent.set("subject", subject.get("id"));
        cloudEvent.set("time", context.get("timestamp"));
        cloudEvent.put("datacontenttype", "application/json");
        cloudEvent.set("data", data);
        return new WebhookPayload(told.event(), CONTENT_TYPE, mapper.writeValueAsString(cloudEvent));
    }

    /** Fills in what the event is about, and returns its type. */
    private String fill(ObjectNode subject, ChangeEvent event, String name) {
        Target target = news.record().opened().judgement().target();
        if (event instanceof ChangeEvent.Ended ended && ended.outcome().isDeployed()) {
            subject.put("id", or(target.service(), news.record().id()));
            subject.put("source", root);
            ObjectNode content = subject.putObject("content");
            content.set("environment", reference(target.environment()));
            content.put("artifactId", artifact());
            return "dev.cdevents.service."
                    + switch (news.placement()) {
                        case DEPLOYED -> "deployed";
                        case UPGRADED -> "upgraded";
                        case ROLLED_BACK -> "rolledback";
                    }
                    + ".0.3.0";
        }
        if (event instanceof ChangeEvent.Linked linked && linked.link().kind() == Link.Kind.INCIDENT) {
            subject.put("id", or(linked.link().key(), news.record().id()));
            putSource(subject, linked.link().url());
            ObjectNode content = subject.putObject("content");
            content.put(
                    "description", "An incident was linked to " + news.record().id() + ".");
            content.set("environment", reference(target.environment()));
            content.set("service", reference(target.service()));
            content.put("artifactId", artifact());
            return "dev.cdevents.incident.detected.0.3.0";
        }
        subject.put("id", news.record().id());
        putSource(subject, url);
        ObjectNode content = subject.putObject("content");
        content.set("service", reference(target.service()));
        content.set("environment", reference(target.environment()));
        content.put(
                "level", news.record().opened().judgement().assessment().level().key());
        content.put("score", news.record().opened().judgement().assessment().score());
        content.put("type", news.record().opened().judgement().type().key());
        news.record()
                .decided()
                .ifPresent(decided -> content.put("decision", decided.decision().key()));
        news.record().outcome().ifPresent(outcome -> content.put("outcome", outcome.key()));
        return "dev.cdeventsx.changegate-change." + name + ".0.1.0";
    }

    private ObjectNode reference(String id) {
        ObjectNode reference = mapper.createObjectNode();
        reference.put("id", or(id, "-"));
        reference.put("source", root);
        return reference;
    }

    /** Returns what is deployed as a package URL: the service, in the version that its commit is. */
    private String artifact() {
        String head = news.record().opened().head();
        String service = or(news.record().opened().judgement().target().service(), "-");
        return "pkg:generic/" + escaped(service) + (head.isEmpty() ? "" : "@" + escaped(head));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void putSource(ObjectNode subject, String url) {
        try {
            if (!url.isEmpty()) {
                subject.put("source", new URI(url).toASCIIString());
            }
        } catch (URISyntaxException e) {
            // People write links: one that is no address is in the custom data as it was written.
        }
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
