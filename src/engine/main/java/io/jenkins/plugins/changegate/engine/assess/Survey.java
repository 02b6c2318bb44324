package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.io.Serializable;

/**
 * What a clone tells of a change.
 *
 * @param reading the delta, or why there is none
 * @param policy the policy file's text at base, or {@code null} if there is none
 * @param background what else is known of the change
 * @param content the answers to what was asked of the text; {@code null} if it has to be asked again
 */
public record Survey(Reading reading, String policy, Background background, ContentFacts content)
        implements Serializable {

    /** Nothing else is known. */
    public Survey(Reading reading, String policy) {
        this(reading, policy, Background.NONE, null);
    }
}
