package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import java.util.List;

/**
 * A rule that applies to a change.
 *
 * @param mode whether what it demands has effect
 * @param evidence what it found, at most a handful
 */
record Match(Policy policy, Rule rule, Mode mode, List<String> evidence) {

    /** Returns what it adds to the score. */
    Contribution contribution(int points) {
        return new Contribution(
                rule.name(), points, rule.because(), evidence, policy.layer().words());
    }

    /** Returns its reason, as a sentence that names it, and whose it is if it is not the plugin's own. */
    String sentence() {
        String name = policy.layer().equals(Layer.BUILT_IN)
                ? rule.name()
                : rule.name() + " of " + policy.layer().words();
        return evidence.isEmpty()
                ? rule.because() + " (rule " + name + ")"
                : rule.because() + " (rule " + name + ": " + String.join(", ", evidence) + ")";
    }

    /** Returns how it is called in a sentence. */
    String words() {
        return "the rule '" + rule.name() + "' of " + policy.layer().words();
    }
}
