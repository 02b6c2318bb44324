package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How policies of several layers become one verdict, by example. */
class JudgeTest {

    private static final Reading SMALL = reading(1);
    private static final String LEADS = "environments: {production: {approvals: {moderate: [{from: leads}],"
            + " high: [{from: owners}], very-high: [{from: managers, at-least: 2}]}}}";

    private final PolicyReader reader = new PolicyReader();

    @Test
    void withoutAnyPolicyASmallChangePassesAndALargerOneAsksOneApprover() {
        assertThat(judge("production", SMALL).verdict().kind()).isEqualTo(Verdict.Kind.PASS);
        Verdict verdict = judge("production", reading(100)).verdict();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(verdict.requirements()).containsExactly(Requirement.ONE_APPROVER);
        assertThat(verdict.reasons().get(0)).contains("up to low passes by itself to production");
        assertThat(judge("dev", reading(1_000_000)).verdict().kind()).isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void whatPassesTellsWhomItWouldHaveNeededHadItBeenRiskier() {
        Verdict usual = judge("production", SMALL, organisation(LEADS)).verdict();
        assertThat(usual.beyond().orElseThrow().from()).isEqualTo(RiskLevel.MODERATE);
        assertThat(usual.beyond().orElseThrow().requirements())
                .extracting(Requirement::words)
                .containsExactly("1 of leads");
        Policy lenient = organisation("environments: {production: {pass-up-to: high,"
                + " approvals: {very-high: [{from: managers, at-least: 2}]}}}");
        assertThat(judge("production", SMALL, lenient).verdict().beyond())
                .contains(new Verdict.Beyond(
                        RiskLevel.VERY_HIGH,
                        judge("production", reading(1_000_000), lenient)
                                .verdict()
                                .requirements()));
        Policy all = organisation("environments: {production: {pass-up-to: very-high}}");
        assertThat(judge("production", SMALL, all).verdict().beyond()).isEmpty();
        assertThat(judge("production", reading(100)).verdict().beyond())
                .as("what asks says whom it asks")
                .isEmpty();
    }

    @Test
    void gapAsksAlsoWhatWouldPass() {
        Reading gap = SMALL.with(new Gap(Gap.Kind.HISTORY_CUT, "The history is cut."));
        Verdict verdict = judge("dev", gap).verdict();
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(verdict.reasons()).containsExactly("The history is cut.");
        assertThat(verdict.requirements()).isNotEmpty();
    }

    @Test
    void unknownDeltaIsOfTheHighestLevel() {
        Judgement judgement = judge("dev", Reading.none(Gap.Kind.NO_GIT, "No git."), organisation(LEADS));
        assertThat(judgement.assessment().level()).isEqualTo(RiskLevel.VERY_HIGH);
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void safeChangeCountsNothingForItsSizeButForItsRules() {
        Policy safe = organisation(rule("proven", "true", "safe: true"));
        assertThat(judge("production", reading(9_999), safe).assessment().score())
                .isZero();
        assertThat(judge("production", reading(9_999), safe, organisation(rule("r", "true", "risk: 7")))
                        .assessment()
                        .score())
                .isEqualTo(7);
    }

    @Test
    void repositoryMayNotSayThatItIsSafe() {
        Policy repository = repository(rule("trust-me", "true", "safe: true, risk: -50"));
        Judgement judgement = judge("production", reading(500), repository);
        assertThat(judgement.assessment())
                .isEqualTo(judge("production", reading(500)).assessment());
        assertThat(judgement.verdict().reasons())
                .anyMatch(reason -> reason.contains("'trust-me'") && reason.contains("no effect"));
    }

    @Test
    void everyContributionAndReasonOfARuleTellsWhoseItIs() {
        Judgement judgement = judge(
                "production",
                SMALL,
                organisation(rule("ours", "true", "risk: 7")),
                repository(rule("yours", "true", "risk: 8, refuse: true")));
        assertThat(judgement.assessment().contributions())
                .filteredOn(part -> part.source().endsWith("ours"))
                .extracting(Contribution::source, Contribution::layer)
                .containsExactlyInAnyOrder(
                        tuple("ours", "the organisation's policy"), tuple("yours", "the repository's policy"));
        assertThat(judgement.assessment().contributions())
                .filteredOn(part -> part.source().equals("size"))
                .isNotEmpty()
                .allMatch(part -> part.layer().isEmpty());
        assertThat(judgement.verdict().reasons())
                .first()
                .asString()
                .endsWith("(rule yours of the repository's policy)");
    }

    @Test
    void repositoryMayNotRaiseTheCeilingOrLowerTheTier() {
        Policy repository =
                repository("environments: {production: {tier: development, pass-up-to: very-high, approvals: {}}}");
        Judgement judgement = judge("production", reading(500), repository);
        assertThat(judgement.target().tier()).isEqualTo(Tier.PRODUCTION);
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
    }

    @Test
    void organisationMayRaiseTheCeilingAndLowerTheTier() {
        Policy organisation = organisation("environments: {prod-like: {tier: testing, pass-up-to: high}}");
        Judgement judgement = judge("prod-like", reading(100), organisation);
        assertThat(judgement.target().tier()).isEqualTo(Tier.TESTING);
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.PASS);
    }

    @Test
    void stricterTierOfTheRepositoryDoesNotSwitchOffARuleForItsOldTier() {
        Policy organisation = organisation(rule("frozen", "environment.tier == 'staging'", "refuse: true"));
        Policy repository = repository("environments: {staging: {tier: production}}");
        assertThat(judge("staging", SMALL, organisation).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        Judgement with = judge("staging", SMALL, organisation, repository);
        assertThat(with.verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
        assertThat(with.target().tier()).isEqualTo(Tier.PRODUCTION);
        Policy base = repository(rule("frozen", "environment.tier == 'staging'", "refuse: true"));
        assertThat(judge("staging", SMALL, base, repository).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
    }

    @Test
    void repositoryThatRaisesTheLevelDoesNotGetRidOfTheApproversOfTheOldOne() {
        Policy repository = repository(rule("raise", "true", "level: very-high"));
        Reading moderate = reading(20);
        assertThat(words(judge("production", moderate, organisation(LEADS)))).containsExactly("1 of leads");
        assertThat(words(judge("production", moderate, organisation(LEADS), repository)))
                .containsExactlyInAnyOrder("1 of leads", "2 of managers");
        assertThat(words(judge("production", SMALL, organisation(LEADS), repository)))
                .containsExactly("2 of managers");
        Policy higher = organisation(rule("raise", "true", "level: very-high"));
        assertThat(words(judge("production", moderate, organisation(LEADS), higher)))
                .containsExactly("2 of managers");
    }

    @Test
    void requirementsOfAllLayersUnite() {
        Policy repository = repository("environments: {production: {approvals: {low: [{from: 'user:ada'}]}}}");
        assertThat(words(judge("production", reading(20), organisation(LEADS), repository)))
                .containsExactlyInAnyOrder("1 of leads", "1 of ada");
    }

    @Test
    void requirementsOfTheRepositoryAloneDoNotReplaceTheUsualOne() {
        Policy repository = repository("environments: {production: {approvals: {low: [{from: 'user:me'}]}}}");
        assertThat(judge("production", reading(100), repository).verdict().requirements())
                .contains(Requirement.ONE_APPROVER)
                .hasSize(2);
    }

    @Test
    void whatOnePolicyAsksForTwiceStaysAskedForTwiceAndOfTwoPoliciesOnce() {
        String twice = "environments: {production: {approvals: {low: ["
                + "{from: a, at-least: 2, including: x}, {from: b, at-least: 2, including: x}]}}}";
        assertThat(words(judge("production", reading(100), organisation(twice))))
                .containsExactlyInAnyOrder("1 of x", "1 of a", "1 of x", "1 of b");
        Policy raise = repository(rule("raise", "true", "level: very-high"));
        assertThat(words(judge("production", reading(100), organisation(twice), organisation(twice), raise)))
                .containsExactlyInAnyOrder("1 of x", "1 of a", "1 of x", "1 of b");
    }

    @Test
    void termsOfAllLayersUniteAndTheStricterHolds() {
        Policy above = organisation("identities: {dana: [d@old.example], tom: [Tom T.]}\nenvironments: {production:"
                + " {expire-after: 3 days, remind-after: 4 hours, escalate: {after: 8 hours, to: duty}}}");
        Policy own = repository("identities: {dana: [Dana D.]}\nenvironments: {production: {expire-after: 2 days,"
                + " remind-after: 5 hours, unknown-authors: block}}");
        Terms terms = judge("production", SMALL, above, own).terms();
        assertThat(terms)
                .isEqualTo(new Terms(
                        Optional.of(Duration.ofDays(2)),
                        Optional.of(Duration.ofHours(4)),
                        above.environment("production").terms().escalation(),
                        true,
                        Map.of("dana", Set.of("d@old.example", "Dana D."), "tom", Set.of("Tom T."))));
        assertThat(judge("production", SMALL, own, above).terms()).isEqualTo(terms);
        assertThat(judge("qa", SMALL, above, own).terms()).isEqualTo(Terms.NONE.with(terms.identities()));
        assertThat(terms.escalation()).isPresent();
    }

    @Test
    void escalationOfARepositoryIsVoidAndSaidWhenTheVerdictAsks() {
        Policy repository = repository("environments: {production: {escalate: {after: 1 minute, to: 'user:me'}}}");
        Judgement asks = judge("production", reading(100), repository, repository);
        assertThat(asks.terms().escalation()).isEmpty();
        assertThat(asks.verdict().reasons())
                .filteredOn(reason -> reason.contains("escalation"))
                .containsExactly("The escalation of the repository's policy for production would let further people"
                        + " vote, which only a higher layer may: it has no effect.");
        assertThat(judge("production", SMALL, repository).verdict().reasons()).noneMatch(r -> r.contains("escalation"));
        assertThat(judge("qa", reading(1_000_000), repository).verdict().reasons())
                .noneMatch(reason -> reason.contains("escalation"));
        Policy above = organisation("environments: {production: {escalate: {after: 8 hours, to: duty}}}");
        Judgement both = judge("production", reading(100), repository, above);
        assertThat(both.terms().escalation().orElseThrow().who()).isEqualTo("duty");
        assertThat(both.verdict().reasons()).anyMatch(reason -> reason.contains("no effect"));
        assertThat(judge("production", reading(100), above).verdict().reasons())
                .noneMatch(reason -> reason.contains("no effect"));
    }

    @Test
    void ofTwoEscalationsTheLaterHoldsWhateverTheOrder() {
        Policy soon = organisation("environments: {production: {escalate: {after: 1 hour, to: a}}}");
        Policy late = organisation("environments: {production: {escalate: {after: 2 hours, to: b}}}");
        Policy other = organisation("environments: {production: {escalate: {after: 2 hours, to: c}}}");
        assertThat(judge("production", SMALL, soon, late).terms())
                .isEqualTo(judge("production", SMALL, late, soon).terms())
                .isEqualTo(late.environment("production").terms());
        assertThat(judge("production", SMALL, other, late).terms())
                .isEqualTo(judge("production", SMALL, late, other).terms());
    }

    @Test
    void sameRuleAtBaseAndHeadCountsOnceAtItsHigherPoints() {
        Policy base = repository(rule("mine", "true", "risk: 30"));
        Policy head = repository(rule("mine", "true", "risk: 5"));
        for (List<Policy> both : List.of(List.of(base, head), List.of(head, base))) {
            Judgement judgement = new Judge(both, List.of()).judge("s", "production", SMALL, ContentFacts.NONE);
            assertThat(judgement.assessment().contributions())
                    .filteredOn(part -> part.source().equals("mine"))
                    .extracting(Contribution::points)
                    .containsExactly(30);
        }
    }

    @Test
    void ruleThatCannotBeDecidedAsks() {
        ContentFacts cut = new ContentFacts(Map.of(), Map.of(), Map.of(), Map.of(), false, false);
        Policy policy = organisation(rule("secret", "change.adds('password')", "risk: 1"));
        Judgement judgement = new Judge(List.of(policy), List.of()).judge("s", "dev", SMALL, cut);
        assertThat(judgement.verdict().kind()).isEqualTo(Verdict.Kind.ASK);
        assertThat(judgement.verdict().reasons().get(0)).contains("'secret'").contains("not all looked at");
    }

    @Test
    void bindingIsAnotherForEveryPart() {
        Judgement one = judge("production", SMALL);
        String binding = one.binding("b", "h");
        assertThat(binding).hasSize(64).isEqualTo(judge("production", SMALL).binding("b", "h"));
        assertThat(List.of(
                        one.binding("b", "x"),
                        one.binding("x", "h"),
                        one.binding("bh", ""),
                        judge("qa", SMALL).binding("b", "h"),
                        judge("production", SMALL, organisation("service: x")).binding("b", "h")))
                .doesNotContain(binding)
                .doesNotHaveDuplicates();
    }

    private Judgement judge(String environment, Reading reading, Policy... policies) {
        return new Judge(List.of(policies), List.of()).judge("s", environment, reading, ContentFacts.NONE);
    }

    private static List<String> words(Judgement judgement) {
        return judgement.verdict().requirements().stream()
                .map(Requirement::words)
                .toList();
    }

    private static String rule(String name, String when, String effect) {
        return "rules: [{name: " + name + ", when: \"" + when + "\", " + effect + ", because: Because.}]";
    }

    private Policy organisation(String text) {
        return read(Layer.ORGANISATION, text);
    }

    private Policy repository(String text) {
        return read(Layer.REPOSITORY, text);
    }

    private Policy read(Layer layer, String text) {
        try {
            return reader.read(layer, "test", text);
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static Reading reading(int added) {
        FileChange file = new FileChange("a", null, FileChange.Status.MODIFIED, added, 0, false, false, false, false);
        Totals totals = new Totals(1, 0, 0, added, 0);
        return new Reading(new Delta("b", "h", List.of(file), totals, List.of(), List.of()), List.of());
    }
}
