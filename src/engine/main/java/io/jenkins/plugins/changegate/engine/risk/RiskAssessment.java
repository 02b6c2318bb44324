package io.jenkins.plugins.changegate.engine.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How risky a change is for its target, and why.
 *
 * @param score from 0 to 100
 * @param level what that score means in the target's tier, or higher if a rule says so
 * @param contributions the parts of the score; their points add up to exactly the score
 */
public record RiskAssessment(int score, RiskLevel level, List<Contribution> contributions) {

    private static final int MAXIMUM = 100;

    public RiskAssessment {
        Objects.requireNonNull(level, "level");
        contributions = List.copyOf(contributions);
        if (score < 0 || score > MAXIMUM) {
            throw new IllegalArgumentException("A score is from 0 to 100, not " + score);
        }
        int sum = contributions.stream().mapToInt(Contribution::points).sum();
        if (sum != score) {
            throw new IllegalArgumentException("Contributions add up to " + sum + ", not to the score " + score);
        }
    }

    /**
     * Adds up contributions. What goes beyond the ends of the scale becomes a contribution of its own, so that the sum
     * stays exact.
     *
     * @param parts the contributions
     * @param floor the level is at least this
     * @param tier decides what level a score is
     */
    public static RiskAssessment of(List<Contribution> parts, RiskLevel floor, Tier tier) {
        List<Contribution> all = new ArrayList<>(parts);
        int sum = parts.stream().mapToInt(Contribution::points).sum();
        int score = Math.max(0, Math.min(MAXIMUM, sum));
        if (sum != score) {
            all.add(new Contribution("scale", score - sum, "The scale ends at " + score + "."));
        }
        return new RiskAssessment(score, tier.bounds().level(score).higher(floor), all);
    }

    /** The assessment of a change of which nothing is known: no score can be given, and the level is the highest. */
    public static RiskAssessment unknown() {
        return new RiskAssessment(
                MAXIMUM,
                RiskLevel.VERY_HIGH,
                List.of(new Contribution("unknown", MAXIMUM, "What changes could not be read, so everything may.")));
    }
}
