package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import java.util.Comparator;
import java.util.Objects;

/**
 * Names a rule among those of all layers. The same rule in the repository's policy at base and at head is one.
 *
 * @param layer whose policy it is in
 * @param rule its name
 */
public record RuleName(Layer layer, String rule) implements Comparable<RuleName> {

    private static final Comparator<RuleName> ORDER =
            Comparator.comparing(RuleName::layer).thenComparing(RuleName::rule);

    public RuleName {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public int compareTo(RuleName other) {
        return ORDER.compare(this, other);
    }
}
