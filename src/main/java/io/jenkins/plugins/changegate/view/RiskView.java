package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The risk of a change as a picture: bars that begin where the one before ends, over the zones of the levels. */
@Restricted(NoExternalUse.class)
public class RiskView {

    private static final int SCORES = 100;
    private static final int WEIGHTIEST = 3;

    private final RiskAssessment assessment;
    private final Tier tier;
    private final List<String> basis;

    RiskView(RiskAssessment assessment, Tier tier) {
        this(assessment, tier, Optional.empty());
    }

    /**
     * @param basis what the score rests on besides rules; empty if that is not known
     */
    RiskView(RiskAssessment assessment, Tier tier, Optional<Basis> basis) {
        this.assessment = assessment;
        this.tier = tier;
        this.basis = basis.map(Basis::sentences).orElse(List.of());
    }

    /** Returns what the score rests on besides rules, and what can be promised, in sentences; may be empty. */
    public List<String> getBasis() {
        return basis.stream().map(Visible::of).toList();
    }

    /** Returns {@code low} to {@code very-high}; also part of CSS classes. */
    public String getLevel() {
        return assessment.level().key();
    }

    public String getWords() {
        return assessment.level().words();
    }

    public int getScore() {
        return assessment.score();
    }

    /**
     * One contribution as a bar.
     *
     * @param contribution what it stands for
     * @param start where it begins, in points from the left
     */
    public record Bar(Contribution contribution, int start) {
        public String getSource() {
            return Visible.of(contribution.source());
        }

        /** Returns whose rule it is; empty if it is the plugin's own, no rule, or not known. */
        public String getLayer() {
            return contribution.layer().equals(Layer.BUILT_IN.words()) ? "" : Visible.of(contribution.layer());
        }

        /** Returns the points with their sign. */
        public String getPoints() {
            return contribution.points() < 0
                    ? "−" + -contribution.points()
                    : String.format(Locale.ROOT, "+%d", contribution.points());
        }

        public boolean isLess() {
            return contribution.points() < 0;
        }

        public String getBecause() {
            return Visible.of(contribution.because());
        }

        public List<String> getEvidence() {
            return contribution.evidence().stream().map(Visible::of).toList();
        }

        public int getStart() {
            return start;
        }

        public int getWidth() {
            return Math.abs(contribution.points());
        }
    }

    /** Returns the contributions; their points add up to the score. */
    public List<Bar> getBars() {
        List<Bar> bars = new ArrayList<>();
        int sum = 0;
        for (Contribution contribution : assessment.contributions()) {
            int after = sum + contribution.points();
            bars.add(new Bar(contribution, Math.min(sum, after)));
            sum = after;
        }
        return bars;
    }

    /** Returns what adds most to the risk. */
    public List<Bar> getWeightiest() {
        return assessment.contributions().stream()
                .filter(contribution -> contribution.points() > 0)
                .sorted(Comparator.comparingInt(Contribution::points).reversed())
                .limit(WEIGHTIEST)
                .map(contribution -> new Bar(contribution, 0))
                .toList();
    }

    /** Returns the leftmost point of the picture; below 0 if something was taken away before it was added. */
    public int getFrom() {
        return Math.min(0, getBars().stream().mapToInt(Bar::start).min().orElse(0));
    }

    /** Returns how many points wide the picture is. */
    public int getScale() {
        int to = getBars().stream()
                .mapToInt(bar -> bar.start() + bar.getWidth())
                .max()
                .orElse(SCORES);
        return Math.max(SCORES, to) - getFrom();
    }

    /**
     * The scores that are one level in the change's tier.
     *
     * @param level the level
     * @param start the lowest of these scores
     * @param end the lowest score of the next level
     */
    public record Zone(RiskLevel level, int start, int end) {
        public String getLevel() {
            return level.key();
        }

        public String getWords() {
            return level.words();
        }

        public int getStart() {
            return start;
        }

        public int getWidth() {
            return end - start;
        }
    }

    /** Returns the levels with their scores. */
    public List<Zone> getZones() {
        Tier.Bounds bounds = tier.bounds();
        return List.of(
                new Zone(RiskLevel.LOW, 0, bounds.moderate()),
                new Zone(RiskLevel.MODERATE, bounds.moderate(), bounds.high()),
                new Zone(RiskLevel.HIGH, bounds.high(), bounds.veryHigh()),
                new Zone(RiskLevel.VERY_HIGH, bounds.veryHigh(), SCORES));
    }
}
