package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whether the changes of a model are standard changes, by what is on record of them. */
class TrackTest {

    private static final long SEED = 20_261_123;
    private static final int CASES = 5_000;
    private static final Route ROUTE = new Route("shop", "shop", "production");
    private static final Promotion AFTER_TWO = new Promotion(2, Duration.ZERO, RiskLevel.MODERATE, false);
    private static final ModelVersion MODEL = new ModelVersion(Layer.ORGANISATION, "values", "v");

    private final List<Track.Deployment> deployments = new ArrayList<>();
    private final List<Track.Act> acts = new ArrayList<>();
    private long place;

    private Track track() {
        return new Track(ROUTE, deployments, acts);
    }

    /** The next change, with a commit of its own. */
    private TrackTest deployed(Outcome outcome) {
        return deployed("shop", "h" + place, outcome, 0);
    }

    private TrackTest deployed(String job, String head, Outcome outcome, long undoneBy) {
        return deployed(job.equals(ROUTE.job()), RiskLevel.LOW, head, outcome, undoneBy);
    }

    /** One each day. */
    private TrackTest deployed(boolean own, RiskLevel level, String head, Outcome outcome, long undoneBy) {
        place++;
        Instant opened = Instant.parse("2026-11-01T10:00:00Z").plus(Duration.ofDays(place));
        deployments.add(new Track.Deployment(place, own, level, opened, head, outcome, undoneBy, place));
        return this;
    }

    private TrackTest promoted(int successes) {
        long newest = deployments.get(deployments.size() - 1).at();
        List<Long> evidence = new ArrayList<>();
        for (long number = newest; number > newest - successes; number--) {
            evidence.add(number);
        }
        Instant at = Instant.parse("2026-11-23T10:00:00Z");
        acts.add(new Track.Act(
                newest,
                newest,
                ++place,
                new ChangeEvent.Promoted(at, MODEL, RiskLevel.MODERATE, "jane", "Well done.", evidence)));
        return this;
    }

    private TrackTest demoted() {
        Instant at = Instant.parse("2026-11-24T10:00:00Z");
        acts.add(new Track.Act(1, 1, ++place, new ChangeEvent.Demoted(at, MODEL, "tom", "No.")));
        return this;
    }

    @Test
    void successesInARowAreProposedButMakeNothingStandard() {
        deployed(Outcome.SUCCESSFUL);
        assertThat(track().isProposed(AFTER_TWO)).isFalse();
        deployed(Outcome.SUCCESSFUL);
        assertThat(track().isProposed(AFTER_TWO)).isTrue();
        assertThat(track().evidence(AFTER_TWO)).containsExactly(2L, 1L);
        assertThat(track().standing()).isEmpty();
    }

    @Test
    void whatSomebodyPromotedIsStandardAndIsNotProposedAgain() {
        deployed(Outcome.SUCCESSFUL).deployed(Outcome.SUCCESSFUL).promoted(2);
        assertThat(track().standing())
                .contains(new Standing("jane", Instant.parse("2026-11-23T10:00:00Z"), 2, RiskLevel.MODERATE, "", 2));
        assertThat(track().isProposed(AFTER_TWO)).isFalse();
        assertThat(track().isProposed(new Promotion(2, Duration.ZERO, RiskLevel.HIGH, false)))
                .isTrue();
    }

    @Test
    void aFailureTakesItAwayAndTheEvidenceBeginsAnew() {
        deployed(Outcome.SUCCESSFUL).deployed(Outcome.SUCCESSFUL).promoted(2).deployed(Outcome.UNSUCCESSFUL);
        assertThat(track().standing().map(Standing::lost)).contains("since CHG-000004 was unsuccessful");
        assertThat(track().evidence(AFTER_TWO)).isEmpty();
        deployed(Outcome.SUCCESSFUL).deployed(Outcome.SUCCESSFUL);
        assertThat(track().standing().map(Standing::isStandard)).contains(false);
        assertThat(track().isProposed(AFTER_TWO)).isTrue();
        promoted(2);
        assertThat(track().standing().map(Standing::isStandard)).contains(true);
    }

    @Test
    void aFailureOfAnotherJobTakesItAwayButItsSuccessesDoNotCount() {
        deployed("other", "a", Outcome.SUCCESSFUL, 0).deployed("other", "b", Outcome.SUCCESSFUL, 0);
        assertThat(track().evidence(AFTER_TWO)).isEmpty();
        deployed(Outcome.SUCCESSFUL).promoted(1).deployed("other", "c", Outcome.UNSUCCESSFUL, 0);
        assertThat(track().standing().map(Standing::isStandard)).contains(false);
    }

    @Test
    void aRollbackIsAFailureOfWhatItTookBack() {
        deployed(Outcome.SUCCESSFUL).promoted(1).deployed("shop", "x", Outcome.SUCCESSFUL, 9);
        assertThat(track().standing().map(Standing::lost)).contains("since CHG-000003 was rolled back by CHG-000009");
        assertThat(track().evidence(AFTER_TWO)).isEmpty();
    }

    @Test
    void aDeploymentWithIssuesEndsTheRowButNotWhatWasPromoted() {
        deployed(Outcome.SUCCESSFUL).promoted(1).deployed(Outcome.SUCCESSFUL_WITH_ISSUES);
        assertThat(track().standing().map(Standing::isStandard)).contains(true);
        assertThat(track().evidence(AFTER_TWO)).isEmpty();
    }

    @Test
    void aWithdrawalTakesItAwayAndTheEvidenceBeginsAnew() {
        deployed(Outcome.SUCCESSFUL).promoted(1).demoted();
        assertThat(track().standing().map(Standing::lost)).contains("since tom withdrew that on 2026-11-24");
        assertThat(track().evidence(AFTER_TWO)).isEmpty();
        assertThat(deployed(Outcome.SUCCESSFUL).track().evidence(AFTER_TWO)).hasSize(1);
    }

    @Test
    void aCommitThatIsDeployedTwiceCountsOnce() {
        deployed("shop", "same", Outcome.SUCCESSFUL, 0).deployed("shop", "same", Outcome.SUCCESSFUL, 0);
        deployed("shop", "", Outcome.SUCCESSFUL, 0);
        assertThat(track().evidence(AFTER_TWO)).containsExactly(2L);
    }

    /** Of a service only what is as risky as what would newly pass is evidence, and every failure ends it. */
    @Test
    void onlyDeploymentsOfTheRiskThatWouldNewlyPassAreEvidenceForAServiceButEachFailureEndsIt() {
        Promotion raise = new Promotion(2, Duration.ZERO, RiskLevel.MODERATE, true);
        deployed(true, RiskLevel.LOW, "a", Outcome.SUCCESSFUL, 0);
        deployed(true, RiskLevel.MODERATE, "b", Outcome.SUCCESSFUL, 0);
        deployed(true, RiskLevel.HIGH, "c", Outcome.SUCCESSFUL, 0);
        assertThat(track().evidence(raise)).containsExactly(2L);
        assertThat(track().isProposed(raise)).isFalse();
        deployed(true, RiskLevel.MODERATE, "d", Outcome.SUCCESSFUL, 0);
        assertThat(track().isProposed(raise)).isTrue();
        deployed(true, RiskLevel.LOW, "e", Outcome.UNSUCCESSFUL, 0);
        assertThat(track().evidence(raise)).isEmpty();
    }

    @Test
    void successesOfOneAfternoonAreNotThoseOfAMonth() {
        deployed(Outcome.SUCCESSFUL).deployed(Outcome.SUCCESSFUL);
        assertThat(track().isProposed(new Promotion(2, Duration.ofDays(1), RiskLevel.LOW, false)))
                .isTrue();
        assertThat(track().isProposed(new Promotion(2, Duration.ofDays(2), RiskLevel.LOW, false)))
                .isFalse();
        assertThat(deployed(Outcome.SUCCESSFUL).track().reach(AFTER_TWO)).isEqualTo(Duration.ofDays(2));
    }

    /** What fails while a person looks at the evidence has the lower place in the ledger, and takes it away as well. */
    @Test
    void aFailureBetweenTheEvidenceAndTheClickCounts() {
        deployed(Outcome.SUCCESSFUL).deployed(Outcome.UNSUCCESSFUL);
        acts.add(new Track.Act(
                1, 1, ++place, new ChangeEvent.Promoted(Instant.EPOCH, MODEL, RiskLevel.LOW, "jane", "", List.of(1L))));
        assertThat(track().standing().map(Standing::lost)).contains("since CHG-000002 was unsuccessful");
    }

    @Test
    void onlyADecisionMakesThemStandardAndAFailureAlwaysTakesItAway() {
        Random random = new Random(SEED);
        int standard = 0;
        for (int i = 0; i < CASES; i++) {
            deployments.clear();
            acts.clear();
            place = 0;
            Optional<Boolean> expected = Optional.empty();
            for (int n = random.nextInt(12); n > 0; n--) {
                switch (random.nextInt(6)) {
                    case 0 -> {
                        deployed(Outcome.UNSUCCESSFUL);
                        expected = expected.map(before -> false);
                    }
                    case 1 -> deployed(Outcome.SUCCESSFUL_WITH_ISSUES);
                    case 2 -> {
                        if (track().isProposed(AFTER_TWO)) {
                            assertThat(track().evidence(AFTER_TWO)).hasSizeGreaterThanOrEqualTo(2);
                            promoted(track().evidence(AFTER_TWO).size());
                            expected = Optional.of(true);
                        }
                    }
                    case 3 -> {
                        if (track().standing().filter(Standing::isStandard).isPresent() && random.nextInt(3) == 0) {
                            demoted();
                            expected = Optional.of(false);
                        }
                    }
                    default -> deployed(Outcome.SUCCESSFUL);
                }
                assertThat(track().standing().map(Standing::isStandard))
                        .as("case %d: %s", i, track())
                        .isEqualTo(expected);
            }
            standard += expected.orElse(false) ? 1 : 0;
        }
        assertThat(standard).isGreaterThan(CASES / 50);
    }
}
