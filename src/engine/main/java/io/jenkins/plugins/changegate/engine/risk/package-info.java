/**
 * Turns a delta and the findings of rules into a risk assessment: a score from 0 to 100 whose contributions add up to
 * exactly that score, and a level that depends on the tier of the target.
 */
package io.jenkins.plugins.changegate.engine.risk;
