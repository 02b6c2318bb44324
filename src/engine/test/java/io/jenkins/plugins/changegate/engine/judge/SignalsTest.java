package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.assess.GitRepository;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Signal;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.TestRepository;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules make of facts from outside, and what is kept of them. */
class SignalsTest {

    private static final char QUOTE = '|';
    private static final String NO_RESULTS = "no test results were recorded in this build";

    private final PolicyReader reader = new PolicyReader();

    private Judgement judge(String when, Map<String, Signal> known, Map<String, String> unknown) throws Exception {
        Policy policy = reader.read(
                Layer.ORGANISATION,
                "policy",
                "rules: [{name: r, when: \"" + when + "\", require: [{from: leads}], because: It does.}]");
        Delta nothing =
                new Delta("a".repeat(40), "b".repeat(40), List.of(), new Totals(0, 0, 0, 0, 0), List.of(), List.of());
        Circumstances circumstances = new Circumstances(
                "", Optional.empty(), "", ChangeType.NORMAL, "", Instant.EPOCH, Optional.empty(), known, unknown);
        return new Judge(List.of(policy), List.of())
                .judge("shop", "dev", new Reading(nothing, List.of()), ContentFacts.NONE, circumstances);
    }

    @Test
    void whyASignalIsNotKnownIsSaidToPeople() throws Exception {
        Verdict verdict = judge("signals['tests.failed'] > 0", Map.of(), Map.of("tests.failed", NO_RESULTS))
                .verdict();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(verdict.reasons())
                .contains("The rule 'r' of the organisation's policy could not be decided: the signal tests.failed is"
                        + " not known: " + NO_RESULTS + ".");
    }

    @Test
    void onlyTheSignalThatTheRuleFailedAtIsNamed() throws Exception {
        Map<String, String> unknown = Map.of("a", "of a reason", "b", "of another");
        assertThat(judge("has(signals.a) || signals.b > 1", Map.of(), unknown)
                        .verdict()
                        .reasons()
                        .get(0))
                .contains("the signal b is not known: of another")
                .doesNotContain("of a reason");
        assertThat(judge("has(signals.a) || change.branch == 'main'", Map.of(), unknown)
                        .verdict()
                        .reasons()
                        .get(0))
                .contains("it needs what is not known")
                .doesNotContain("of a reason");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = QUOTE,
            value = {
                "signals.c < 80, ASK",
                "signals.c < 80.0, ASK",
                "signals.c < 70, PASS",
                "signals.c < 70.5, PASS",
                "signals.n > 2, ASK",
                "signals.n > 2.5, ASK",
                "signals.n == 3, ASK",
                "signals.n == 4.0, PASS",
                "has(signals.c), ASK",
                "has(signals.nosuch), PASS",
                "'c' in signals, ASK",
                "'no.such' in signals, PASS",
                "'no.such' in signals && signals['no.such'] > 1, PASS"
            })
    void numbersAreComparedWhetherTheyAreWholeOrNot(String when, Verdict.Kind kind) throws Exception {
        Map<String, Signal> known = Map.of("c", new Signal(75.5, "test", false), "n", new Signal(3L, "test", false));
        Verdict verdict = judge(when, known, Map.of()).verdict();
        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.reasons().toString()).doesNotContain("could not be decided");
    }

    @Test
    void whatWasFoundOutIsKeptAndOnlyWhatRulesAskAboutCounts() throws Exception {
        Judgement judgement = judge(
                "signals.a > 1 || signals.b == 'x' || signals.c == 2",
                Map.of("a", new Signal(1L, "the pipeline", true), "other", new Signal(true, "test", false)),
                Map.of("b", "of a reason", "another", "of another"));
        assertThat(judgement.signals())
                .containsExactly(
                        new RecordedSignal("a", 1L, "the pipeline", true, ""),
                        new RecordedSignal("another", null, "", false, "of another"),
                        new RecordedSignal("b", null, "", false, "of a reason"),
                        new RecordedSignal("other", true, "test", false, ""));
        Judgement passing = judge("false", Map.of(), Map.of("evidence", "of a reason"));
        assertThat(passing.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(passing.signals()).containsExactly(new RecordedSignal("evidence", null, "", false, "of a reason"));
    }

    @Test
    void whatIsNoSignalIsNotTaken() {
        for (Object wrong :
                new Object[] {1, 1f, List.of(), 'c', Double.NaN, Double.POSITIVE_INFINITY, "x".repeat(1001)}) {
            assertThatThrownBy(() -> new Signal(wrong, "test", false)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Signal("x".repeat(1000), "test", false).value()).isNotNull();
    }

    @Test
    void signalsAreOnlyFetchedForAChangeThatRulesCanBeAskedAbout(@TempDir Path directory) throws Exception {
        TestRepository repository = TestRepository.in(directory);
        String base = repository.write("a", "a").commit("Begin");
        String head = repository.write("a", "b").commit("Change");
        Policy policy = reader.read(
                Layer.ORGANISATION, "policy", "rules: [{name: r, when: signals.a > 1, risk: 1, because: B.}]");
        Assessor assessor = new Assessor(reader, List.of(policy), List.of());
        List<String> asked = new ArrayList<>();
        for (Optional<String> revision : List.of(Optional.of(base), Optional.of("nosuch"), Optional.<String>empty())) {
            Assessor.Live live = new Assessor.Live() {
                @Override
                public Assessor.Base of(String service) {
                    return new Assessor.Base(
                            revision, List.of(new Gap(Gap.Kind.FIRST_DEPLOYMENT, "It is the first deployment.")));
                }

                @Override
                public Circumstances circumstances(String service, String commit, Delta delta, Set<String> signals)
                        throws IOException {
                    asked.add(service + " " + commit + " " + (delta == null ? "" : delta.base()) + " " + signals);
                    return Circumstances.at(Instant.EPOCH);
                }
            };
            assessor.assess(
                    new GitRepository(repository.directory()),
                    new Assessor.Request(Optional.of("shop"), "", "qa", "HEAD", Assessor.POLICY_FILE),
                    live);
        }
        assertThat(asked)
                .containsExactly(
                        "shop " + head + " " + base + " [a]", "shop " + head + "  []", "shop " + head + "  []");
    }
}
