package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.List;

/**
 * What a model says of a deployment of several commits. Two views of it are put together: the net difference, which
 * misses what is changed and changed back, and the commits, any of which may be bad (noisy-or: the probability that at
 * least one fails if they fail independently). The log-odds are the mean of both, calibrated.
 *
 * @param net the score of the difference between what runs and what is about to
 * @param commits the log-odds that at least one commit fails, each by itself
 * @param calibration fitted to deployments
 */
public record ScoredDeployment(ScoredChange net, double commits, Calibration calibration) {

    /** So far from 0 log-odds are at most here: a probability nearer to 0 or 1 is no double any more. */
    private static final double LARGEST = 30;

    /**
     * Scores a deployment.
     *
     * @param net what is known of the difference
     * @param commits what is known of each commit in it; if there are none, the difference counts as one
     * @param calibration fitted to deployments, or {@link Calibration#NONE}
     */
    public static ScoredDeployment of(RiskModel model, Features net, List<Features> commits, Calibration calibration) {
        ScoredChange difference = model.score(net);
        double logOfNone = 0;
        for (Features commit : commits) {
            logOfNone -= BoundedLogistic.softplus(model.logOdds(commit));
        }
        double any = commits.isEmpty() ? difference.logOdds() : logOdds(logOfNone);
        return new ScoredDeployment(difference, any, calibration);
    }

    /** Returns the log-odds of what fails to come with a probability of e^x. */
    private static double logOdds(double x) {
        double odds = Math.log(-Math.expm1(x)) - x;
        return Math.max(-LARGEST, Math.min(LARGEST, odds));
    }

    /** Returns the log-odds that the deployment fails. */
    public double logOdds() {
        return calibration.apply((net.logOdds() + commits) / 2);
    }

    /** Returns what is added to the log-odds of the difference, because of its commits and of the calibration. */
    public double beyondNet() {
        return logOdds() - net.logOdds();
    }

    /** Returns the probability that the deployment fails, between 0 and 1. */
    public double probability() {
        return BoundedLogistic.probability(logOdds());
    }
}
