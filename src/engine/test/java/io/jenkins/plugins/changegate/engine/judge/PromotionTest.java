package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Normal models whose changes somebody made standard changes: {@link EarnedLevelTest} has the levels of services. */
class PromotionTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final String VALUES = """
            models: {config-value: {promotion: {after: 20, pass-up-to: %s}, because: Only values change.}}
            rules:
              - {name: large, when: 'true', risk: 30, because: It is large.}
              - {name: values-only, when: '%s', model: config-value, because: Only values.}
            """;

    private static String values(String upTo, String when) {
        return VALUES.formatted(upTo, when);
    }

    private static String values() {
        return values("moderate", "true");
    }

    private static Standing standing(RiskLevel upTo, String lost) {
        return new Standing("jane", NOW, 20, upTo, lost);
    }

    /** The same change once this standing is that of the model by which it is judged. */
    private static Judging given(Judging change, Standing standing) {
        String version = change.judgement().promotable().get(0).version();
        return change.of(Circumstances.at(NOW).withStandings(Map.of(version, standing)));
    }

    @Test
    void aModelThatNobodyPromotedAsksLikeAnyNormalOne() {
        Judging change = Judging.by(values());
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.judgement().type()).isEqualTo(ChangeType.NORMAL);
        assertThat(change.judgement().promotable())
                .hasSize(1)
                .allMatch(model -> model.standing().isEmpty());
        assertThat(change.reasons()).contains("It is of the change model config-value: Only values change.");
    }

    @Test
    void aPromotedModelPassesUpToItsLevelAndSaysWhoMadeItSo() {
        Judging change = given(Judging.by(values()), standing(RiskLevel.MODERATE, ""));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(change.judgement().type()).isEqualTo(ChangeType.STANDARD);
        assertThat(change.judgement().model()).isEqualTo("config-value");
        assertThat(change.reasons())
                .contains("It is of the change model config-value, which jane made a standard change for shop in"
                        + " production on 2026-11-23, after 20 successful deployments: Only values change.");
        assertThat(change.lines(300).kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void whatWasLostAsksAgainAndSaysWhy() {
        Judging change = given(Judging.by(values()), standing(RiskLevel.MODERATE, "since CHG-000042 was unsuccessful"));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.judgement().type()).isEqualTo(ChangeType.NORMAL);
        assertThat(change.reasons())
                .contains("It is of the change model config-value, which is normal again since CHG-000042 was"
                        + " unsuccessful: Only values change.");
    }

    @Test
    void aLevelThatIsRaisedAfterwardsNeedsAnotherPromotion() {
        Judging change = given(Judging.by(values()), standing(RiskLevel.LOW, ""));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        Judging lowered = given(Judging.by(values("low", "true")), standing(RiskLevel.HIGH, ""));
        assertThat(lowered.kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void aRuleThatTakesInOtherChangesMakesItAnotherModel() {
        String then = Judging.by(values()).judgement().promotable().get(0).version();
        Judging wider = Judging.by(values("moderate", "change.files < 9"));
        Map<String, Standing> made = Map.of(then, standing(RiskLevel.MODERATE, ""));
        assertThat(wider.of(Circumstances.at(NOW).withStandings(made)).kind()).isEqualTo(Verdict.Kind.ASK);
        Judging more = Judging.by(values() + "  - {name: more, when: 'false', model: config-value, because: B.}\n");
        assertThat(more.of(Circumstances.at(NOW).withStandings(made)).kind()).isEqualTo(Verdict.Kind.ASK);
        // One that is only observed takes nothing in.
        Judging observed = Judging.by(
                values() + "  - {name: m, when: 'false', mode: observe, model: config-value, because: B.}\n");
        assertThat(observed.of(Circumstances.at(NOW).withStandings(made)).kind())
                .isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void theSameModelOfAnotherLayerIsAnotherOne() {
        String organisations =
                Judging.by(values()).judgement().promotable().get(0).version();
        Judging change =
                Judging.by("delegates: [{models: true, pass-up-to: moderate}]").repository(values());
        Map<String, Standing> made = Map.of(organisations, standing(RiskLevel.MODERATE, ""));
        assertThat(change.of(Circumstances.at(NOW).withStandings(made)).kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(given(change, standing(RiskLevel.MODERATE, "")).kind()).isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void aLowerLayersPromotionIsVoidUnlessDelegated() {
        Judging change = given(Judging.by("rules: []").repository(values()), standing(RiskLevel.MODERATE, ""));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.reasons())
                .anyMatch(reason -> reason.startsWith(
                        "The standard change 'config-value' of the repository's policy" + " passes no further than"));
    }

    @Test
    void aModelThatOnlyTheChangeBringsIsNeitherPromotedNorEvidence() {
        Judging change =
                Judging.by("delegates: [{models: true, pass-up-to: moderate}]").repositoryAtHeadOnly(values());
        assertThat(change.judgement().promotable()).isEmpty();
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
    }
}
