package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import org.junit.jupiter.api.Test;

/** Standard, normal and emergency changes, and models. */
class ChangeTypesTest {

    private static final String FLAGS = """
            models:
              flags: {type: standard, pass-up-to: moderate, approved-by: the board, %sbecause: Flags are switched daily.}
            rules:
              - {name: large, when: 'true', risk: 30, because: It is large.}
              - {name: is-flag, when: 'true', model: flags, because: It is one.}
            """;

    @Test
    void aStandardChangePassesUpToItsLevelAndNoFurther() {
        Judgement judgement = Judging.by(FLAGS.formatted("")).judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(judgement.type()).isEqualTo(ChangeType.STANDARD);
        assertThat(judgement.model()).isEqualTo("flags");
        assertThat(judgement.verdict().reasons())
                .contains("It is of the change model flags: Flags are switched daily.");
        assertThat(Judging.by(FLAGS.formatted("")).lines(300).kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void aRetiredModelHasNoEffectFromItsDayOn() {
        String retired = FLAGS.formatted("retired: 2026-11-24, ");
        assertThat(Judging.by(retired).at("2026-11-23T23:59:59Z").kind()).isEqualTo(Verdict.Kind.PASS);
        Judging later = Judging.by(retired).at("2026-11-24T00:00:00Z");
        assertThat(later.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(later.judgement().type()).isEqualTo(ChangeType.NORMAL);
    }

    @Test
    void aStandardChangeOfALowerLayerIsVoidUnlessDelegated() {
        Judging change = Judging.by("rules: []").repository(FLAGS.formatted(""));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.reasons()).anyMatch(reason -> reason.startsWith("The standard change 'flags' of the repo"));
        assertThat(Judging.by("delegates: [{models: true, pass-up-to: moderate}]")
                        .repository(FLAGS.formatted(""))
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void aNormalModelAddsItsOwnApprovals() {
        String model = """
                models: {move: {approvals: {low: [{from: movers}]}, because: It has a plan.}}
                rules: [{name: moves, when: 'true', risk: 30, model: move, because: It moves.}]
                environments: {production: {approvals: {low: [{from: leads}]}}}
                """;
        assertThat(Judging.by(model).needs()).containsExactly("1 of leads", "1 of movers");
    }

    /** The repository raises the score, and so it is by its doing that the organisation's rule names the model. */
    @Test
    void approvalsOfAModelDoNotTakeThePlaceOfAnybody() {
        String model = """
                models: {move: {approvals: {low: [{from: movers}]}, because: It has a plan.}}
                rules: [{name: moves, when: risk.score > 60, model: move, because: It moves.}]
                environments: {production: {pass-up-to: none}}
                """;
        assertThat(Judging.by(model).needs()).containsExactly("1 of holders of Change/Approve");
        assertThat(Judging.by(model)
                        .repository("rules: [{name: more, when: 'true', risk: 70, because: B.}]")
                        .needs())
                .containsExactlyInAnyOrder("1 of holders of Change/Approve", "1 of movers");
    }

    @Test
    void anEmergencyAlwaysAsksItsOwnAuthority() {
        String policy = """
                environments:
                  production: {pass-up-to: very-high, emergency: [{from: duty}], approvals: {low: [{from: leads}]}}
                """;
        assertThat(Judging.by(policy).kind()).isEqualTo(Verdict.Kind.PASS);
        Judging burning = Judging.by(policy).repository("environments: {production: {approvals: {low: [{from: us}]}}}");
        assertThat(burning.emergency().needs()).containsExactly("1 of duty");
        assertThat(burning.judgement().type()).isEqualTo(ChangeType.EMERGENCY);
        // Without an authority of its own it needs what the level needs.
        assertThat(Judging.by("environments: {production: {approvals: {low: [{from: leads}]}}}")
                        .emergency()
                        .needs())
                .containsExactly("1 of leads");
    }

    @Test
    void requirementsOfRulesAreAskedWhateverTheLevelAndTheType() {
        String policy = "rules: [{name: dba, when: 'true', require: [{from: dbas}], because: It is a table.}]";
        assertThat(Judging.by(policy).needs()).containsExactly("1 of dbas");
        assertThat(Judging.by(policy).reasons()).contains("It is a table. (rule dba of the organisation's policy)");
        assertThat(Judging.by(policy + "\nenvironments: {production: {emergency: [{from: duty}]}}")
                        .emergency()
                        .needs())
                .containsExactlyInAnyOrder("1 of dbas", "1 of duty");
    }
}
