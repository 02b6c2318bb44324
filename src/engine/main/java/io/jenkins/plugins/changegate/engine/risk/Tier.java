package io.jenkins.plugins.changegate.engine.risk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an environment is for, from the least to the most critical. The order is used: the stricter of two tiers is the
 * later one.
 */
public enum Tier {
    @JsonProperty("development")
    DEVELOPMENT(new Bounds(60, 80, 95)),
    @JsonProperty("testing")
    TESTING(new Bounds(50, 70, 90)),
    @JsonProperty("staging")
    STAGING(new Bounds(35, 60, 80)),
    @JsonProperty("production")
    PRODUCTION(new Bounds(25, 50, 70));

    /** Words in an environment's name that tell its tier without any configuration. */
    private static final Map<Tier, List<String>> USUAL_NAMES = Map.of(
            DEVELOPMENT, List.of("dev", "develop", "development", "local", "sandbox"),
            TESTING, List.of("test", "testing", "qa", "int", "integration", "ci"),
            STAGING, List.of("staging", "stage", "stg", "preprod", "uat", "acceptance"));

    private final Bounds bounds;

    Tier(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * The scores from which a level begins.
     *
     * <p>The lower bounds come from the training parts of the public ISSTA'21 data (Zeng et al. 2021, six projects,
     * mean over projects) under {@link SizePrior} alone: below 25 lie 43 % of the changes and 22 % of those later
     * blamed for a bug, below 35 lie 62 % and 39 %, below 50 lie 85 % and 71 %. These are shares of blamed commits, not
     * of incidents, and no promise of safety.
     *
     * @param moderate first score that is moderate
     * @param high first score that is high
     * @param veryHigh first score that is very high
     */
    public record Bounds(int moderate, int high, int veryHigh) {
        public Bounds {
            if (!(0 < moderate && moderate < high && high < veryHigh && veryHigh <= 100)) {
                throw new IllegalArgumentException("Level bounds must rise within 1 to 100");
            }
        }

        /** Returns the level of a score. */
        public RiskLevel level(int score) {
            if (score >= veryHigh) {
                return RiskLevel.VERY_HIGH;
            }
            if (score >= high) {
                return RiskLevel.HIGH;
            }
            return score >= moderate ? RiskLevel.MODERATE : RiskLevel.LOW;
        }
    }

    /** Returns the scores from which a level begins in this tier. */
    public Bounds bounds() {
        return bounds;
    }

    /** Returns the highest level that passes by itself in this tier where no policy says otherwise. */
    public RiskLevel usualPassUpTo() {
        return switch (this) {
            case DEVELOPMENT -> RiskLevel.VERY_HIGH;
            case TESTING -> RiskLevel.MODERATE;
            case STAGING, PRODUCTION -> RiskLevel.LOW;
        };
    }

    /** Returns the stricter of this tier and another. */
    public Tier stricter(Tier other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * Guesses a tier from an environment's name: one of its words must be a usual name of the tier, and none a usual
     * name of a stricter tier. Everything else counts as production, so that a misspelt name is never the way round.
     */
    public static Tier ofName(String environment) {
        Tier strictest = null;
        for (String word : environment.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{M}]+")) {
            if (word.isEmpty()) {
                continue;
            }
            if (word.startsWith("prod") || word.equals("live")) {
                return PRODUCTION;
            }
            for (Map.Entry<Tier, List<String>> entry : USUAL_NAMES.entrySet()) {
                if (entry.getValue().contains(word)) {
                    strictest = strictest == null ? entry.getKey() : strictest.stricter(entry.getKey());
                }
            }
        }
        return strictest == null ? PRODUCTION : strictest;
    }

    /** Returns the tier's name as it is written in a policy. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
