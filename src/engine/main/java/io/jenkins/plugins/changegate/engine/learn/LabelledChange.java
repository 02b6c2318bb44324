package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.Objects;

/**
 * A past change of which it is known how it ended.
 *
 * @param features what was known of it before it was deployed
 * @param failed whether its deployment failed
 */
public record LabelledChange(Features features, boolean failed) {

    public LabelledChange {
        Objects.requireNonNull(features, "features");
    }
}
