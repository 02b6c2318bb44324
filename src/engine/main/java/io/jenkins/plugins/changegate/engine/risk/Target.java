package io.jenkins.plugins.changegate.engine.risk;

import java.util.Objects;

/**
 * Where a change goes.
 *
 * @param service what is deployed
 * @param environment the name of the environment it is deployed to
 * @param tier what that environment is for
 */
public record Target(String service, String environment, Tier tier) {

    public Target {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(tier, "tier");
    }

    /** Returns this target in another tier. */
    public Target in(Tier other) {
        return new Target(service, environment, other);
    }
}
