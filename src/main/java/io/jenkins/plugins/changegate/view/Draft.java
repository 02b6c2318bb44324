package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyLint;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.List;

/**
 * An organisation's policy that does not apply yet.
 *
 * @param text the YAML
 * @param policy what it says
 * @param warnings what of it has no effect
 */
record Draft(String text, Policy policy, List<PolicyLint.Warning> warnings) {

    /** What it is called in messages. */
    static final String SOURCE = "draft";

    Draft {
        warnings = List.copyOf(warnings);
    }

    /**
     * @throws PolicyException if anything in it is wrong; names the place and the cure
     */
    static Draft read(String text) throws PolicyException {
        Policy policy = CalendarAddresses.now(
                ChangeGateConfiguration.get().reader().read(Layer.ORGANISATION, SOURCE, text), false);
        return new Draft(text, policy, new PolicyLint().warnings(policy, text));
    }
}
