/**
 * Who may approve, who has, and what is still missing: a pure and immutable state machine. It knows neither Jenkins
 * nor a clock; whoever uses it records what it answers.
 */
package io.jenkins.plugins.changegate.engine.approval;
