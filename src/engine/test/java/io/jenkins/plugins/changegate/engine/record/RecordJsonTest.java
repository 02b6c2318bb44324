package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Revert;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.RecordedSignal;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The stored form of events: what is read is what was written. */
class RecordJsonTest {

    private static final long SEED = 1_815;

    private final RecordJson json = new RecordJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" 'twice' \\ back",
                "line\nbreak\r\ttab\0null\u0007\u001b[31m",
                "</script><script>alert(1)</script>",
                "'; DROP TABLE changegate_event; --",
                "\u2028\u2029\u0085",
                "\ud83d\ude80 \u00e4\u00f6\u00fc \u65e5\u672c\u8a9e \u202e",
                "{\"event\":\"decided\"}"
            })
    void everyEventIsReadAsItWasWritten(String text) throws StoreException {
        List<ChangeEvent> events = new ArrayList<>(List.of(
                Events.opened(text, text, text),
                Events.approved(text),
                new ChangeEvent.Approved(Events.AT, new Vote(text, text, Set.of(), text, text)),
                new ChangeEvent.Withdrawn(Events.AT, text, text),
                new ChangeEvent.Reminded(Events.AT),
                new ChangeEvent.Escalated(
                        Events.AT,
                        new Terms.Escalation(
                                Duration.ofMinutes(1),
                                text,
                                Set.of(new Principal(Principal.Kind.USER, text, text), Principal.ANY_APPROVER))),
                new ChangeEvent.Held(Events.AT, new Hold(text, true, Optional.of(Events.AT), text)),
                new ChangeEvent.Decided(Events.AT, Decision.CANCELLED, text, text),
                new ChangeEvent.Decided(Events.AT, Decision.REJECTED, text, text, text),
                new ChangeEvent.Ended(Events.AT, Outcome.SUCCESSFUL, text),
                new ChangeEvent.Promoted(
                        Events.AT,
                        new ModelVersion(Layer.ofFolder("A/B"), text, text),
                        RiskLevel.VERY_HIGH,
                        text,
                        text,
                        List.of(42L, 7L)),
                new ChangeEvent.Demoted(Events.AT, new ModelVersion(Layer.REPOSITORY, text, text), text, text),
                new ChangeEvent.Corrected(Events.AT, Outcome.SUCCESSFUL_WITH_ISSUES, text, text),
                new ChangeEvent.Linked(Events.AT, new Link(Link.Kind.WORK_ITEM, text, text), text),
                new ChangeEvent.Unlinked(Events.AT, new Link(Link.Kind.INCIDENT, text, text), text, text),
                new ChangeEvent.Reviewed(Events.AT, text, text),
                new ChangeEvent.Sealed(
                        Events.AT,
                        text,
                        text,
                        List.of(new ChangeEvent.Sealed.Covered(5_000_000_000L, 2, text, text)))));
        for (Decision decision : Decision.values()) {
            events.add(Events.decided(decision));
        }
        for (Outcome outcome : Outcome.values()) {
            events.add(Events.ended(outcome));
        }
        assertThat(events).extracting(Object::getClass).contains(ChangeEvent.class.getPermittedSubclasses());
        for (ChangeEvent event : events) {
            String written = json.write(event);
            assertThat(written).doesNotContain("\n");
            assertThat(json.read(written)).isEqualTo(event);
        }
    }

    @Test
    void openingWithoutADeltaIsReadAsItWasWritten() throws StoreException {
        ChangeEvent.Opened full = Events.opened("s", "e");
        Judgement judgement = new Judgement(
                new Target("s", "e", Tier.TESTING),
                RiskAssessment.unknown(),
                new Verdict(Verdict.Kind.REFUSE, List.of(), List.of("No.")),
                "v",
                Terms.NONE);
        ChangeEvent.Opened bare = new ChangeEvent.Opened(
                full.at(), full.origin(), "", "", judgement, "", List.of(), null, full.gaps(), "");
        assertThat(json.read(json.write(bare))).isEqualTo(bare);
    }

    @Test
    void openingTellsWhatItIsPartOfAndOneWrittenBeforeThatHasNothing() throws StoreException {
        ChangeEvent.Opened opened = Events.part(Events.opened("s", "e"), "web shop");
        String written = json.write(opened);
        assertThat(json.read(written)).isEqualTo(opened);
        assertThat(new ChangeRecord(1, List.of(opened)).links())
                .containsExactlyElementsOf(opened.particulars().workItems());
        int from = written.indexOf(",\"particulars\"");
        assertThat(from).isPositive();
        ChangeEvent.Opened before = (ChangeEvent.Opened) json.read(written.substring(0, from) + "}");
        assertThat(before.particulars()).isEqualTo(Particulars.NONE);
    }

    @Test
    void openingWithALaterStageIsReadAsItWasWritten() throws StoreException {
        ChangeEvent.Opened full = Events.opened("s", "e");
        Requirement later = new Requirement(2, "cm", Set.of(new Principal(Principal.Kind.GROUP, "cm", "all")), 7);
        Judgement judgement = new Judgement(
                full.judgement().target(),
                full.judgement().assessment(),
                new Verdict(Verdict.Kind.ASK, List.of(later, Requirement.ONE_APPROVER), List.of("Why.")),
                "v",
                Events.TERMS);
        ChangeEvent.Opened opened = new ChangeEvent.Opened(
                full.at(), full.origin(), "", "", judgement, "", List.of(), null, full.gaps(), "");
        assertThat(json.read(json.write(opened))).isEqualTo(opened);
    }

    @Test
    void openingWithSignalsIsReadAsItWasWritten() throws StoreException {
        ChangeEvent.Opened full = Events.opened("s", "e");
        Judgement old = full.judgement();
        List<RecordedSignal> signals =
                new ArrayList<>(List.of(new RecordedSignal("none", null, "", false, "of a reason")));
        for (Object value :
                new Object[] {0L, Long.MAX_VALUE, Long.MIN_VALUE, 80.0, 0.1, 1e300, "80", "", true, false}) {
            signals.add(new RecordedSignal("claimed." + signals.size(), value, "the pipeline", true, ""));
        }
        Judgement judgement = new Judgement(
                old.target(),
                old.assessment(),
                old.verdict(),
                "v",
                old.terms(),
                old.type(),
                old.model(),
                old.labels(),
                old.policies(),
                old.hold(),
                old.observed(),
                signals);
        ChangeEvent.Opened opened = new ChangeEvent.Opened(
                full.at(), full.origin(), "", "", judgement, "", List.of(), null, full.gaps(), "");
        assertThat(json.read(json.write(opened))).isEqualTo(opened);
        assertThat(((ChangeEvent.Opened) json.read(json.write(opened)))
                        .judgement()
                        .signals())
                .containsExactlyElementsOf(signals);
    }

    @Test
    void openingTellsWhatTheScoreRestsOnAndOneWrittenBeforeThatHasNothing() throws StoreException {
        ChangeEvent.Opened full = Events.opened("s", "e");
        Judgement old = full.judgement();
        Basis basis = new Basis(
                Features.NONE.with(Feature.LINES_ADDED, 312).with(Feature.ENTROPY, 0.1),
                -1,
                List.of(new Contribution(Basis.SOURCE, 40, "The median."), new Contribution(Basis.SOURCE, -7, "Less.")),
                "Because.",
                "Promise.",
                List.of(new Basis.Limit(new Promise(10, 90), 23)),
                0.25,
                new Revert("c".repeat(40), 1_700_000_000, 3),
                new FailedFiles(2, "CHG-000031", full.at(), true));
        Judgement judgement = new Judgement(
                old.target(),
                old.assessment(),
                old.verdict(),
                "v",
                old.terms(),
                old.type(),
                old.model(),
                old.labels(),
                old.policies(),
                old.hold(),
                old.observed(),
                old.signals(),
                old.promotable(),
                Optional.of(basis));
        ChangeEvent.Opened opened = new ChangeEvent.Opened(
                full.at(), full.origin(), "", "", judgement, "", List.of(), null, full.gaps(), "");
        String written = json.write(opened);
        assertThat(json.read(written)).isEqualTo(opened);
        assertThat(written).contains("\"basis\":{\"features\":{\"la\":312.0,\"entropy\":0.1},\"generatedLines\":-1,");
        String older = written.replaceAll(",\"basis\":\\{.*?\"undone\":true}}", "");
        assertThat(older).isNotEqualTo(written).doesNotContain("basis");
        String without = written.replaceAll(",\"limits\":.*?\"undone\":true}", "");
        assertThat(((ChangeEvent.Opened) json.read(without)).judgement().basis().orElseThrow())
                .isEqualTo(new Basis(basis.features(), -1, basis.learnt(), "Because.", "Promise."));
        assertThat(((ChangeEvent.Opened) json.read(older)).judgement().basis()).isEmpty();
    }

    @Test
    void eventWrittenBeforeThereWereStagesTermsCommentsAndDeputiesIsReadWithTheDefaults() throws StoreException {
        String opened = """
                {"event":"opened","at":"2026-11-04T10:11:12Z","origin":{"job":"shop","build":42,"node":"7"},\
                "requestedBy":"sam","reason":"","judgement":{"target":{"service":"shop","environment":"production",\
                "tier":"production"},"assessment":{"score":0,"level":"high","contributions":[]},"verdict":{"kind":"ask",\
                "requirements":[{"atLeast":2,"who":"leads","from":[{"kind":"group","name":"team-leads"},\
                {"kind":"approver","name":""}]}],"reasons":["Why."]},"policyVersion":"v"},"head":"h","authors":[],\
                "delta":null,"gaps":[],"binding":"b"}""";
        Judgement judgement = ((ChangeEvent.Opened) json.read(opened)).judgement();
        assertThat(judgement.terms()).isEqualTo(Terms.NONE);
        assertThat(judgement.signals()).isEmpty();
        assertThat(judgement.verdict().requirements())
                .containsExactly(new Requirement(
                        2,
                        "leads",
                        Set.of(new Principal(Principal.Kind.GROUP, "team-leads", ""), Principal.ANY_APPROVER),
                        1));
        assertThat(json.read("{\"event\":\"approved\",\"at\":\"2026-11-04T10:11:12Z\","
                        + "\"vote\":{\"voter\":\"ada\",\"name\":\"Ada\",\"serves\":[0]}}"))
                .isEqualTo(new ChangeEvent.Approved(
                        Instant.parse("2026-11-04T10:11:12Z"), new Vote("ada", "Ada", Set.of(0), "", "")));
        assertThat(json.read("{\"event\":\"decided\",\"at\":\"2026-11-04T10:11:12Z\",\"decision\":\"rejected\","
                        + "\"by\":\"ada\",\"because\":\"No.\"}"))
                .isEqualTo(new ChangeEvent.Decided(
                        Instant.parse("2026-11-04T10:11:12Z"), Decision.REJECTED, "ada", "No.", ""));
    }

    @Test
    void contributionTellsItsLayerAndOneWrittenBeforeLayersWereHasNone() throws StoreException {
        String written = json.write(Events.opened("s", "e"));
        assertThat(layers(written)).containsExactly("the repository's policy", "", "");
        String older = written.replaceAll(",\"layer\":\"[^\"]*\"", "");
        assertThat(older).isNotEqualTo(written);
        assertThat(layers(older)).containsExactly("", "", "");
    }

    private List<String> layers(String written) throws StoreException {
        return ((ChangeEvent.Opened) json.read(written))
                .judgement().assessment().contributions().stream()
                        .map(Contribution::layer)
                        .toList();
    }

    @Test
    void termsOfWhichAPartIsMissingAreReadWithTheDefaults() throws StoreException {
        String written = json.write(Events.opened(Terms.NONE));
        String terms = written.substring(written.indexOf("\"terms\":"), written.indexOf("},\"head\""));
        String less = written.replace(terms, "\"terms\":{\"expiry\":\"PT1H\"}");
        assertThat(less).isNotEqualTo(written);
        assertThat(((ChangeEvent.Opened) json.read(less)).judgement().terms())
                .isEqualTo(new Terms(
                        Optional.of(Duration.ofHours(1)), Optional.empty(), Optional.empty(), false, Map.of()));
    }

    @Test
    void unknownKeysArePassedOver() throws StoreException {
        ChangeEvent event = Events.opened("s", "e");
        String newer = json.write(event).replace("{\"", "{\"later\":[{\"x\":null}],\"");
        // The keys of identities are users, so there every key is known.
        newer = newer.replace("{\"later\":[{\"x\":null}],\"ada\"", "{\"ada\"");
        assertThat(newer).contains("\"later\"");
        assertThat(json.read(newer)).isEqualTo(event);
    }

    @Test
    void wordsAreWrittenAsEverywhere() {
        assertThat(json.write(Events.ended(Outcome.SUCCESSFUL_WITH_ISSUES)))
                .contains("\"event\":\"ended\"")
                .contains("\"successful-with-issues\"");
        assertThat(json.write(Events.opened("s", "e")))
                .contains("\"very-high\"", "\"production\"", "\"ask\"", "\"type-changed\"", "\"history-cut\"")
                .contains("\"2026-11-04T10:11:12.123456789Z\"");
    }

    @Test
    void everythingElseIsAStoreException() {
        System.out.println("Seed: " + SEED);
        Random random = new Random(SEED);
        String truth = json.write(Events.opened("s", "e"));
        List<String> texts = new ArrayList<>(
                List.of("", "null", "[]", "{}", "{\"event\":\"no such\"}", "[".repeat(100_000), "{\"event\":1}"));
        for (int i = 0; i < 1_000; i++) {
            int at = random.nextInt(truth.length());
            texts.add(truth.substring(0, at) + "\"{[,:9n".charAt(random.nextInt(7)) + truth.substring(at + 1));
            texts.add(truth.substring(0, at));
        }
        for (String text : texts) {
            try {
                assertThat(json.read(text)).as(text).isNotNull();
            } catch (StoreException expected) {
                assertThat(expected).hasMessageContaining("cannot be read");
            }
        }
        assertThatThrownBy(() -> json.read("{}")).isInstanceOf(StoreException.class);
    }

    @Test
    void shownRecordBeginsWithItsState() {
        ChangeRecord record = new ChangeRecord(
                7,
                List.of(
                        Events.opened("shop", "production"),
                        Events.decided(Decision.APPROVED),
                        Events.ended(Outcome.SUCCESSFUL)));
        assertThat(json.show(record).lines().map(String::strip))
                .contains("\"id\" : \"CHG-000007\",", "\"decision\" : \"approved\",", "\"outcome\" : \"successful\",");
        assertThat(JsonMapper.shared().readTree(json.show(record)).path("history"))
                .extracting(event -> event.path("event").asString())
                .containsExactly("opened", "decided", "ended");
    }
}
