package io.jenkins.plugins.changegate.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;

/** What a form says of a policy that is being written. */
final class PolicyCheck {

    private PolicyCheck() {}

    static FormValidation of(PolicyReader reader, Layer layer, String source, String text) {
        try {
            int rules = reader.readWithoutRepository(layer, source, Util.fixNull(text))
                    .rules()
                    .size();
            return FormValidation.ok(rules == 1 ? "1 rule" : rules + " rules");
        } catch (PolicyException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
