package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stops a change that its level lets pass: a guarantee, and the random audit. */
class StopsTest {

    private static final String AUDIT = "environments: {production: {audit: %d}}";
    private static final String GUARANTEE = "environments: {production: {guarantee: {miss-rate: %d}}}";

    /** The score of a change of one line. */
    private static final int SCORE = 13;

    private static Judging drawn(Judging change, double lot, Basis.Limit... limits) {
        Basis basis = new Basis(Features.NONE, -1, List.of(), "", "", List.of(limits), lot);
        return change.of(Circumstances.at(Instant.EPOCH).withBasis(Optional.of(basis)));
    }

    private static Basis.Limit limit(int missRate, double score) {
        return new Basis.Limit(new Promise(missRate, Promise.USUAL_CONFIDENCE), score);
    }

    @Test
    void aChangeThatIsDrawnAsksThoughItsLevelPasses() {
        Judging drawn = drawn(Judging.by(AUDIT.formatted(5)), 0.0499);
        assertThat(drawn.judgement().assessment().score()).isEqualTo(SCORE);
        assertThat(drawn.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(drawn.needs()).containsExactly("1 of holders of Change/Approve");
        assertThat(drawn.reasons())
                .contains("It was drawn for the random audit: 5 % of the changes that would pass by themselves to"
                        + " production ask nevertheless.");
        assertThat(drawn(Judging.by(AUDIT.formatted(5)), 0.05).kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(drawn(Judging.by(AUDIT.formatted(0)), 0).kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(Judging.by(AUDIT.formatted(100)).kind()).isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void whatAsksAnywayIsNotSaidToBeDrawn() {
        Judging large = drawn(Judging.by(AUDIT.formatted(100)).lines(500), 0);
        assertThat(large.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(large.reasons()).noneMatch(reason -> reason.contains("audit"));
    }

    @Test
    void aLowerLayerCanOnlyRaiseTheShare() {
        assertThat(drawn(Judging.by(AUDIT.formatted(5)).repository(AUDIT.formatted(0)), 0.04)
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
        assertThat(drawn(Judging.by(AUDIT.formatted(5)).repository(AUDIT.formatted(10)), 0.09)
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
        assertThat(drawn(Judging.by(AUDIT.formatted(5)).repositoryAtHeadOnly(AUDIT.formatted(10)), 0.09)
                        .kind())
                .isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void whatIsOnlyObservedDrawsNobody() {
        String observed = "mode: observe\n" + AUDIT.formatted(100);
        Judgement judgement = drawn(Judging.by(observed), 0).judgement();
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(judgement.withheld().orElseThrow()).contains("drawn for the random audit");
    }

    @Test
    void aGuaranteeStopsFromItsLimitOn() {
        Judging stopped = drawn(Judging.by(GUARANTEE.formatted(10)), 0.5, limit(10, SCORE));
        assertThat(stopped.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(stopped.needs()).containsExactly("1 of holders of Change/Approve");
        assertThat(stopped.reasons())
                .contains("At most 10 % of the failures shall pass, with 90 % confidence: by past failures only changes"
                        + " that score below 13 pass by themselves to production.");
        assertThat(drawn(Judging.by(GUARANTEE.formatted(10)), 0.5, limit(10, SCORE + 1))
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
        // Of another promise.
        assertThat(drawn(Judging.by(GUARANTEE.formatted(10)), 0.5, limit(5, SCORE))
                        .kind())
                .isEqualTo(Verdict.Kind.PASS);
        assertThat(drawn(Judging.by(GUARANTEE.formatted(10)), 0.5).kind()).isEqualTo(Verdict.Kind.PASS);
    }

    /** With few failures known it says nothing, and must not make the weaker one of the organisation void. */
    @Test
    void aStrongerGuaranteeThatCannotBeGivenYetLeavesTheWeakerOneInForce() {
        Judging both = Judging.by(GUARANTEE.formatted(10)).repository(GUARANTEE.formatted(1));
        assertThat(drawn(both, 0.5, limit(10, SCORE)).kind()).isEqualTo(Verdict.Kind.ASK);
    }
}
