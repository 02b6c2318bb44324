package io.jenkins.plugins.changegate.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.ChangeModel;
import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What evidence does to judgements, over random changes and policies: promotions, guarantees and audits. */
class JudgeEvidencePropertyTest {

    private static final long SEED = 20_261_105;
    private static final int CASES = 1_000;

    private final Random random = new Random(SEED);
    private final RandomChanges changes = new RandomChanges(random);
    private final Policy builtIn = new PolicyReader().builtIn();

    @BeforeEach
    void printSeed() {
        System.out.println("Seed: " + SEED);
    }

    /** Without a decision a promotion in a policy means nothing, and one that was lost means nothing any more. */
    @Test
    void aPromotionHasNoEffectUnlessSomebodyMadeItAndItStillStands() {
        for (int i = 0; i < CASES; i++) {
            int number = i;
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(random.nextInt(2));
            policies.addAll(one.lower());
            Map<String, Standing> lost = new HashMap<>();
            one.made(policies)
                    .forEach((version, made) -> lost.put(
                            version, new Standing("jane", made.at(), 20, made.upTo(), "since CHG-000042 failed")));
            Judgement never = one.judge(
                    policies.stream().map(JudgeEvidencePropertyTest::unpromoted).toList(), Map.of());
            Supplier<String> what = () -> "case " + number + ": " + policies;
            assertThat(decisive(one.judge(policies, Map.of()))).as(what).isEqualTo(decisive(never));
            assertThat(decisive(one.judge(policies, lost))).as(what).isEqualTo(decisive(never));
        }
    }

    /** What was made a standard change passes up to what was offered, and everything else is as before. */
    @Test
    void aPromotionLoosensNoFurtherThanItWasOffered() {
        int loosened = 0;
        for (int i = 0; i < CASES * 2; i++) {
            int number = i;
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(random.nextInt(2));
            policies.addAll(one.lower());
            Judgement never = one.judge(policies, Map.of());
            Judgement made = one.judge(policies, one.made(policies));
            Supplier<String> what = () -> "case " + number + ": " + policies + "\n" + never + "\n" + made;
            assertThat(made.assessment()).as(what).isEqualTo(never.assessment());
            assertThat(made.terms()).as(what).isEqualTo(never.terms());
            if (decisive(made).equals(decisive(never))) {
                continue;
            }
            loosened++;
            assertThat(never.verdict().kind()).as(what).isEqualTo(Verdict.Kind.ASK);
            assertThat(made.promotable())
                    .as(what)
                    .anyMatch(model -> model.standing()
                            .filter(Standing::isStandard)
                            .filter(standing -> made.verdict().kind() == Verdict.Kind.ASK
                                    || Ceiling.of(standing.upTo())
                                            .permits(made.assessment().level()))
                            .isPresent());
        }
        assertThat(loosened).as("cases in which something was loosened").isPositive();
    }

    /** Nothing that a policy stops passes sooner, or needs fewer, because it is stopped. */
    @Test
    void auditsAndGuaranteesNeverLoosen() {
        int stopped = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase one = new RandomCase(random, changes, builtIn);
            List<Policy> policies = one.policies(random.nextInt(2));
            policies.addAll(one.lower());
            if (one.circumstances.basis().isEmpty()) {
                continue;
            }
            Basis basis = one.circumstances.basis().get();
            // That a guarantee can be given is one thing, and what it stops another.
            Basis free = new Basis(
                    basis.features(),
                    basis.generatedLines(),
                    basis.learnt(),
                    basis.because(),
                    basis.guarantee(),
                    basis.limits().stream()
                            .map(limit -> new Basis.Limit(limit.promise(), 101))
                            .toList(),
                    null);
            Judgement without = one.judge(policies, free);
            Judgement with = one.judge(policies, basis.withLot(0));
            String what = "case " + i + ": " + policies + "\n" + without + "\n" + with;
            assertThat(with.assessment()).as(what).isEqualTo(without.assessment());
            assertThat(with.verdict().kind())
                    .as(what)
                    .isGreaterThanOrEqualTo(without.verdict().kind());
            List<Requirement> lost = new ArrayList<>(without.verdict().requirements());
            with.verdict().requirements().forEach(lost::remove);
            assertThat(lost).as(what).isEmpty();
            stopped += with.verdict().kind() == without.verdict().kind() ? 0 : 1;
        }
        assertThat(stopped).isGreaterThan(CASES / 200);
    }

    private static List<Object> decisive(Judgement judgement) {
        return List.of(judgement.verdict().kind(), judgement.verdict().requirements());
    }

    private static Policy unpromoted(Policy policy) {
        Map<String, ChangeModel> models = new HashMap<>();
        policy.models()
                .forEach((name, model) -> models.put(
                        name,
                        new ChangeModel(
                                name,
                                model.type(),
                                model.passUpTo(),
                                Optional.empty(),
                                model.approvals(),
                                model.approvedBy(),
                                model.retired(),
                                model.because())));
        Map<String, EnvironmentPolicy> environments = new HashMap<>();
        policy.environments()
                .forEach((name, environment) -> environments.put(
                        name,
                        new EnvironmentPolicy(
                                environment.tier(),
                                environment.mode(),
                                environment.passUpTo(),
                                Optional.empty(),
                                environment.approvals(),
                                environment.emergency(),
                                environment.schedule(),
                                environment.terms(),
                                environment.promise(),
                                environment.audit())));
        return new Policy(
                policy.layer(),
                policy.file(),
                policy.source(),
                policy.text(),
                policy.version(),
                policy.mode(),
                policy.service(),
                policy.groups(),
                policy.identities(),
                models,
                policy.rules(),
                environments,
                policy.delegations(),
                policy.particulars());
    }
}
