package io.jenkins.plugins.changegate.engine.learn;

import static io.jenkins.plugins.changegate.engine.learn.PastChanges.logarithm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From past deployments to points. */
class ExperienceTest {

    private static final List<Feature> OF_A_DIFFERENCE = List.of(
            Feature.LINES_ADDED,
            Feature.LINES_DELETED,
            Feature.FILES,
            Feature.DIRECTORIES,
            Feature.SUBSYSTEMS,
            Feature.ENTROPY);

    /** Deployments that fail the more often the more files they touch, whatever their size. */
    private static List<Experience.Past> past(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Experience.Past> past = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Features features = features(random);
            double probability = 1 / (1 + Math.exp(5 - 1.5 * logarithm(features, Feature.FILES)));
            past.add(new Experience.Past(features, size(features), random.nextDouble() < probability));
        }
        return past;
    }

    private static Features features(SplittableRandom random) {
        Features features = Features.NONE;
        for (Feature feature : OF_A_DIFFERENCE) {
            features = features.with(feature, Math.floor(Math.expm1(random.nextDouble() * random.nextDouble() * 7)));
        }
        return features;
    }

    private static Experience learnt(List<Experience.Past> past) {
        return Experience.of(past, past.stream().map(Experience.Past::features).toList(), "shop");
    }

    private static Totals totals(Features features) {
        return new Totals(
                (int) features.value(Feature.FILES).orElse(0) + 1,
                0,
                0,
                (long) features.value(Feature.LINES_ADDED).orElse(0),
                (long) features.value(Feature.LINES_DELETED).orElse(0));
    }

    private static int size(Features features) {
        return SizePrior.score(totals(features).added(), totals(features).deleted());
    }

    private static int points(Experience experience, Features features) {
        return experience.score(features, -1).contributions(totals(features)).stream()
                .mapToInt(Contribution::points)
                .sum();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "49, 49", "1000, 10"})
    void ofFewDeploymentsOrFailuresSizeAloneScores(int deployments, int failures) {
        List<Experience.Past> past = new ArrayList<>();
        for (Experience.Past each : past(1, deployments)) {
            past.add(new Experience.Past(each.features(), each.score(), past.size() < failures));
        }
        Experience experience = learnt(past);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            Features features = features(random);
            Basis basis = experience.score(features, 7);
            assertThat(basis.learnt()).isEmpty();
            assertThat(basis.contributions(totals(features))).isEqualTo(SizePrior.contributions(totals(features)));
            assertThat(basis.features()).isEqualTo(features);
            assertThat(basis.generatedLines()).isEqualTo(7);
            assertThat(basis.because())
                    .isEqualTo("Scored by its size: " + deployments + " deployments of shop are known, " + failures
                            + " of which failed; to learn from them, 50 and 11 are needed.");
        }
    }

    @Test
    void whatForetellsNothingBetterDoesNotScore() {
        List<Experience.Past> past = new ArrayList<>();
        for (Experience.Past each : past(3, 400)) {
            // What held for the older four fifths is the other way round for the newest.
            boolean many = each.features().value(Feature.FILES).orElseThrow() > 5;
            past.add(new Experience.Past(each.features(), each.score(), many == past.size() < 320));
        }
        Experience experience = learnt(past);
        assertThat(experience.isLearnt()).isFalse();
        assertThat(experience.score(past.get(0).features(), -1).because())
                .endsWith("and what was learnt from them foretold the newest no better.");
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void pointsOfTheReasonsAddUpToAScoreAndMoreLinesNeverScoreLess(long seed) {
        Experience experience = learnt(past(seed, 800));
        assertThat(experience.isLearnt()).isTrue();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            Features features = features(random);
            List<Contribution> parts = experience.score(features, -1).contributions(totals(features));
            int sum = parts.stream().mapToInt(Contribution::points).sum();
            assertThat(sum).isBetween(0, 100);
            assertThat(parts).extracting(Contribution::source).containsOnly(Basis.SOURCE);
            assertThat(parts.subList(1, parts.size()))
                    .extracting(Contribution::points)
                    .doesNotContain(0);
            for (Feature lines : List.of(Feature.LINES_ADDED, Feature.LINES_DELETED)) {
                double more = features.value(lines).orElseThrow() + 1 + random.nextInt(1000);
                assertThat(points(experience, features.with(lines, more))).isGreaterThanOrEqualTo(sum);
            }
        }
    }

    /** Every reason counts: what is left out of the points would show where two changes change places. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void commitsOneByOneAddUpWithTheRestAndAFurtherOneNeverScoresLess(long seed) {
        Experience experience = learnt(past(seed, 1500));
        SplittableRandom random = new SplittableRandom(seed);
        int moved = 0;
        for (int i = 0; i < 200; i++) {
            Features net = features(random);
            List<Features> commits = new ArrayList<>();
            int before = 0;
            for (int n = 1 + random.nextInt(60); n > 0; n--) {
                commits.add(features(random));
                Basis basis = experience.score(net, commits, -1);
                int score = basis.contributions(totals(net)).stream()
                        .mapToInt(Contribution::points)
                        .sum();
                assertThat(score).isBetween(before, 100);
                before = score;
            }
            int alone = points(experience, net);
            List<Contribution> parts = experience.score(net, commits, -1).contributions(totals(net));
            if (before != alone) {
                moved++;
                Contribution last = parts.get(parts.size() - 1);
                assertThat(last.points()).isEqualTo(before - alone);
                assertThat(last.because())
                        .startsWith("The " + commits.size() + " commits one by one: ")
                        .contains(before > alone ? "more likely" : "less likely");
            }
        }
        assertThat(moved).isGreaterThan(100);
    }

    @Test
    void pointsRankChangesAsTheModelDoes() {
        List<Experience.Past> past = past(14, 800);
        Experience experience = learnt(past);
        RiskModel model = new Learner()
                .learn(past.stream()
                        .map(each -> new LabelledChange(each.features(), each.failed()))
                        .toList());
        List<Features> ranked = past.stream()
                .map(Experience.Past::features)
                .sorted(Comparator.comparingDouble(model::logOdds))
                .toList();
        assertThat(ranked).extracting(each -> points(experience, each)).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void aboutAsManyAsBeforeReachEachLevelButOthers(long seed) {
        List<Experience.Past> past = past(seed, 1500);
        Experience experience = learnt(past);
        List<Experience.Past> recent = past.subList(past.size() - Experience.RECENT, past.size());
        for (int bound : new int[] {25, 35, 50, 70}) {
            double before =
                    recent.stream().filter(each -> each.score() >= bound).count();
            double now = recent.stream()
                    .filter(each -> points(experience, each.features()) >= bound)
                    .count();
            assertThat(now / recent.size()).as("%d", bound).isCloseTo(before / recent.size(), within(0.12));
        }
        assertThat(failuresAtTheTop(past(seed + 1000, 2000), experience))
                .isGreaterThan(1.3 * failuresAtTheTop(past(seed + 1000, 2000), null));
    }

    /** Returns how many of the fifth that scores most failed; by size if there is no experience. */
    private static double failuresAtTheTop(List<Experience.Past> past, Experience experience) {
        return past.stream()
                .sorted((a, b) -> Integer.compare(score(b, experience), score(a, experience)))
                .limit(past.size() / 5)
                .filter(Experience.Past::failed)
                .count();
    }

    private static int score(Experience.Past past, Experience experience) {
        return experience == null ? past.score() : points(experience, past.features());
    }

    @Test
    void whereAllChangesAreEqualThereIsNoScale() {
        Features same = Features.NONE.with(Feature.LINES_ADDED, 3).with(Feature.LINES_DELETED, 1);
        List<Experience.Past> past = past(31, 800);
        Experience experience =
                Experience.of(past, IntStream.range(0, 500).mapToObj(i -> same).toList(), "shop");
        assertThat(experience.isLearnt()).isFalse();
    }

    @Test
    void reasonsAreCheckedByAPersonAndSayWhatWouldLowerThem() {
        List<Experience.Past> past = past(41, 1500);
        Features large = past.get(0).features().with(Feature.FILES, 1e6);
        Basis basis = learnt(past).score(large, -1);
        assertThat(basis.learnt().get(0).because()).isEqualTo("What the median of the last changes of shop scores.");
        assertThat(basis.learnt().get(1).because())
                .isEqualTo("1000000 files touched: more than 100 % of the last changes of shop."
                        + " Fewer would score less.");
        Basis small = learnt(past).score(large.with(Feature.FILES, 0), -1);
        assertThat(small.learnt())
                .filteredOn(part -> part.because().startsWith("0 files touched"))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.points()).isNegative();
                    assertThat(part.because())
                            .isEqualTo("0 files touched: 100 % of the last changes of shop have as many or more.");
                });
        assertThat(basis.because()).startsWith("Scored by what was learnt: 1500 deployments of shop are known, ");
    }

    @Test
    void promiseIsOfTheScoresThatFailuresHadAndSaysBelowWhich() {
        List<Experience.Past> past = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            past.add(new Experience.Past(Features.NONE, 40 + i, true));
            past.add(new Experience.Past(Features.NONE, 1, false));
        }
        assertThat(learnt(past).score(Features.NONE, -1).guarantee())
                .startsWith("By the last 22 failures (n), with 90 % confidence (delta 0.1) at most 10 % of the"
                        + " failures pass (alpha 0.1).")
                .endsWith(" This is so where changes pass that score below 40, and no others.");
        assertThat(learnt(past.subList(0, 20)).score(Features.NONE, -1).guarantee())
                .isEqualTo("No promise can be made yet: 10 failures are known, and at least 11 are needed.");
    }

    @Test
    void whatPoliciesWantIsALimitOfTheScoreAsSoonAsEnoughFailuresAreKnown() {
        List<Experience.Past> past = past(31, 400);
        List<Double> failures = past.stream()
                .filter(Experience.Past::failed)
                .map(each -> (double) each.score())
                .toList();
        assertThat(failures.size()).isBetween(45, 200);
        Promise usual = new Promise(10, 90);
        Promise strong = new Promise(1, 99);
        Experience experience = learnt(past);
        Basis basis = experience.score(past.get(0).features(), 3);
        Basis limited = experience.limited(basis, List.of(usual, strong));
        double score = PassThreshold.of(failures, 0.10, 0.10).orElseThrow().score();
        assertThat(limited.limits()).containsExactly(new Basis.Limit(usual, score));
        assertThat(limited.learnt()).isEqualTo(basis.learnt());
        assertThat(limited.guarantee())
                .startsWith(basis.guarantee())
                .contains(
                        "At most 10 % of the failures shall pass, with 90 % confidence: so changes pass that score below "
                                + String.format("%.0f", score) + ", and no others.")
                .contains(
                        "At most 1 % of the failures shall pass, with 99 % confidence: for that 459 failures have to be"
                                + " known, and " + failures.size() + " are, so it stops nothing yet.");
        assertThat(experience.limited(basis, List.of())).isEqualTo(basis);
    }

    @Test
    void onlyTheNewestDeploymentsCount() {
        List<Experience.Past> past = new ArrayList<>(past(51, 40));
        past.addAll(past(52, Experience.WINDOW));
        assertThat(learnt(past).score(Features.NONE, -1).because()).contains("2000 deployments");
    }
}
