/**
 * Policies as text: YAML with CEL conditions, loaded into immutable values and judged over a delta. The result is a
 * {@link io.jenkins.plugins.changegate.engine.policy.Judgement}: risk assessment, verdict and every reason.
 */
package io.jenkins.plugins.changegate.engine.policy;
