package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.risk.Features;

/**
 * A deployment that has ended, as far as it can be learnt from.
 *
 * @param change the number of the change
 * @param features what was known of it before
 * @param score what the gate gave it, from 0 to 100
 * @param failed whether it was unsuccessful, as was said of it last, or caused an incident, or what ran before was put
 *     back right after it
 * @param at the place in the ledger of what says how it ended; from 1
 */
public record PastDeployment(long change, Features features, int score, boolean failed, long at) {}
