package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.Optional;

/**
 * A policy as it is written, whether it can be read or not.
 *
 * @param layer whose it is
 * @param source what it was read from, for people
 * @param text the YAML
 * @param policy what it says; empty if it cannot be read
 * @param mistakes why it cannot be read; empty if it can
 * @param asOf as of when it is known; empty for now
 */
record PolicyText(
        Layer layer,
        String source,
        String text,
        Optional<Policy> policy,
        Optional<PolicyException> mistakes,
        String asOf) {

    static PolicyText of(Policy policy) {
        return new PolicyText(
                policy.layer(), policy.source(), policy.text(), Optional.of(policy), Optional.empty(), "");
    }
}
