package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose demands count. */
class ModesTest {

    private static final String NONE = "environments: {production: {pass-up-to: none}}\n";
    private static final String REFUSAL = "{name: no, when: 'true', refuse: true, because: It must not be.}";

    @Test
    void whatTheOrganisationOnlyObservesDoesNotStopAnything() {
        Judgement judgement = Judging.by("mode: observe\n" + NONE).judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(judgement.observed().orElseThrow().verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(judgement.withheld())
                .contains(
                        "Only observed: enforced, it would have been asked for: Risk is low (13 of 100); nothing passes"
                                + " by itself to production.");
    }

    @Test
    void aTeamThatEnforcesStopsItsOwnChangesWhereTheOrganisationObserves() {
        assertThat(Judging.by("mode: observe").repository(NONE).kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(Judging.by("mode: observe")
                        .repository("rules: [" + REFUSAL + "]")
                        .kind())
                .isEqualTo(Verdict.Kind.REFUSE);
    }

    @Test
    void aTeamThatObservesSwitchesNothingOfTheOrganisationOff() {
        assertThat(Judging.by(NONE).repository("mode: observe").kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(Judging.by("rules: [" + REFUSAL + "]")
                        .repository("mode: observe")
                        .kind())
                .isEqualTo(Verdict.Kind.REFUSE);
        assertThat(Judging.by("rules: []").repository("mode: observe\n" + NONE).kind())
                .isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void theModeOfARuleGoesBeforeThatOfTheEnvironmentAndThatBeforeThePolicys() {
        String observed = REFUSAL.replace("refuse", "mode: observe, refuse");
        String enforced = REFUSAL.replace("refuse", "mode: enforce, refuse");
        assertThat(Judging.by("rules: [" + observed + "]").kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(Judging.by("mode: observe\nrules: [" + enforced + "]").kind())
                .isEqualTo(Verdict.Kind.REFUSE);
        assertThat(Judging.by("mode: observe\nenvironments: {production: {mode: enforce}}\nrules: [" + REFUSAL + "]")
                        .kind())
                .isEqualTo(Verdict.Kind.REFUSE);
        assertThat(Judging.by("environments: {production: {mode: observe}}\nrules: [" + REFUSAL + "]")
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void aGapStopsWhereSomebodyEnforcesACeiling() throws PolicyException {
        PolicyReader reader = new PolicyReader();
        Policy observing = reader.read(Layer.ORGANISATION, "o", "mode: observe");
        Policy strict = reader.read(Layer.REPOSITORY, "r", NONE);
        Policy silent = reader.read(Layer.REPOSITORY, "r", "service: shop");
        Reading none = Reading.none(Gap.Kind.FIRST_DEPLOYMENT, "First.");
        assertThat(kind(List.of(observing), none)).isEqualTo(Verdict.Kind.PASS);
        assertThat(kind(List.of(observing, silent), none)).isEqualTo(Verdict.Kind.PASS);
        assertThat(kind(List.of(observing, strict), none)).isEqualTo(Verdict.Kind.ASK);
        assertThat(kind(List.of(silent), none)).isEqualTo(Verdict.Kind.ASK);
    }

    private static Verdict.Kind kind(List<Policy> policies, Reading reading) {
        return new Judge(policies, List.of())
                .judge("shop", "production", reading, ContentFacts.NONE, Circumstances.at(Instant.EPOCH))
                .verdict()
                .kind();
    }
}
