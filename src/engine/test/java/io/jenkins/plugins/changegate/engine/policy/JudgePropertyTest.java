package io.jenkins.plugins.changegate.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every judgement, over random changes and policies. */
class JudgePropertyTest {

    private static final long SEED = 20_261_105;
    private static final int CASES = 1_000;

    private final Random random = new Random(SEED);
    private final RandomChanges changes = new RandomChanges(random);
    private final Policy builtIn = new PolicyReader().builtIn();

    @BeforeEach
    void printSeed() {
        System.out.println("Seed: " + SEED);
    }

    @Test
    void policyOfARepositoryNeverLoosens() {
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            List<Policy> few = one.policies(random.nextInt(2));
            List<Policy> more = new ArrayList<>(few);
            more.add(random.nextInt(few.size() + 1), changes.policy(Layer.REPOSITORY));
            Judgement without = one.judge(few);
            Judgement with = one.judge(more);
            String what = "case " + i + ": " + few + "\n" + more + "\n" + without + "\n" + with;
            assertThat(with.verdict().kind())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.verdict().kind());
            assertThat(with.assessment().score())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.assessment().score());
            assertThat(with.assessment().level())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.assessment().level());
            assertThat(with.target().tier())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.target().tier());
            if (with.verdict().kind() != Verdict.Kind.REFUSE) {
                List<Requirement> lost = new ArrayList<>(without.verdict().requirements());
                with.verdict().requirements().forEach(lost::remove);
                assertThat(lost).as(what).isEmpty();
            }
            assertNotLooser(with.terms(), without.terms(), what);
        }
    }

    private static void assertNotLooser(Terms with, Terms without, String what) {
        without.expiry()
                .ifPresent(expiry ->
                        assertThat(with.expiry().orElseThrow()).as(what).isLessThanOrEqualTo(expiry));
        without.reminder()
                .ifPresent(every ->
                        assertThat(with.reminder().orElseThrow()).as(what).isLessThanOrEqualTo(every));
        assertThat(with.escalation()).as(what).isEqualTo(without.escalation());
        assertThat(with.unknownAuthorsBlock() || !without.unknownAuthorsBlock())
                .as(what)
                .isTrue();
        without.identities()
                .forEach((user, names) ->
                        assertThat(with.identities().get(user)).as(what).containsAll(names));
    }

    /** Whatever votes complete what is asked for with a repository's policy would also do so without it. */
    @Test
    void policyOfARepositoryNeverLetsFewerVotesDo() throws PolicyException {
        int complete = 0;
        for (int i = 0; i < CASES; i++) {
            Policy organisation = changes.written(Layer.ORGANISATION);
            Case one = new Case();
            Judgement without = one.judge(List.of(organisation));
            Judgement with = one.judge(List.of(organisation, changes.written(Layer.REPOSITORY)));
            if (without.verdict().kind() != Verdict.Kind.ASK) {
                continue;
            }
            Ballot fewer = new Ballot(without.verdict().requirements(), List.of());
            Ballot more = new Ballot(with.verdict().requirements(), List.of());
            Approval approval = new Approval(new Separation("", List.of()), String::equals, String::equals);
            for (int n = 0; n < 12; n++) {
                Voter voter = new Voter("v" + n, "", "", Set.copyOf(changes.someOf(RandomChanges.GROUPS)), n % 2 == 0);
                more = approval.approve(more, voter, "") instanceof Approval.Ruling.Counted counted
                        ? counted.ballot()
                        : more;
            }
            if (more.isComplete()) {
                complete++;
                // The same people, each counting for whatever they are in.
                for (Vote vote : more.votes()) {
                    fewer = fewer.with(new Vote(vote.voter(), "", served(fewer, more, vote)));
                }
                assertThat(fewer.isComplete())
                        .as("case %s: %s%n%s", i, without, with)
                        .isTrue();
            }
        }
        assertThat(complete).isGreaterThan(CASES / 20);
    }

    /** Returns the places in one ballot of the requirements that a vote serves in another. */
    private static Set<Integer> served(Ballot in, Ballot other, Vote vote) {
        Set<Integer> places = new HashSet<>();
        for (int place : vote.serves()) {
            for (int i = 0; i < in.requirements().size(); i++) {
                if (in.requirements().get(i).equals(other.requirements().get(place))) {
                    places.add(i);
                }
            }
        }
        return places;
    }

    @Test
    void orderOfPoliciesAndRulesHasNoEffect() {
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            List<Policy> policies = one.policies(random.nextInt(3));
            List<Policy> shuffled = new ArrayList<>();
            for (Policy policy : policies) {
                List<Rule> rules = new ArrayList<>(policy.rules());
                Collections.shuffle(rules, random);
                shuffled.add(new Policy(
                        policy.layer(),
                        policy.source(),
                        policy.version(),
                        policy.service(),
                        policy.groups(),
                        policy.identities(),
                        rules,
                        policy.environments()));
            }
            Collections.shuffle(shuffled, random);
            Judgement a = one.judge(policies);
            Judgement b = one.judge(shuffled);
            assertThat(outcome(b)).as("case %s: %s", i, policies).isEqualTo(outcome(a));
        }
    }

    @Test
    void gapNeverPasses() {
        int gaps = 0;
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            Judgement judgement = one.judge(one.policies(random.nextInt(3)));
            if (!one.reading.gaps().isEmpty()) {
                gaps++;
                assertThat(judgement.verdict().kind()).isNotEqualTo(Verdict.Kind.PASS);
            }
            List<Gap> missing = List.of(new Gap(Gap.Kind.POLICY_UNREADABLE, "Unreadable."));
            Judgement broken =
                    new Judge(one.policies(1), missing).judge("shop", one.environment, one.reading, one.content);
            assertThat(broken.verdict().kind()).isNotEqualTo(Verdict.Kind.PASS);
        }
        assertThat(gaps).isPositive();
    }

    @Test
    void contributionsAddUpToTheScoreAndEveryReasonIsSaid() {
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            Judgement judgement = one.judge(one.policies(random.nextInt(3)));
            assertThat(judgement.assessment().contributions().stream()
                            .mapToInt(Contribution::points)
                            .sum())
                    .isEqualTo(judgement.assessment().score());
            assertThat(judgement.verdict().reasons()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void refusalWinsOverEverything() {
        Rule refusal =
                new Rule("no", changes.condition("true"), -100, changes.oneOf(levels()), true, true, "It must not be.");
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            List<Policy> policies = one.policies(1);
            Layer layer = changes.oneOf(List.of(Layer.values()));
            policies.add(new Policy(
                    layer, "s", "v", java.util.Optional.empty(), Map.of(), Map.of(), List.of(refusal), Map.of()));
            if (one.reading.delta().isPresent()) {
                assertThat(one.judge(policies).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
            }
        }
    }

    @Test
    void unknownEnvironmentCountsAsProduction() {
        for (int i = 0; i < CASES; i++) {
            Case one = new Case();
            Judgement judgement =
                    new Judge(one.policies(1), List.of()).judge("shop", "unheard-of", one.reading, one.content);
            assertThat(judgement.target().tier()).isEqualTo(Tier.PRODUCTION);
        }
    }

    private static List<io.jenkins.plugins.changegate.engine.risk.RiskLevel> levels() {
        return List.of(io.jenkins.plugins.changegate.engine.risk.RiskLevel.values());
    }

    private static List<Object> outcome(Judgement judgement) {
        Set<Requirement> requirements = new HashSet<>(judgement.verdict().requirements());
        return List.of(
                judgement.verdict().kind(),
                requirements,
                judgement.verdict().requirements().size(),
                judgement.terms(),
                judgement.target(),
                judgement.assessment().level(),
                judgement.assessment().score(),
                judgement.policyVersion());
    }

    /** A random change to a random environment. */
    private final class Case {
        private final Reading reading = changes.reading();
        private final ContentFacts content = changes.content();
        private final String environment = changes.oneOf(RandomChanges.ENVIRONMENTS);

        /** Policies of all layers: sometimes the built-in one, sometimes organisations', so many of the repository. */
        List<Policy> policies(int ofTheRepository) {
            List<Policy> policies = new ArrayList<>();
            if (random.nextInt(3) == 0) {
                policies.add(builtIn);
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                policies.add(changes.policy(Layer.ORGANISATION));
            }
            for (int n = 0; n < ofTheRepository; n++) {
                policies.add(changes.policy(Layer.REPOSITORY));
            }
            return policies;
        }

        Judgement judge(List<Policy> policies) {
            return new Judge(policies, List.of()).judge("shop", environment, reading, content);
        }
    }
}
