package io.jenkins.plugins.changegate.engine.learn;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a model says of a change, and why. The contributions, added to the log-odds of the median change one after the
 * other, make exactly the log-odds.
 *
 * @param median the log-odds of a change all of whose terms add what they add in the median of the recent changes
 * @param contributions in the order of the terms
 * @param percentBelow the share of the recent changes, from 0 to 100, that score less; empty if there are none
 */
public record ScoredChange(double median, List<LearntContribution> contributions, OptionalDouble percentBelow) {

    public ScoredChange {
        contributions = List.copyOf(contributions);
    }

    /** Returns the log-odds that the change fails. */
    public double logOdds() {
        double sum = median;
        for (LearntContribution contribution : contributions) {
            sum += contribution.logOdds();
        }
        return sum;
    }

    /** Returns the probability that the change fails, between 0 and 1. */
    public double probability() {
        return BoundedLogistic.probability(logOdds());
    }

    /** Returns the contributions that raise the score most, the largest first. */
    public List<LearntContribution> reasons(int atMost) {
        return contributions.stream()
                .filter(contribution -> contribution.logOdds() > 0)
                .sorted(Comparator.comparingDouble(LearntContribution::logOdds).reversed())
                .limit(atMost)
                .toList();
    }
}
