package io.jenkins.plugins.changegate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.FormatEvaluatorFactory;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events are CDEvents and CloudEvents by the schemas of both standards. */
class CdEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:33:52.788785957Z");
    private static final String ROOT = "https://jenkins.example.org/";

    private static Validator validator;

    @BeforeAll
    static void readSchemas() throws IOException {
        validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withDefaultDialect(new Dialects.Draft2020Dialect())
                .withEvaluatorFactory(new FormatEvaluatorFactory())
                .createValidator();
        for (String name : List.of(
                "links/embeddedlinkend",
                "links/embeddedlinkpath",
                "links/embeddedlinkrelation",
                "links/embeddedlinksarray",
                "custom",
                "servicedeployed",
                "serviceupgraded",
                "servicerolledback",
                "incidentdetected")) {
            validator.registerSchema(schema(name));
        }
        validator.registerSchema(
                URI.create("urn:cloudevents"), schema("cloudevents").replace("draft-07/schema#", "draft-07/schema"));
    }

    private static String schema(String name) throws IOException {
        try (InputStream in = CdEventsTest.class.getResourceAsStream("cdevents/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> mistakes(String schema, String json) {
        return validator.validate(URI.create(schema), json).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }

    /** Returns the CDEvent of a record's newest event, which both standards hold to be one. */
    private static JsonNode checked(News news, String schema) {
        WebhookPayload payload =
                new CdEvents(news, "https://jenkins.example.org/job/shop/17/change/CHG-000042/", ROOT).payload(NOW);
        assertThat(mistakes("urn:cloudevents", payload.body())).isEmpty();
        JsonNode cloudEvent = new JsonMapper().readTree(payload.body());
        JsonNode event = cloudEvent.get("data");
        assertThat(mistakes("https://cdevents.dev/0.5.1/schema/" + schema, event.toString()))
                .isEmpty();
        // What the binding of the two standards wants to be the same.
        assertThat(cloudEvent.get("specversion").asString()).isEqualTo("1.0");
        assertThat(cloudEvent.get("id")).isEqualTo(event.at("/context/id"));
        assertThat(cloudEvent.get("source")).isEqualTo(event.at("/context/source"));
        assertThat(cloudEvent.get("type")).isEqualTo(event.at("/context/type"));
        assertThat(cloudEvent.get("time")).isEqualTo(event.at("/context/timestamp"));
        assertThat(cloudEvent.get("subject")).isEqualTo(event.at("/subject/id"));
        assertThat(event.at("/customData/change/id").asString()).isEqualTo("CHG-000042");
        return event;
    }

    private static ChangeEvent.Opened opened(String service, Delta delta) {
        Judgement judgement = new Judgement(
                new Target(service, "production", Tier.PRODUCTION),
                RiskAssessment.of(List.of(), RiskLevel.LOW, Tier.PRODUCTION),
                new Verdict(Verdict.Kind.PASS, List.of(), List.of("It is small.")),
                "v",
                Terms.NONE);
        return new ChangeEvent.Opened(
                NOW, new Origin("shop", 17, "9"), "dana", "", judgement, "9c1d", List.of(), delta, List.of(), "b");
    }

    private static Delta delta(String base, boolean undone) {
        Person dana = new Person("Dana", "dana@example.org");
        Commit commit = new Commit("c", undone, NOW.getEpochSecond(), dana, dana, List.of(), "Title");
        return new Delta(base, "9c1d", List.of(), new Totals(1, 1, 1, 3, 0), List.of(commit), List.of());
    }

    private static News news(ChangeEvent.Opened opened, ChangeEvent... further) {
        List<ChangeEvent> history = new ArrayList<>(List.of(opened));
        history.addAll(List.of(further));
        return News.of(new ChangeRecord(42, history));
    }

    @ParameterizedTest
    @CsvSource({
        ", false, deployed",
        "base, false, upgraded",
        "base, true, rolledback",
    })
    void aDeploymentThatEndedWellIsOneOfTheStandards(String base, boolean undone, String predicate) {
        ChangeEvent.Opened opened = opened("shop/web 2", base == null ? null : delta(base, undone));
        for (Outcome outcome : List.of(Outcome.SUCCESSFUL, Outcome.SUCCESSFUL_WITH_ISSUES)) {
            News news = news(
                    opened,
                    new ChangeEvent.Decided(NOW, Decision.PASSED, "", "It is small."),
                    new ChangeEvent.Ended(NOW, outcome, "The stage ended."));
            JsonNode event = checked(news, "service-" + predicate + "-event");
            assertThat(event.at("/context/type").asString()).isEqualTo("dev.cdevents.service." + predicate + ".0.3.0");
            assertThat(event.at("/context/id").asString()).isEqualTo("CHG-000042.3");
            assertThat(event.at("/subject/id").asString()).isEqualTo("shop/web 2");
            assertThat(event.at("/subject/content/environment/id").asString()).isEqualTo("production");
            assertThat(event.at("/subject/content/artifactId").asString()).isEqualTo("pkg:generic/shop%2Fweb%202@9c1d");
        }
    }

    @Test
    void oneThatDidNotIsNone() {
        News news = news(
                opened("shop", delta("base", false)),
                new ChangeEvent.Decided(NOW, Decision.PASSED, "", "It is small."),
                new ChangeEvent.Ended(NOW, Outcome.UNSUCCESSFUL, "The stage failed."));
        JsonNode event = checked(news, "custom");
        assertThat(event.at("/context/type").asString()).isEqualTo("dev.cdeventsx.changegate-change.ended.0.1.0");
        assertThat(event.at("/subject/content/outcome").asString()).isEqualTo("unsuccessful");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://example.org/INC1", "no address at all <>", "javascript:alert(1)"})
    void anIncidentIsOneOfTheStandards(String url) {
        Link link = new Link(Link.Kind.INCIDENT, "INC1", url);
        JsonNode event = checked(
                news(opened("shop", null), new ChangeEvent.Linked(NOW, link, "dana")), "incident-detected-event");
        assertThat(event.at("/context/type").asString()).isEqualTo("dev.cdevents.incident.detected.0.3.0");
        assertThat(event.at("/subject/id").asString()).isEqualTo("INC1");
        assertThat(event.at("/subject/content/service/id").asString()).isEqualTo("shop");
    }

    @Test
    void everythingElseIsACustomEvent() {
        News opened = news(opened("", null));
        assertThat(checked(opened, "custom").at("/context/type").asString())
                .isEqualTo("dev.cdeventsx.changegate-change.opened.0.1.0");
        for (ChangeEvent event : List.of(
                new ChangeEvent.Held(NOW, new Hold("freeze", false, Optional.empty(), "Frozen.")),
                new ChangeEvent.Reminded(NOW),
                new ChangeEvent.Withdrawn(NOW, "lead", "Left."),
                new ChangeEvent.Decided(NOW, Decision.REJECTED, "lead", "No."),
                new ChangeEvent.Corrected(NOW, Outcome.UNSUCCESSFUL, "lead", "It failed."),
                new ChangeEvent.Reviewed(NOW, "lead", "Done."),
                new ChangeEvent.Linked(NOW, new Link(Link.Kind.WORK_ITEM, "SHOP-1", ""), ""),
                new ChangeEvent.Unlinked(NOW, new Link(Link.Kind.INCIDENT, "INC1", ""), "lead", "Another's."))) {
            checked(news(opened("shop", null), event), "custom");
        }
    }

    @Test
    void theSchemasRefuseWhatIsWrong() {
        String event = checked(news(opened("shop", null)), "custom").toString();
        assertThat(mistakes("https://cdevents.dev/0.5.1/schema/custom", event.replace("changegate-change", "change")))
                .isNotEmpty();
        assertThat(mistakes("https://cdevents.dev/0.5.1/schema/custom", event.replace(ROOT, "no uri <>")))
                .isNotEmpty();
        assertThat(mistakes("urn:cloudevents", "{\"specversion\": \"1.0\"}")).isNotEmpty();
    }
}
