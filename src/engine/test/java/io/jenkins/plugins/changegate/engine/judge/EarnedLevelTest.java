package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Services that somebody let pass one level further in an environment. */
class EarnedLevelTest {

    private static final long SEED = 20_261_123;
    private static final int CASES = 1_500;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final String OFFERED = """
            environments:
              production:
                pass-up-to: low
                promotion: {after: 40, pass-up-to: moderate}
            rules:
              - {name: large, when: 'true', risk: 30, because: It is large.}
            """;

    private static Standing standing(RiskLevel upTo, String lost) {
        return new Standing("dana", NOW, 40, upTo, lost, 812);
    }

    private static String version(Judging change) {
        return change.judgement().promotable().get(0).version();
    }

    /** The same change once this standing is that of the service by what is offered to it. */
    private static Judging given(Judging change, Standing standing) {
        return change.of(Circumstances.at(NOW).withStandings(Map.of(version(change), standing)));
    }

    private static Judging earned(String policy) {
        return given(Judging.by(policy), standing(RiskLevel.MODERATE, ""));
    }

    @Test
    void aServiceThatNobodyPromotedAsksAsBefore() {
        Judging change = Judging.by(OFFERED);
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.judgement().promotable())
                .hasSize(1)
                .allMatch(each -> each.model().isEmpty() && each.standing().isEmpty() && each.passing());
        assertThat(change.reasons()).noneMatch(reason -> reason.contains("earned"));
    }

    @Test
    void whatItHasEarnedPassesAndTheChangeSaysSince() {
        Judging change = earned(OFFERED);
        assertThat(change.kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(change.judgement().type()).isEqualTo(ChangeType.NORMAL);
        assertThat(change.reasons())
                .anyMatch(reason -> reason.endsWith("up to moderate passes by itself to production."))
                .contains("By the organisation's policy up to moderate and not only up to low passes, because shop has"
                        + " earned it with 40 successful deployments of that risk in a row; dana promoted it on"
                        + " 2026-11-23 (CHG-000812).");
    }

    @Test
    void aChangeOfLessRiskPassesAsEverAndSaysNothingOfIt() {
        String none = OFFERED.replace("risk: 30", "risk: 1");
        assertThat(earned(none).kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(earned(none).reasons()).noneMatch(reason -> reason.contains("earned"));
    }

    @Test
    void whatIsLostAsksAgainAtOnceAndSaysWhy() {
        Judging change = given(Judging.by(OFFERED), standing(RiskLevel.MODERATE, "since CHG-000900 was unsuccessful"));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.reasons())
                .contains("By the organisation's policy up to low passes again since CHG-000900 was unsuccessful; dana"
                        + " promoted it on 2026-11-23 (CHG-000812).");
    }

    @Test
    void everythingElseCountsAllTheSame() {
        assertThat(earned(OFFERED.replace("risk: 30", "level: high")).kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(earned(OFFERED.replace("risk: 30", "risk: 30, refuse: true")).kind())
                .isEqualTo(Verdict.Kind.REFUSE);
        Judging required = earned(OFFERED.replace("risk: 30", "risk: 30, require: [{from: dbas}]"));
        assertThat(required.needs()).containsExactly("1 of dbas");
        assertThat(required.judgement().promotable()).noneMatch(PromotableModel::passing);
    }

    /** A ceiling that is lowered is another one, and what was earned of the first is not of it. */
    @Test
    void anotherCeilingTierOrScoreIsAnotherPromotion() {
        Map<String, Standing> earned = Map.of(version(Judging.by(OFFERED)), standing(RiskLevel.VERY_HIGH, ""));
        for (String other : List.of(
                OFFERED.replace("pass-up-to: low", "pass-up-to: none").replace("moderate", "low"),
                OFFERED.replace("pass-up-to: low", "pass-up-to: moderate").replace("to: moderate}", "to: high}"),
                OFFERED.replace("    pass-up-to: low", "    tier: staging\n    pass-up-to: low"),
                OFFERED + "  - {name: less, when: 'false', risk: -5, because: B.}\n",
                OFFERED + "  - {name: safe, when: 'false', safe: true, because: B.}\n")) {
            assertThat(earned).as(other).doesNotContainKey(version(Judging.by(other)));
        }
        for (String same : List.of(
                OFFERED.replace("after: 40", "after: 50, over: 30 days"),
                OFFERED + "  - {name: more, when: 'false', risk: 5, because: B.}\n",
                OFFERED + "  - {name: never, when: 'false', refuse: true, because: B.}\n")) {
            assertThat(earned).as(same).containsKey(version(Judging.by(same)));
        }
    }

    @Test
    void theLowerOfWhatWasOfferedThenAndIsOfferedNowHolds() {
        assertThat(given(Judging.by(OFFERED), standing(RiskLevel.LOW, "")).kind())
                .isEqualTo(Verdict.Kind.ASK);
        // Not even a standing that says so lets more than one level further pass.
        Judging high = given(Judging.by(OFFERED.replace("risk: 30", "level: high")), standing(RiskLevel.VERY_HIGH, ""));
        assertThat(high.kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void aTeamsPolicyEarnsNothingFromTheOrganisationUnlessThatIsDelegated() {
        String plain = "environments: {production: {pass-up-to: low}}";
        Judging team = given(Judging.by(plain).repository(OFFERED), standing(RiskLevel.MODERATE, ""));
        assertThat(team.kind()).isEqualTo(Verdict.Kind.ASK);
        String delegating = plain + "\ndelegates: [{pass-up-to: moderate}]";
        Judging delegated = given(Judging.by(delegating).repository(OFFERED), standing(RiskLevel.MODERATE, ""));
        assertThat(delegated.kind()).isEqualTo(Verdict.Kind.PASS);
        Judging before = Judging.by(delegating).repository(OFFERED).of(Circumstances.at(NOW));
        assertThat(before.kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void whatOnlyTheChangeBringsIsNotEarnedByIt() {
        String delegating =
                "environments: {production: {pass-up-to: low}}\ndelegates: [{pass-up-to: moderate, risk: -50}]";
        Judging change = given(Judging.by(delegating).repositoryAtHeadOnly(OFFERED), standing(RiskLevel.MODERATE, ""));
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void asLongAsAGuaranteeCannotBeGivenItHasNoEffect() {
        String guaranteed =
                OFFERED.replace("    pass-up-to: low", "    guarantee: {miss-rate: 10}\n    pass-up-to: low");
        Judging change = earned(guaranteed);
        assertThat(change.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(change.reasons())
                .contains("What shop has earned has no effect as long as the guarantee for production cannot be given;"
                        + " dana promoted it on 2026-11-23 (CHG-000812).");
        assertThat(guaranteed(guaranteed, 101).kind()).isEqualTo(Verdict.Kind.PASS);
        assertThat(guaranteed(guaranteed, 10).kind()).isEqualTo(Verdict.Kind.ASK);
    }

    /** What is earned once changes that score less than this keep the guarantee. */
    private static Judging guaranteed(String policy, double score) {
        Judging change = Judging.by(policy);
        Basis basis = new Basis(
                Features.NONE, -1, List.of(), "", "", List.of(new Basis.Limit(new Promise(10, 90), score)), null);
        return change.of(Circumstances.at(NOW)
                .withStandings(Map.of(version(change), standing(RiskLevel.MODERATE, "")))
                .withBasis(Optional.of(basis)));
    }

    /** Over random changes and policies of all layers: at most one level, and nothing else is loosened. */
    @Test
    void nothingPassesMoreThanOneLevelAboveWhatPassesWithoutIt() {
        Random random = new Random(SEED);
        RandomChanges changes = new RandomChanges(random);
        Policy builtIn = new PolicyReader().builtIn();
        int loosened = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(random.nextInt(2));
            policies.addAll(one.lower());
            Map<String, Standing> others = new HashMap<>(one.made(policies));
            Map<String, Standing> all = new HashMap<>(others);
            Map<String, Standing> lost = new HashMap<>(others);
            one.judge(policies, Map.of()).promotable().stream()
                    .filter(each -> each.model().isEmpty())
                    .forEach(each -> {
                        others.remove(each.version());
                        all.put(each.version(), standing(RiskLevel.VERY_HIGH, ""));
                        lost.put(each.version(), standing(RiskLevel.VERY_HIGH, "since CHG-000900 was unsuccessful"));
                    });
            Judgement never = one.judge(policies, others);
            Judgement with = one.judge(policies, all);
            String what = "case " + i + ": " + policies + "\n" + never + "\n" + with;
            assertThat(with.assessment()).as(what).isEqualTo(never.assessment());
            assertThat(with.hold()).as(what).isEqualTo(never.hold());
            Judgement again = one.judge(policies, lost);
            assertThat(again.verdict().kind())
                    .as(what)
                    .isEqualTo(never.verdict().kind());
            assertThat(again.verdict().requirements())
                    .as(what)
                    .isEqualTo(never.verdict().requirements());
            if (with.verdict().kind() == never.verdict().kind()) {
                continue;
            }
            loosened++;
            assertThat(never.verdict().kind()).as(what).isEqualTo(Verdict.Kind.ASK);
            assertThat(with.verdict().kind()).as(what).isEqualTo(Verdict.Kind.PASS);
            Ceiling least = policies.stream()
                    .filter(policy ->
                            policy.environment(one.environment).promotion().isPresent())
                    .map(policy ->
                            policy.environment(one.environment).passUpTo().orElseThrow())
                    .filter(own -> own.next().permits(with.assessment().level()))
                    .filter(own -> !own.permits(with.assessment().level()))
                    .findFirst()
                    .orElse(null);
            assertThat(least).as(what).isNotNull();
        }
        assertThat(loosened).as("cases in which something was loosened").isGreaterThan(CASES / 200);
    }
}
