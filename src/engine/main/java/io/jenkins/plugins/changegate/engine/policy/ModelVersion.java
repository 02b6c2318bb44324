package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A change model of one layer, together with what says which changes are of it. What was learnt of such changes is good
 * for exactly this: a model of the same name in another layer, or whose rules take in other changes, is another one.
 *
 * @param layer whose it is
 * @param model its name
 * @param version SHA-256 of layer, name and the conditions of the rules that have effect, in hexadecimal
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
}
