package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * A change model whose changes may be made standard changes, and that a change is of.
 *
 * @param layer whose it is
 * @param model its name
 * @param version what was learnt of it is good for exactly this: see {@link ModelVersion}
 * @param standing whether its changes were standard changes when this one was judged; empty if nobody ever made them so
 */
public record PromotableModel(Layer layer, String model, String version, Optional<Standing> standing) {

    public PromotableModel {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
        standing = standing == null ? Optional.empty() : standing;
    }
}
