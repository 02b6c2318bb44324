/**
 * What a policy says, as immutable values: rules, environments, approvals, change models and delegations of one layer.
 * How one is written is {@link io.jenkins.plugins.changegate.engine.syntax}'s matter, and what follows from several for
 * a change is {@link io.jenkins.plugins.changegate.engine.judge}'s.
 */
package io.jenkins.plugins.changegate.engine.policy;
