package io.jenkins.plugins.changegate.engine.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A score is the sum of its contributions, and more never counts less. */
class RiskAssessmentTest {

    private static final long SEED = 161_803;
    private static final int CASES = 2_000;

    private final Random random = new Random(SEED);

    @Test
    void contributionsAlwaysAddUpToAScoreWithinTheScale() {
        System.out.println("Seed: " + SEED);
        for (int i = 0; i < CASES; i++) {
            List<Contribution> parts = new ArrayList<>(SizePrior.contributions(totals()));
            for (int n = random.nextInt(6); n > 0; n--) {
                parts.add(new Contribution("rule-" + n, random.nextInt(201) - 100, "Because."));
            }
            RiskLevel floor = RiskLevel.values()[random.nextInt(4)];
            Tier tier = Tier.values()[random.nextInt(4)];
            RiskAssessment assessment = RiskAssessment.of(parts, floor, tier);
            assertThat(assessment.score()).isBetween(0, 100).isEqualTo(sum(assessment.contributions()));
            assertThat(assessment.contributions()).containsAll(parts);
            assertThat(assessment.level())
                    .isGreaterThanOrEqualTo(floor)
                    .isGreaterThanOrEqualTo(tier.bounds().level(assessment.score()));
            parts.add(new Contribution("more", random.nextInt(50), "Because."));
            RiskAssessment more = RiskAssessment.of(parts, floor, tier);
            assertThat(more.score()).isGreaterThanOrEqualTo(assessment.score());
            assertThat(more.level()).isGreaterThanOrEqualTo(assessment.level());
        }
    }

    @Test
    void moreLinesNeverScoreLess() {
        for (int i = 0; i < CASES; i++) {
            Totals less = totals();
            long more = (long) (random.nextDouble() * 10_000);
            int before = SizePrior.score(less.added(), less.deleted());
            assertThat(before).isBetween(0, 100);
            assertThat(SizePrior.score(less.added() + more, less.deleted())).isGreaterThanOrEqualTo(before);
            assertThat(SizePrior.score(less.added(), less.deleted() + more)).isGreaterThanOrEqualTo(before);
            assertThat(sum(SizePrior.contributions(less))).isEqualTo(before);
        }
        assertThat(SizePrior.score(Long.MAX_VALUE, Long.MAX_VALUE)).isBetween(95, 100);
    }

    @Test
    void scoresOfKnownSizesStayWhereTheyAre() {
        assertThat(List.of(
                        SizePrior.score(0, 0),
                        SizePrior.score(1, 1),
                        SizePrior.score(10, 2),
                        SizePrior.score(100, 10),
                        SizePrior.score(1_000, 100)))
                .containsExactly(9, 13, 26, 54, 80);
    }

    @Test
    void nothingChangedScoresNothing() {
        assertThat(SizePrior.contributions(Totals.NONE)).singleElement().satisfies(part -> {
            assertThat(part.points()).isZero();
            assertThat(part.because()).contains("already runs there");
        });
    }

    @Test
    void reasonsNameTheLines() {
        assertThat(SizePrior.contributions(new Totals(1, 0, 0, 1, 2)))
                .extracting(Contribution::because)
                .containsExactly(
                        "Any change carries some risk.",
                        "1 line added: larger changes fail more often.",
                        "2 lines deleted.");
    }

    @Test
    void whatGoesBeyondTheScaleIsAContributionOfItsOwn() {
        RiskAssessment high = assess(90, 30);
        assertThat(high.score()).isEqualTo(100);
        assertThat(high.contributions()).last().isEqualTo(new Contribution("scale", -20, "The scale ends at 100."));
        RiskAssessment low = assess(10, -30);
        assertThat(low.score()).isZero();
        assertThat(low.contributions()).last().isEqualTo(new Contribution("scale", 20, "The scale ends at 0."));
        assertThat(assess(40, 60).contributions()).hasSize(2);
    }

    @Test
    void scoreThatIsNotTheSumIsRefused() {
        List<Contribution> parts = List.of(new Contribution("a", 7, "Because."));
        assertThatThrownBy(() -> new RiskAssessment(8, RiskLevel.LOW, parts))
                .isInstanceOf(IllegalArgumentException.class);
        List<Contribution> tooMuch = List.of(new Contribution("a", 101, "Because."));
        assertThatThrownBy(() -> new RiskAssessment(101, RiskLevel.LOW, tooMuch))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownChangeIsOfTheHighestRisk() {
        assertThat(RiskAssessment.unknown().score()).isEqualTo(100);
        assertThat(RiskAssessment.unknown().level()).isEqualTo(RiskLevel.VERY_HIGH);
    }

    @Test
    void levelsAreNamedAsInAPolicyAndInASentence() {
        assertThat(RiskLevel.VERY_HIGH.key()).isEqualTo("very-high");
        assertThat(RiskLevel.VERY_HIGH.words()).isEqualTo("very high");
        assertThat(RiskLevel.LOW.higher(RiskLevel.HIGH)).isEqualTo(RiskLevel.HIGH);
    }

    private static RiskAssessment assess(int... points) {
        List<Contribution> parts = new ArrayList<>();
        for (int point : points) {
            parts.add(new Contribution("part", point, "Because."));
        }
        return RiskAssessment.of(parts, RiskLevel.LOW, Tier.PRODUCTION);
    }

    private Totals totals() {
        long added = (long) Math.pow(10, random.nextDouble() * 7) - 1;
        long deleted = (long) Math.pow(10, random.nextDouble() * 7) - 1;
        return new Totals(1 + random.nextInt(9), 0, 0, added, deleted);
    }

    private static int sum(List<Contribution> parts) {
        return parts.stream().mapToInt(Contribution::points).sum();
    }
}
