/**
 * The measures of a gate and of what goes through it: how often and how well is deployed, what the gate costs and what
 * it is good for. Computed from what the changes on record are made of, never by person.
 */
package io.jenkins.plugins.changegate.engine.measure;
