package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A way to score changes that can learn from past ones. */
interface Ranking {

    /**
     * What has been learnt.
     *
     * @param rank a number that is higher for what is riskier; {@link Double#NaN} if it has nothing to go by
     * @param probability that a change is bad, from 0 to 1
     */
    record Scorer(ToDoubleFunction<Features> rank, ToDoubleFunction<Features> probability) {}

    /** Learns from past changes, the oldest first. */
    Scorer learn(List<LabelledChange> past);

    /**
     * Returns ranks of past changes from an index on, as they were or would have been before anybody knew how they
     * end.
     *
     * @param delay how many changes before another one are not known yet when that is scored
     */
    List<Double> foretold(List<LabelledChange> past, int from, int delay);
}
