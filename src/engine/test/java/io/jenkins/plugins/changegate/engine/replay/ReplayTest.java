package io.jenkins.plugins.changegate.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a replay says of one change, and what part each rule has in it; above all when the text is gone. */
class ReplayTest {

    private static final Reading SMALL = reading(1, "src/a.java");
    private static final String HOLDS = "true";
    private static final String ASKS_TEXT = "change.adds('secret')";

    private final PolicyReader reader = new PolicyReader();

    @Test
    void changeIsJudgedAsTheGateWouldJudgeItAndRulesHaveTheirParts() {
        Replayed replayed = replay(
                change(SMALL, ContentFacts.NONE), rule("big", HOLDS, "risk: 30"), rule("small", HOLDS, "risk: 1"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.level()).contains(RiskLevel.MODERATE);
        assertThat(replayed.rules(Part.TIGHTENED)).containsExactly(name("big"), name("small"));
        assertThat(replayed.rules(Part.SOLE)).containsExactly(name("big"));
    }

    @Test
    void ruleThatLoosensOrDoesNotHoldHasNoPartInAsking() {
        Replayed replayed = replay(
                change(SMALL, ContentFacts.NONE),
                rule("asks", HOLDS, "level: high"),
                rule("less", HOLDS, "risk: -1"),
                rule("not", "false", "refuse: true"));
        assertThat(replayed.rules(Part.MATCHED)).containsExactly(name("asks"), name("less"));
        assertThat(replayed.rules(Part.TIGHTENED)).containsExactly(name("asks"));
    }

    @Test
    void noRuleIsTheSoleReasonIfTwoAreEnough() {
        Replayed replayed = replay(
                change(SMALL, ContentFacts.NONE), rule("one", HOLDS, "risk: 30"), rule("two", HOLDS, "risk: 30"));
        assertThat(replayed.rules(Part.TIGHTENED)).hasSize(2);
        assertThat(replayed.rules(Part.SOLE)).isEmpty();
    }

    @Test
    void changeThatWouldPassIsNotDecidableWithoutItsText() {
        Replayed replayed = replay(change(SMALL, null), rule("text", ASKS_TEXT, "risk: 1"));
        assertThat(replayed.result()).isEqualTo(Result.NOT_DECIDABLE);
        assertThat(replayed.rules(Part.UNDECIDED)).containsExactly(name("text"));
        assertThat(replayed.rules(Part.TIGHTENED)).isEmpty();
        assertThat(replay(change(SMALL, ContentFacts.NONE), rule("text", ASKS_TEXT, "risk: 1"))
                        .result())
                .isEqualTo(Result.PASS);
    }

    @Test
    void changeThatOthersAskForIsAskedForWhateverTheUndecidedRuleSays() {
        Replayed replayed =
                replay(change(SMALL, null), rule("asks", HOLDS, "level: high"), rule("text", ASKS_TEXT, "risk: 1"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.level()).contains(RiskLevel.HIGH);
        assertThat(replayed.rules(Part.UNDECIDED)).containsExactly(name("text"));
        assertThat(replayed.rules(Part.TIGHTENED)).containsExactly(name("asks"));
        // Even without the other rule it would not surely pass.
        assertThat(replayed.rules(Part.SOLE)).isEmpty();
    }

    @Test
    void changeThatTheUndecidedRuleCouldRefuseIsNotDecidableAlthoughOthersAsk() {
        Replayed replayed = replay(
                change(SMALL, null), rule("asks", HOLDS, "level: high"), rule("text", ASKS_TEXT, "refuse: true"));
        assertThat(replayed.result()).isEqualTo(Result.NOT_DECIDABLE);
    }

    @Test
    void changeThatOthersRefuseIsRefusedWhateverTheUndecidedRuleSays() {
        Replayed replayed =
                replay(change(SMALL, null), rule("no", HOLDS, "refuse: true"), rule("text", ASKS_TEXT, "risk: -100"));
        assertThat(replayed.result()).isEqualTo(Result.REFUSE);
    }

    @Test
    void undecidedRuleThatCouldLetTheChangePassMakesItNotDecidable() {
        for (String effect : List.of("risk: -100", "safe: true")) {
            Replayed replayed = replay(change(reading(500, "a.java"), null), rule("text", ASKS_TEXT, effect));
            assertThat(replayed.result()).as(effect).isEqualTo(Result.NOT_DECIDABLE);
            assertThat(replayed.level()).as(effect).isEmpty();
        }
    }

    @Test
    void undecidedRuleThatIsAskedForEitherWayAsks() {
        Replayed replayed =
                replay(change(reading(500, "a.java"), null), rule("text", ASKS_TEXT, "safe: true, level: high"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
    }

    @Test
    void conditionThatIsTrueWithoutTheTextIsDecided() {
        Replayed replayed = replay(change(SMALL, null), rule("r", ASKS_TEXT + " || change.files == 1", "level: high"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.rules(Part.UNDECIDED)).isEmpty();
        assertThat(replayed.rules(Part.SOLE)).containsExactly(name("r"));
    }

    @Test
    void bumpsAreKnownWithoutTheTextIfNoManifestIsTouched() {
        String bumps = rule("bump", "change.bumps('major')", "risk: 1");
        assertThat(replay(change(SMALL, null), bumps).result()).isEqualTo(Result.PASS);
        assertThat(replay(change(reading(1, "pom.xml"), null), bumps).result()).isEqualTo(Result.NOT_DECIDABLE);
        // Also if another rule asks for the text.
        assertThat(replay(change(SMALL, null), bumps, rule("text", ASKS_TEXT, "risk: 1"))
                        .rules(Part.UNDECIDED))
                .containsExactly(name("text"));
    }

    @Test
    void textThatWasNotAllLookedAtAsksAsItDoesAtTheGate() {
        ContentFacts part = new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, false);
        Replayed replayed = replay(change(SMALL, part), rule("text", ASKS_TEXT, "risk: 1"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.rules()).isEmpty();
    }

    @Test
    void errorOfAConditionThatNeedsNoTextAsksAsItDoesAtTheGate() {
        String error = rule("zero", "change.files / (change.files - change.files) > 1", "risk: 1");
        assertThat(replay(change(SMALL, null), error).result()).isEqualTo(Result.ASK);
        assertThat(replay(change(SMALL, null), error).rules(Part.UNDECIDED)).isEmpty();
    }

    @Test
    void ruleThatAsksASignalOrTheHistoryIsNotGuessedEither() {
        for (String when : List.of("history.deployments > 3", "change.branch == 'main'", "signals.freeze == true")) {
            Replayed replayed = replay(change(SMALL, ContentFacts.NONE), rule("r", when, "risk: 1"));
            assertThat(replayed.result()).as(when).isEqualTo(Result.NOT_DECIDABLE);
            assertThat(replayed.rules(Part.UNDECIDED)).containsExactly(name("r"));
        }
    }

    @Test
    void ruleThatIsOnlyObservedChangesNothing() {
        assertThat(replay(change(SMALL, null), rule("r", ASKS_TEXT, "level: high, mode: observe"))
                        .result())
                .isEqualTo(Result.PASS);
        Replayed asked = replay(
                change(SMALL, ContentFacts.NONE),
                rule("observed", HOLDS, "refuse: true, mode: observe"),
                rule("asks", HOLDS, "level: high"));
        assertThat(asked.result()).isEqualTo(Result.ASK);
        assertThat(asked.rules(Part.MATCHED)).containsExactly(name("asks"), name("observed"));
        assertThat(asked.rules(Part.TIGHTENED)).containsExactly(name("asks"));
    }

    @Test
    void ruleThatAsksAboutTheRiskFollowsTheRiskThatIsLeft() {
        Replayed replayed = replay(
                change(SMALL, ContentFacts.NONE),
                rule("points", HOLDS, "risk: 30"),
                rule("refuses", "risk.level == 'moderate'", "refuse: true"));
        assertThat(replayed.result()).isEqualTo(Result.REFUSE);
        assertThat(replayed.rules(Part.SOLE)).containsExactly(name("points"));
    }

    @Test
    void moreUndecidedRulesThanCanBeTriedDecideNothing() {
        String[] rules = new String[10];
        rules[0] = rule("asks", HOLDS, "level: high");
        for (int i = 1; i < rules.length; i++) {
            rules[i] = rule("text" + i, ASKS_TEXT, "risk: 1");
        }
        assertThat(replay(change(SMALL, null), rules).result()).isEqualTo(Result.NOT_DECIDABLE);
        assertThat(replay(change(SMALL, null), Arrays.copyOf(rules, 9)).result())
                .isEqualTo(Result.ASK);
    }

    @Test
    void changeOfWhichNothingIsKnownAsks() {
        Replayed replayed =
                replay(change(Reading.none(Gap.Kind.BASE_MISSING, "Gone."), null), rule("text", ASKS_TEXT, "risk: 1"));
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.gaps()).containsExactly(Gap.Kind.BASE_MISSING);
    }

    @Test
    void repositorysOwnPoliciesApplyAndOneRuleInBothIsOne() throws PolicyException {
        Policy own = policy(Layer.REPOSITORY, rule("own", HOLDS, "level: high"));
        Policy other = policy(Layer.REPOSITORY, rule("own", HOLDS, "level: high") + ",");
        PastChange change = new PastChange(
                "id",
                "",
                Instant.EPOCH,
                "shop",
                "production",
                SMALL,
                Optional.of(ContentFacts.NONE),
                Circumstances.at(Instant.EPOCH),
                List.of(own, other),
                Optional.empty(),
                Optional.empty());
        Replayed replayed = new Replay(List.of(reader.builtIn())).replay(change);
        assertThat(replayed.result()).isEqualTo(Result.ASK);
        assertThat(replayed.rules(Part.SOLE)).containsExactly(new RuleName(Layer.REPOSITORY, "own"));
    }

    private Replayed replay(PastChange change, String... rules) {
        try {
            return new Replay(List.of(policy(Layer.ORGANISATION, String.join(",", rules)))).replay(change);
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private Policy policy(Layer layer, String rules) throws PolicyException {
        return reader.read(layer, "policy", "rules: [" + rules + "]");
    }

    private static String rule(String name, String when, String effect) {
        return "{name: " + name + ", when: \"" + when + "\", because: B., " + effect + "}";
    }

    private static RuleName name(String rule) {
        return new RuleName(Layer.ORGANISATION, rule);
    }

    private static Reading reading(int lines, String path) {
        FileChange file = new FileChange(path, null, FileChange.Status.MODIFIED, lines, 0, false, false, false, false);
        Delta delta = new Delta("b", "h", List.of(file), new Totals(1, 0, 0, lines, 0), List.of(), List.of());
        return new Reading(delta, List.of());
    }

    private static PastChange change(Reading reading, ContentFacts text) {
        return new PastChange(
                "id",
                "Title",
                Instant.EPOCH,
                "shop",
                "production",
                reading,
                Optional.ofNullable(text),
                Circumstances.at(Instant.EPOCH),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
