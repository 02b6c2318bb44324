package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.ChangeModel;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The change models that one change is of. Immutable. */
final class Models {

    private final List<Stratum> strata;
    private final Target target;
    private final Circumstances circumstances;
    private final List<Match> matches;

    /**
     * @param matches the rules that apply and have effect
     */
    Models(List<Stratum> strata, Target target, Circumstances circumstances, List<Match> matches) {
        this.strata = strata;
        this.target = target;
        this.circumstances = circumstances;
        this.matches = matches;
    }

    /**
     * A model that the change is of.
     *
     * @param type how it is handled, by policy or because somebody promoted it
     * @param passUpTo up to which level it passes by itself; empty if it is no standard change
     * @param promotable what may be promoted, by what all versions of a file say; empty for nothing
     */
    record Found(ChangeModel model, ChangeType type, Optional<Ceiling> passUpTo, Optional<PromotableModel> promotable) {

        private Optional<Standing> standing() {
            return promotable.flatMap(PromotableModel::standing);
        }

        /** Returns what is said of it, one sentence. */
        String sentence(Target target) {
            String made = standing()
                    .map(standing -> standing.isStandard()
                            ? ", which " + standing.by() + " made a standard change for " + target.service() + " in "
                                    + target.environment() + " on "
                                    + standing.at().atOffset(ZoneOffset.UTC).toLocalDate() + ", after "
                                    + standing.successes() + " successful deployment"
                                    + (standing.successes() == 1 ? "" : "s")
                            : ", which is normal again " + standing.lost())
                    .orElse("");
            return "It is of the change model " + model.name() + made + ": " + model.because();
        }
    }

    /** Returns the models of a layer that the change is of by any version of a file, as far as they are in force. */
    List<ChangeModel> of(Stratum stratum) {
        return matches.stream()
                .filter(match -> stratum.policies().contains(match.policy()))
                .flatMap(match -> match.rule().model().stream()
                        .map(name -> match.policy().models().get(name)))
                .filter(model -> model.isInForce(circumstances.now()))
                .distinct()
                .toList();
    }

    /** Returns the standard changes of a layer that the change is one of, by all versions of a file. */
    List<Found> standards(Stratum stratum) {
        return found(stratum).stream()
                .filter(found -> found.type() == ChangeType.STANDARD)
                .toList();
    }

    /** Returns the model that the change is of, a standard one first; empty if it is of none. */
    Optional<Found> first() {
        List<Found> all = new ArrayList<>();
        for (Stratum stratum : strata) {
            List<Found> agreed = found(stratum);
            all.addAll(agreed);
            of(stratum).stream()
                    .filter(model -> !model.loosens())
                    .filter(model ->
                            agreed.stream().noneMatch(found -> found.model().equals(model)))
                    .map(model -> new Found(model, ChangeType.NORMAL, Optional.empty(), Optional.empty()))
                    .forEach(all::add);
        }
        return all.stream()
                .min(Comparator.comparing(Found::type)
                        .thenComparing(found -> found.model().name()));
    }

    /** Returns the models that the change is of and that may be promoted. */
    Stream<PromotableModel> promotable() {
        return strata.stream()
                .flatMap(stratum -> found(stratum).stream())
                .flatMap(found -> found.promotable().stream());
    }

    /** Returns what all versions of a file say that the change is of. */
    private List<Found> found(Stratum stratum) {
        return stratum.files().stream()
                .flatMap(versions -> of(stratum).stream()
                        .filter(model -> versions.stream().allMatch(policy -> isOf(policy, model, match -> true)))
                        .map(model -> found(versions, model)))
                .distinct()
                .toList();
    }

    private Found found(List<Policy> versions, ChangeModel model) {
        if (model.loosens()) {
            return new Found(model, ChangeType.STANDARD, model.passUpTo(), Optional.empty());
        }
        Optional<PromotableModel> promotable = promotable(versions, model);
        Optional<Ceiling> made = promotable
                .flatMap(PromotableModel::standing)
                .filter(Standing::isStandard)
                .map(standing -> offered(model).stricter(Ceiling.of(standing.upTo())));
        return new Found(model, made.isPresent() ? ChangeType.STANDARD : ChangeType.NORMAL, made, promotable);
    }

    /** What was offered when it was promoted, or less if less is offered now: more needs another promotion. */
    private static Ceiling offered(ChangeModel model) {
        return model.promotion().map(Promotion::passUpTo).map(Ceiling::of).orElse(Ceiling.NONE);
    }

    /** A rule that is only observed makes no change one of the model, and so brings no experience with it. */
    private Optional<PromotableModel> promotable(List<Policy> versions, ChangeModel model) {
        if (!versions.stream().allMatch(policy -> isOf(policy, model, match -> match.mode() == Mode.ENFORCE))) {
            return Optional.empty();
        }
        List<Optional<ModelVersion>> known = versions.stream()
                .map(policy -> ModelVersion.of(policy, model.name(), target.environment()))
                .distinct()
                .toList();
        return known.size() != 1
                ? Optional.empty()
                : known.get(0)
                        .map(one -> new PromotableModel(
                                one,
                                Optional.ofNullable(circumstances.standings().get(one.version()))));
    }

    private boolean isOf(Policy policy, ChangeModel model, Predicate<Match> counts) {
        return model.equals(policy.models().get(model.name()))
                && matches.stream()
                        .filter(counts)
                        .anyMatch(match -> match.policy().equals(policy)
                                && match.rule()
                                        .model()
                                        .filter(model.name()::equals)
                                        .isPresent());
    }
}
