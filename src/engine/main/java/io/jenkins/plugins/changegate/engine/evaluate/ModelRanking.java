package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.learn.Learner;
import io.jenkins.plugins.changegate.engine.learn.RiskModel;
import java.util.List;

/** The product's own model. */
final class ModelRanking implements Ranking {

    /** How often it is learnt anew while the past is foretold. */
    private static final int BLOCKS = 5;

    private final Learner learner = new Learner();

    @Override
    public Scorer learn(List<LabelledChange> past) {
        RiskModel model = learner.learn(past);
        return new Scorer(model::logOdds, model::probability);
    }

    @Override
    public List<Double> foretold(List<LabelledChange> past, int from, int delay) {
        return learner.foretold(past, from, BLOCKS, delay);
    }
}
