package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a layer lets those below it do, and no more. */
class DelegationTest {

    private static final String LOW =
            "environments: {production: {pass-up-to: low, approvals: {low: [{from: leads}]}}}\n";
    private static final String ALL_HIGH = "environments: {production: {pass-up-to: very-high}}\n";
    private static final String LARGE = "rules: [{name: large, when: 'true', risk: 30, because: It is large.}]\n";

    @Test
    void withoutADelegationALowerCeilingIsVoidAndSaid() {
        Judging change = Judging.by(LOW + LARGE).repository(ALL_HIGH);
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.reasons())
                .contains("That the repository's policy lets changes up to very high pass to production has no effect"
                        + " beyond low, as the organisation's policy has it.");
    }

    @Test
    void aDelegatedCeilingCountsUpToItsLimit() {
        String delegating = LOW + LARGE + "delegates: [{pass-up-to: moderate}]\n";
        assertThat(Judging.by(delegating).repository(ALL_HIGH).kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(Judging.by(delegating).repository(ALL_HIGH).lines(200).kind())
                .isEqualTo(Verdict.Kind.ASK);
        assertThat(Judging.by(delegating).kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void aChangeCannotUseWhatItBringsItself() {
        String delegating =
                LOW + LARGE + "delegates: [{pass-up-to: very-high, risk: -100, safe: true, models: true}]\n";
        String loosening = ALL_HIGH
                + "models: {all: {type: standard, pass-up-to: very-high, approved-by: me, because: I say so.}}\n"
                + "rules: [{name: fine, when: 'true', risk: -100, safe: true, model: all, because: I say so.}]\n";
        assertThat(Judging.by(delegating).repository(loosening).kind()).isEqualTo(Verdict.Kind.PASS);
        Judging own = Judging.by(delegating).repositoryAtHeadOnly(loosening);
        assertThat(own.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(own.reasons())
                .contains("That .changegate.yml at head lets changes up to very high pass to production has no effect:"
                        + " what runs there now does not say so too.");
        assertThat(own.judgement().assessment())
                .isEqualTo(Judging.by(delegating).judgement().assessment());
    }

    @Test
    void itHoldsForItsSubtreeAndItsEnvironmentsOnly() {
        String delegating = LOW + LARGE + "delegates: [{to: Payments, environments: [production], pass-up-to: high}]\n";
        assertThat(Judging.by(delegating)
                        .repository(ALL_HIGH)
                        .job("Payments/shop")
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
        assertThat(Judging.by(delegating)
                        .repository(ALL_HIGH)
                        .job("PaymentsToo/shop")
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
        String elsewhere = LOW + LARGE + "delegates: [{to: Payments, environments: [staging], pass-up-to: high}]\n";
        assertThat(Judging.by(elsewhere)
                        .repository(ALL_HIGH)
                        .job("Payments/shop")
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
    }

    /** The organisation can only let others loosen what it demands itself. */
    @Test
    void itDoesNotLoosenWhatALayerInBetweenDemands() {
        String delegating = LOW + LARGE + "delegates: [{pass-up-to: high}]\n";
        String none = "environments: {production: {pass-up-to: none}}";
        assertThat(Judging.by(delegating).folder("A", none).repository(ALL_HIGH).kind())
                .isEqualTo(Verdict.Kind.ASK);
        assertThat(Judging.by(delegating)
                        .folder("A", none + "\ndelegates: [{pass-up-to: moderate}]")
                        .repository(ALL_HIGH)
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void pointsAreTakenAwayTogetherUpToTheLimit() {
        String delegating = LOW + LARGE + "delegates: [{risk: -20}]\n";
        String less = "rules: [{name: known, when: 'true', risk: -15, because: We know it.}]";
        int without = Judging.by(delegating).judgement().assessment().score();
        assertThat(Judging.by(delegating)
                        .repository(less)
                        .judgement()
                        .assessment()
                        .score())
                .isEqualTo(without - 15);
        Judging both = Judging.by(delegating).folder("A", less).repository(less);
        assertThat(both.judgement().assessment().score()).isEqualTo(without - 20);
        assertThat(both.reasons())
                .contains("The rule 'known' of the repository's policy would take away 15 points, of which 5 are left"
                        + " to it.");
    }

    @Test
    void delegatedApprovalsAreAskedInPlaceOfTheHigherOnes() {
        String delegating = LOW + LARGE + "delegates: [{approvals: moderate}]\n";
        String own = "environments: {production: {approvals: {moderate: [{from: 'user:tess'}]}}}";
        assertThat(Judging.by(delegating).repository(own).needs()).containsExactly("1 of tess");
        assertThat(Judging.by(LOW + LARGE).repository(own).needs()).containsExactly("1 of leads", "1 of tess");
        assertThat(Judging.by(delegating).repositoryAtHeadOnly(own).needs()).containsExactly("1 of leads", "1 of tess");
    }
}
