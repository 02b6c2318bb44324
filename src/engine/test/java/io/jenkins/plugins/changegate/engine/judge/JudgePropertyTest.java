package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Ballot;
import io.jenkins.plugins.changegate.engine.approval.Separation;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Delegation;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every judgement, over random changes and policies. */
class JudgePropertyTest {

    private static final long SEED = 20_261_105;
    private static final int CASES = 1_000;

    private static final List<Layer> LAYERS =
            List.of(Layer.BUILT_IN, Layer.ORGANISATION, Layer.ofFolder("A"), Layer.REPOSITORY);

    private final Random random = new Random(SEED);
    private final RandomChanges changes = new RandomChanges(random);
    private final PolicyReader reader = new PolicyReader();
    private final Policy builtIn = reader.builtIn();

    @BeforeEach
    void printSeed() {
        System.out.println("Seed: " + SEED);
    }

    /** Folders inside one another, both versions of the repository's policy, and another file of it. */
    @Test
    void lowerLayersNeverLoosen() {
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> few = one.policies(0);
            List<Policy> more = new ArrayList<>(few);
            List<Policy> lower = one.lower();
            // What some lower layers say may itself be what the others must not loosen.
            int above = random.nextInt(lower.size() + 1);
            few.addAll(lower.subList(0, above));
            more.addAll(lower);
            Collections.shuffle(more, random);
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

    /** What is delegated is the most that lower layers can gain. */
    @Test
    void delegationsLoosenNoFurtherThanTheySay() {
        int loosened = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> organisation = List.of(builtIn, changes.policy(Layer.ORGANISATION, "random", true));
            List<Policy> all = new ArrayList<>(organisation);
            all.addAll(one.lower());
            Judgement without = one.judge(organisation);
            Judgement with = one.judge(all);
            Delegation most = Stratum.of(organisation).get(0).delegated(one.circumstances.job(), one.environment);
            String what = "case " + i + ": " + all + "\n" + without + "\n" + with;
            int size = one.reading
                    .delta()
                    .map(delta -> one.basis(delta).stream()
                            .mapToInt(Contribution::points)
                            .sum())
                    .orElse(0);
            assertThat(with.assessment().score() + most.takeAway() + (most.safe() ? size : 0))
                    .as(what)
                    .isGreaterThanOrEqualTo(without.assessment().score());
            if (with.verdict().kind().compareTo(without.verdict().kind()) < 0) {
                loosened++;
                assertThat(without.verdict().kind()).as(what).isEqualTo(Verdict.Kind.ASK);
                assertThat(one.reading.gaps()).as(what).isEmpty();
                assertThat(one.circumstances.type()).as(what).isEqualTo(ChangeType.NORMAL);
                boolean lessRisk =
                        with.assessment().level().compareTo(without.assessment().level()) < 0;
                // A guarantee looks at the score alone, from which a delegation lets take away.
                boolean belowLimit =
                        with.assessment().score() < without.assessment().score();
                assertThat(lessRisk
                                || belowLimit
                                || most.passUpTo()
                                        .filter(ceiling -> ceiling.permits(
                                                with.assessment().level()))
                                        .isPresent())
                        .as(what)
                        .isTrue();
            }
            if (most.equals(Delegation.NOTHING)) {
                assertThat(with.verdict().kind())
                        .as(what)
                        .isGreaterThanOrEqualTo(without.verdict().kind());
            }
        }
        assertThat(loosened).as("cases in which something was loosened").isPositive();
    }

    /** Whatever is delegated, a change cannot use what only it brings. */
    @Test
    void whatOnlyTheChangeItselfSaysNeverLoosens() {
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> organisation = List.of(builtIn, changes.policy(Layer.ORGANISATION, "random", true));
            List<Policy> all = new ArrayList<>(organisation);
            all.add(changes.policy(Layer.REPOSITORY, ".changegate.yml", false));
            all.add(Policy.absent(Layer.REPOSITORY, ".changegate.yml", "base"));
            Judgement without = one.judge(organisation);
            Judgement with = one.judge(all);
            String what = "case " + i + ": " + all + "\n" + without + "\n" + with;
            assertThat(with.verdict().kind())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.verdict().kind());
            assertThat(with.assessment().score())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.assessment().score());
            if (with.verdict().kind() == Verdict.Kind.ASK) {
                assertThat(with.verdict().requirements())
                        .as(what)
                        .containsAll(without.verdict().requirements());
            }
        }
    }

    /** The texts that are kept of a judgement's policies are enough to come to it again. */
    @Test
    void judgementByTheKeptTextsIsTheSame() throws PolicyException {
        for (int i = 0; i < CASES / 10; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(0);
            policies.addAll(one.lower());
            // Layers have nothing in common that was read once: two may have the same random policy here.
            Judgement first = one.judge(readAgain(policies));
            List<Policy> again = readAgain(policies);
            Collections.shuffle(again, random);
            assertThat(one.judge(again)).as("case %s", i).isEqualTo(first);
            assertThat(first.policies()).hasSameSizeAs(policies);
        }
    }

    private List<Policy> readAgain(List<Policy> policies) throws PolicyException {
        List<Policy> again = new ArrayList<>();
        for (Policy policy : policies) {
            again.add(reader.read(policy.layer(), policy.file(), policy.source(), policy.text()));
        }
        return again;
    }

    /** Whatever votes complete what is asked for with a repository's policy would also do so without it. */
    @Test
    void policyOfARepositoryNeverLetsFewerVotesDo() throws PolicyException {
        int complete = 0;
        for (int i = 0; i < CASES; i++) {
            Policy organisation = changes.written(Layer.ORGANISATION);
            RandomCase one = new RandomCase(random, changes, builtIn);
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
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(random.nextInt(3));
            List<Policy> shuffled = new ArrayList<>();
            for (Policy policy : policies) {
                List<Rule> rules = new ArrayList<>(policy.rules());
                Collections.shuffle(rules, random);
                shuffled.add(policy.withRules(rules));
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
            RandomCase one = new RandomCase(random, changes, builtIn);
            Judgement judgement = one.judge(one.policies(random.nextInt(3)));
            if (!one.reading.gaps().isEmpty()) {
                gaps++;
                assertThat(judgement.verdict().kind() != Verdict.Kind.PASS || one.isOnlyObserved(judgement))
                        .isTrue();
            }
            List<Gap> missing = List.of(new Gap(Gap.Kind.POLICY_UNREADABLE, "Unreadable."));
            Judgement broken = new Judge(one.policies(1), missing)
                    .judge("shop", one.environment, one.reading, one.content, one.circumstances);
            assertThat(broken.verdict().kind() != Verdict.Kind.PASS || one.isOnlyObserved(broken))
                    .isTrue();
        }
        assertThat(gaps).isPositive();
    }

    @Test
    void contributionsAddUpToTheScoreAndEveryReasonIsSaid() {
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            Judgement judgement = one.judge(one.policies(random.nextInt(3)));
            assertThat(judgement.assessment().contributions().stream()
                            .mapToInt(Contribution::points)
                            .sum())
                    .isEqualTo(judgement.assessment().score());
            assertThat(judgement.verdict().reasons()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void refusalWinsOverEverything() throws PolicyException {
        String refusal = "rules: [{name: no, when: 'true', risk: -100, level: "
                + changes.oneOf(levels()).key() + ", refuse: true, safe: true, because: It must not be.}]";
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(1);
            policies.add(reader.read(changes.oneOf(LAYERS), "s", refusal));
            if (one.reading.delta().isPresent()) {
                assertThat(one.judge(policies).verdict().kind()).isEqualTo(Verdict.Kind.REFUSE);
            }
        }
    }

    @Test
    void unknownEnvironmentCountsAsProduction() {
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            Judgement judgement =
                    new Judge(one.policies(1), List.of()).judge("shop", "unheard-of", one.reading, one.content);
            assertThat(judgement.target().tier()).isEqualTo(Tier.PRODUCTION);
        }
    }

    private static List<RiskLevel> levels() {
        return List.of(RiskLevel.values());
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
}
