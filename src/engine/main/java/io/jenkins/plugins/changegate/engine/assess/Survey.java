package io.jenkins.plugins.changegate.engine.assess;

import io.jenkins.plugins.changegate.engine.delta.Reading;
import java.io.Serializable;

/**
 * What a clone tells of a change.
 *
 * @param reading the delta, or why there is none
 * @param policy the policy file's text at base, or {@code null} if there is none
 */
public record Survey(Reading reading, String policy) implements Serializable {}
