package io.jenkins.plugins.changegate.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A promotion that a policy offers for changes to an environment.
 *
 * @param version what it is for
 * @param promotion on what evidence, and what follows
 * @param because what kind of change it is; empty if it is for all changes to the environment
 */
public record Offer(ModelVersion version, Promotion promotion, String because) {

    public Offer {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(promotion, "promotion");
        Objects.requireNonNull(because, "because");
    }

    /** Returns all that a policy offers for an environment, in a fixed order. */
    public static List<Offer> of(Policy policy, String environment) {
        List<Offer> offers = new ArrayList<>();
        raise(policy, environment).ifPresent(offers::add);
        new TreeMap<>(policy.models())
                .values()
                .forEach(model -> ModelVersion.of(policy, model.name(), environment)
                        .map(version -> new Offer(version, model.promotion().orElseThrow(), model.because()))
                        .ifPresent(offers::add));
        return offers;
    }

    /** Returns what a policy offers for all changes to an environment; empty if nothing. */
    public static Optional<Offer> raise(Policy policy, String environment) {
        return ModelVersion.of(policy, environment)
                .map(version -> new Offer(
                        version, policy.environment(environment).promotion().orElseThrow(), ""));
    }
}
