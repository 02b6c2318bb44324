/**
 * Learns from an organisation's own past changes how risky a change is: a portable prior, drawn to what the
 * organisation's outcomes say as far as there are any, additive, so that every score can be explained. Pure: values in,
 * values out.
 */
package io.jenkins.plugins.changegate.engine.learn;
