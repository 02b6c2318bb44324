package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a promotion is for: a change model of one layer together with what says which changes are of it, or all changes
 * to an environment. What was learnt of such changes is good for exactly this: a model of the same name in another
 * layer, or whose rules take in other changes, is another one.
 *
 * @param layer whose it is
 * @param model the name of the model; empty for all changes to an environment
 * @param version SHA-256 of layer, name and the conditions of the rules that have effect, in hexadecimal; for all
 *     changes to an environment of the layer, the environment, its tier and ceiling, and the rules that lower a score
 */
public record ModelVersion(Layer layer, String model, String version) {

    public ModelVersion {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
    }

    /**
     * Returns a model as a policy has it for an environment; empty if it has none of this name, or none that can be
     * promoted.
     */
    public static Optional<ModelVersion> of(Policy policy, String model, String environment) {
        ChangeModel found = policy.models().get(model);
        if (found == null || found.promotion().isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(policy.layer().words(), model));
        policy.rules().stream()
                .filter(rule -> rule.model().filter(model::equals).isPresent())
                .filter(rule -> policy.mode(rule, environment) == Mode.ENFORCE)
                .map(rule -> rule.condition().source())
                .distinct()
                .sorted()
                .forEach(parts::add);
        return Optional.of(new ModelVersion(policy.layer(), model, Hashes.sha256(parts)));
    }

    /**
     * Returns all changes to an environment as a policy has it; empty if it offers no promotion there. Rules that only
     * tighten are not part of it: whoever adds one shall not thereby take from every service what it has earned.
     */
    public static Optional<ModelVersion> of(Policy policy, String environment) {
        EnvironmentPolicy found = policy.environment(environment);
        if (found.promotion().isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(
                "pass-up-to",
                policy.layer().words(),
                environment,
                found.tier().map(Enum::name).orElse(""),
                found.passUpTo().map(Enum::name).orElse("")));
        policy.rules().stream()
                .filter(rule -> rule.risk() < 0 || rule.safe())
                .filter(rule -> policy.mode(rule, environment) == Mode.ENFORCE)
                .map(rule ->
                        rule.risk() + " " + rule.safe() + " " + rule.condition().source())
                .distinct()
                .sorted()
                .forEach(parts::add);
        return Optional.of(new ModelVersion(policy.layer(), "", Hashes.sha256(parts)));
    }

    /** Whether it is all changes to an environment. */
    public boolean isRaise() {
        return model.isEmpty();
    }
}
