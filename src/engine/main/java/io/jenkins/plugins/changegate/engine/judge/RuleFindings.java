package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeFacts;
import io.jenkins.plugins.changegate.engine.condition.CircumstanceFacts;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which rules apply to a change. For one change; not thread-safe, because it evaluates what asks about the risk later. */
final class RuleFindings {

    private final List<Policy> policies;
    private final Target target;
    private final Optional<Delta> delta;
    private final ContentFacts content;
    private final Map<String, Object> known;
    private final Map<String, String> unknownSignals;
    private final Map<Tier, ChangeFacts> facts = new EnumMap<>(Tier.class);
    private final List<Match> weighing;
    private final Set<Match> afterwards = new LinkedHashSet<>();
    private final List<Gap> gaps = new ArrayList<>();

    RuleFindings(
            List<Policy> policies,
            Target target,
            Optional<Delta> delta,
            ContentFacts content,
            Circumstances circumstances) {
        this.policies = policies;
        this.target = target;
        this.delta = delta;
        this.content = content;
        this.known = CircumstanceFacts.variables(circumstances, delta);
        this.unknownSignals = circumstances.unknownSignals();
        this.weighing = policies.stream()
                .flatMap(policy -> evaluate(policy, false, known).stream())
                .toList();
    }

    /** Returns the rules that apply whatever the risk, in a fixed order. */
    List<Match> weighing() {
        return weighing;
    }

    /**
     * Returns the rules that apply because of the risk: the one that all layers give the change, or the one that a
     * rule's own layer and those above it give it. What a lower layer adds must not switch off a rule of a higher one.
     *
     * @param assessment by all layers
     * @param alone by the layers above a policy and that policy
     */
    List<Match> afterwards(RiskAssessment assessment, Function<Policy, RiskAssessment> alone) {
        Map<Rule, Match> found = new LinkedHashMap<>();
        for (Policy policy : policies) {
            if (policy.rules().stream().anyMatch(rule -> rule.condition().asksRisk())) {
                for (RiskAssessment seen : List.of(assessment, alone.apply(policy))) {
                    Map<String, Object> more = new LinkedHashMap<>(known);
                    more.put("risk.score", (long) seen.score());
                    more.put("risk.level", seen.level().key());
                    evaluate(policy, true, more).forEach(match -> found.putIfAbsent(match.rule(), match));
                }
            }
        }
        afterwards.addAll(found.values());
        return List.copyOf(found.values());
    }

    /** Returns all rules that were found to apply so far. */
    List<Match> all() {
        List<Match> all = new ArrayList<>(weighing);
        all.addAll(afterwards);
        return all;
    }

    /** Returns which rules could not be decided. */
    List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /**
     * Evaluates a policy's rules in the tier that the layers above and that policy itself give the environment: what
     * one policy of a repository says of the tier must not switch off the rules of another, or of a layer above.
     */
    private List<Match> evaluate(Policy policy, boolean askingRisk, Map<String, Object> variables) {
        List<Match> matches = new ArrayList<>();
        List<Rule> rules = policy.rules().stream()
                .filter(rule -> rule.condition().asksRisk() == askingRisk)
                .toList();
        if (delta.isEmpty() || rules.isEmpty()) {
            return matches;
        }
        List<Policy> above = new ArrayList<>(policies.stream()
                .filter(other -> other.layer().compareTo(policy.layer()) < 0
                        || other.layer().mayLoosen())
                .toList());
        above.add(policy);
        ChangeFacts change = facts.computeIfAbsent(
                Tiers.of(above, target.environment()), tier -> new ChangeFacts(delta.get(), target.in(tier), content));
        for (Rule rule : rules) {
            Mode mode = policy.mode(rule, target.environment());
            try {
                change.takeEvidence();
                if (rule.condition().holds(change, variables)) {
                    matches.add(new Match(policy, rule, mode, change.takeEvidence()));
                }
            } catch (Condition.UnknownFactException e) {
                if (mode == Mode.ENFORCE) {
                    gaps.add(new Gap(
                            Gap.Kind.FACT_UNKNOWN,
                            "The rule '" + rule.name() + "' of "
                                    + policy.layer().words() + " could not be decided: " + why(rule, e) + "."));
                }
            }
        }
        return matches;
    }

    /**
     * Returns why a rule could not be decided. CEL itself only says that a key is missing in a map, in one way for
     * {@code signals.a} and in another for {@code signals['a']}.
     */
    private String why(Rule rule, Condition.UnknownFactException e) {
        String message = String.valueOf(e.getMessage());
        return rule.condition().signals().stream()
                .filter(unknownSignals::containsKey)
                .filter(name -> message.equals(name) || message.contains("key '" + name + "' is not present in map"))
                .findFirst()
                .map(name -> "the signal " + name + " is not known: " + unknownSignals.get(name))
                .orElseGet(e::getMessage);
    }
}
