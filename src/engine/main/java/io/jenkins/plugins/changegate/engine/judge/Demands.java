package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Delegation;
import io.jenkins.plugins.changegate.engine.policy.EnvironmentPolicy;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the layers demand of a change: up to which level it passes by itself, and what it needs otherwise. For one
 * change; not thread-safe, because it collects what was tried in vain.
 */
final class Demands {

    private final List<Stratum> strata;
    private final Target target;
    private final Circumstances circumstances;
    private final List<Match> matches;
    private final Models models;
    private final Ceilings ceilings;
    private final Predicate<Policy> enforced;
    private final Set<String> voids = new TreeSet<>();

    /**
     * @param matches the rules that apply and have effect
     * @param enforced whether what a policy demands for the environment has effect
     */
    Demands(
            List<Stratum> strata,
            Target target,
            Circumstances circumstances,
            List<Match> matches,
            Predicate<Policy> enforced) {
        this.strata = strata;
        this.target = target;
        this.circumstances = circumstances;
        this.matches = matches;
        this.models = new Models(strata, target, circumstances, matches);
        this.ceilings = new Ceilings(strata, target, circumstances);
        this.enforced = enforced;
    }

    /** Returns what was tried without the right to, each one sentence for people. */
    Set<String> voids() {
        return voids;
    }

    /** Whether what the highest layer demands has effect, also that nothing passes that cannot be assessed. */
    boolean topIsEnforced() {
        List<Policy> organisation = strata.get(0).policies().stream()
                .filter(policy -> policy.layer().kind() == Layer.Kind.ORGANISATION)
                .toList();
        return organisation.isEmpty() || organisation.stream().anyMatch(enforced);
    }

    /** Whether somebody wants that a change stops of which not everything is known. */
    boolean stopsAtGaps() {
        return topIsEnforced()
                || strata.stream()
                        .filter(stratum -> !stratum.isTop())
                        .anyMatch(stratum -> written(stratum).isPresent());
    }

    /** Returns the highest level that passes by itself. */
    Ceiling ceiling() {
        Ceiling lowest = Ceiling.VERY_HIGH;
        for (Stratum stratum : strata) {
            Optional<Ceiling> own = own(stratum);
            if (own.isPresent()) {
                lowest = lowest.stricter(raised(stratum, own.get()));
            }
        }
        return lowest;
    }

    private Optional<Ceiling> own(Stratum stratum) {
        if (!stratum.isTop()) {
            return written(stratum);
        }
        return topIsEnforced()
                ? written(stratum).or(() -> Optional.of(Ceiling.of(target.tier().usualPassUpTo())))
                : Optional.empty();
    }

    private Optional<Ceiling> written(Stratum stratum) {
        return stratum.policies().stream()
                .filter(enforced)
                .map(ceilings::of)
                .flatMap(Optional::stream)
                .reduce(Ceiling::stricter);
    }

    /** Returns a layer's ceiling, raised as far as that layer lets lower ones raise it, and by its standard changes. */
    private Ceiling raised(Stratum stratum, Ceiling own) {
        Optional<Ceiling> most = delegated(stratum).passUpTo();
        Ceiling raised = own;
        for (Stratum lower : below(stratum)) {
            Optional<Ceiling> wanted = wanted(lower);
            if (wanted.filter(w -> w.compareTo(own) > 0).isEmpty()) {
                oneVersionOnly(lower, own);
                continue;
            }
            Ceiling allowed = most.map(wanted.get()::stricter).orElse(own);
            if (wanted.get().compareTo(allowed) > 0 && wanted.get().compareTo(own) > 0) {
                voids.add("That " + lower.layer().words() + " lets changes up to "
                        + wanted.get().words() + " pass to "
                        + target.environment() + " has no effect beyond "
                        + (allowed.compareTo(own) > 0 ? allowed : own).words() + ", as "
                        + stratum.layer().words() + " has it.");
            }
            raised = raised.compareTo(allowed) < 0 ? allowed : raised;
        }
        for (Models.Found standard : models.standards(stratum)) {
            raised = higher(raised, standard.passUpTo().orElse(Ceiling.NONE));
        }
        for (Stratum lower : below(stratum)) {
            for (Models.Found standard : models.standards(lower)) {
                Ceiling wanted = standard.passUpTo().orElse(Ceiling.NONE);
                Ceiling allowed =
                        delegated(stratum).models() && most.isPresent() ? wanted.stricter(most.get()) : Ceiling.NONE;
                if (allowed.compareTo(wanted) < 0) {
                    voids.add("The standard change '" + standard.model().name() + "' of "
                            + lower.layer().words() + " passes no further than "
                            + higher(own, allowed).words() + ", as "
                            + stratum.layer().words() + " has it.");
                }
                raised = higher(raised, allowed);
            }
        }
        return raised;
    }

    /** Says that a layer would let more pass in one version of its policy, which the other does not say. */
    private void oneVersionOnly(Stratum lower, Ceiling own) {
        lower.policies().stream()
                .filter(policy -> ceilings.of(policy)
                        .filter(wanted -> wanted.compareTo(own) > 0)
                        .isPresent())
                .forEach(policy -> voids.add("That " + policy.source() + " lets changes up to "
                        + ceilings.of(policy).orElseThrow().words() + " pass to "
                        + target.environment() + " has no effect: what runs there now does not say so too."));
    }

    private static Ceiling higher(Ceiling a, Ceiling b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Returns the ceiling that a layer writes in all versions of a file. */
    private Optional<Ceiling> wanted(Stratum stratum) {
        return stratum.agreed(ceilings::of).stream().flatMap(List::stream).reduce(Ceiling::stricter);
    }

    /** Returns what the change is of and may be promoted, in a fixed order. */
    List<PromotableModel> promotable() {
        return Stream.concat(models.promotable(), ceilings.promotable())
                .distinct()
                .sorted(Comparator.comparing(PromotableModel::layer)
                        .thenComparing(PromotableModel::model)
                        .thenComparing(PromotableModel::version))
                .toList();
    }

    /** Returns what is said of what the service has earned, as far as it matters to a change of this level. */
    Set<String> earned(RiskLevel level) {
        return ceilings.sentences(level);
    }

    /** Returns the models that the change is of. */
    Models models() {
        return models;
    }

    /** Returns what rules demand, whatever the level. */
    List<Requirement> byRules() {
        return matches.stream().map(match -> match.rule().requirements()).reduce(List.of(), Demands::unite);
    }

    /** Returns what a change of this level needs. */
    List<Requirement> approvals(RiskLevel level) {
        List<Requirement> all = List.of();
        boolean emergency = isEmergency() && !emergency(strata.get(0)).isEmpty();
        for (Stratum stratum : strata) {
            List<Requirement> own = emergency ? emergency(stratum) : normal(stratum, level);
            if (own.isEmpty() && stratum.isTop() && !replaced(stratum, level)) {
                own = List.of(Requirement.ONE_APPROVER);
            }
            // A model's come besides, and never in place of somebody: a lower layer may be why a rule names the model.
            all = unite(all, emergency ? own : unite(own, byModels(stratum, level)));
        }
        return all.isEmpty() ? List.of(Requirement.ONE_APPROVER) : all;
    }

    /** Whether the change is claimed to be an emergency. */
    boolean isEmergency() {
        return circumstances.type() == ChangeType.EMERGENCY;
    }

    /** Whether a policy may name stand-ins: they are more people than were asked for. */
    boolean mayEscalate(Policy policy) {
        return strata.stream()
                .filter(stratum -> stratum.layer().compareTo(policy.layer()) < 0
                        && !policy.layer().mayLoosen())
                .allMatch(stratum -> delegated(stratum).escalate());
    }

    /** Returns which stand-ins were named without the right to, each one sentence for people. */
    List<String> voidEscalations() {
        return strata.stream()
                .flatMap(stratum -> stratum.policies().stream())
                .filter(policy -> policy.environment(target.environment())
                        .terms()
                        .escalation()
                        .isPresent())
                .filter(policy -> !mayEscalate(policy))
                .map(policy -> "The escalation of " + policy.layer().words() + " for " + target.environment()
                        + " would let further people vote, which only a higher layer may: it has no effect.")
                .toList();
    }

    private List<Requirement> emergency(Stratum stratum) {
        return stratum.policies().stream()
                .filter(enforced)
                .map(policy -> policy.environment(target.environment()).emergency())
                .reduce(List.of(), Demands::unite);
    }

    private List<Requirement> normal(Stratum stratum, RiskLevel level) {
        return replaced(stratum, level)
                ? List.of()
                : stratum.policies().stream()
                        .filter(enforced)
                        .map(policy -> policy.environment(target.environment()).approvals(level))
                        .reduce(List.of(), Demands::unite);
    }

    private List<Requirement> byModels(Stratum stratum, RiskLevel level) {
        return models.of(stratum).stream()
                .map(model -> EnvironmentPolicy.nearest(model.approvals(), level))
                .reduce(List.of(), Demands::unite);
    }

    /** Whether a lower layer names the approvers of this level in place of this one, as this one lets it. */
    private boolean replaced(Stratum stratum, RiskLevel level) {
        return delegated(stratum).approvals().contains(level)
                && below(stratum).stream()
                        .anyMatch(lower -> !lower.agreed(policy -> Optional.of(policy.environment(target.environment())
                                                .approvals(level))
                                        .filter(named -> enforced.test(policy) && !named.isEmpty()))
                                .isEmpty());
    }

    private Delegation delegated(Stratum stratum) {
        return stratum.delegated(circumstances.job(), target.environment());
    }

    private List<Stratum> below(Stratum stratum) {
        return strata.stream()
                .filter(other -> other.layer().compareTo(stratum.layer()) > 0)
                .toList();
    }

    /**
     * Returns the requirements of two lists. What both ask for is asked for once, but what one of them asks for twice
     * stays asked for twice.
     */
    static List<Requirement> unite(List<Requirement> some, List<Requirement> others) {
        List<Requirement> all = new ArrayList<>(some);
        List<Requirement> known = new ArrayList<>(some);
        others.stream().filter(other -> !known.remove(other)).forEach(all::add);
        return List.copyOf(all);
    }
}
