package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What past deployments teach a gate: the score of a change before any rule, in points, and what can be promised of the
 * failures that pass. Immutable, thread-safe.
 *
 * <p>Size alone scores until enough failures are known ({@link GuaranteeState#FIRST}) and a model that knows more than
 * size has foretold the newest deployments better ({@link Learner}). Then that model ranks changes, on the scale of
 * points that size gives: its log-odds are put on a straight line, through the quantiles of the recent changes by size
 * and by the model, so that about as many changes as before reach any score. What changes is which.
 */
public final class Experience {

    /** So many deployments are learnt from, at most: see section 6.3 of the design, "the last 2000 to 5000". */
    public static final int WINDOW = 2000;

    /** So many of the last changes are compared with, at most. */
    public static final int RECENT = RecentChanges.WINDOW;

    private static final PriorCoefficients PRIOR = PriorCoefficients.shipped();

    /** What differs less than this does not differ. */
    private static final double NOTHING = 1e-9;

    /**
     * A past deployment.
     *
     * @param features what was known of the change before
     * @param score what the gate gave it, from 0 to 100, before anybody knew how it ends
     * @param failed whether it was unsuccessful, or had to be taken back
     */
    public record Past(Features features, int score, boolean failed) {
        public Past {
            Objects.requireNonNull(features, "features");
        }
    }

    /** A model, and the line that turns its log-odds into those that become points. */
    private record Learnt(RiskModel model, double shift, double stretch) {

        int points(double logOdds) {
            return (int) Math.round(100 * BoundedLogistic.probability(shift + stretch * logOdds));
        }
    }

    private final Optional<Learnt> learnt;
    private final String whose;
    private final String because;
    private final String guarantee;
    private final List<Double> failures;

    /**
     * Learns.
     *
     * @param past deployments of which it is believed how they ended, the oldest first; the last {@value #WINDOW} count
     * @param recent the last changes, the oldest first, whether or not it is known how they ended
     * @param whose of what they are, in words that follow "of": a service's name, or "all services"
     */
    public static Experience of(List<Past> past, List<Features> recent, String whose) {
        List<Past> window = past.subList(Math.max(0, past.size() - WINDOW), past.size());
        int failures = (int) window.stream().filter(Past::failed).count();
        String known = "%d deployments of %s are known, %d of which failed".formatted(window.size(), whose, failures);
        List<Double> failed = window.stream()
                .filter(Past::failed)
                .map(each -> (double) each.score())
                .toList();
        if (window.size() < Learner.MORE_THAN_SIZE || failures < GuaranteeState.FIRST.failures()) {
            return new Experience(
                    Optional.empty(),
                    whose,
                    "Scored by its size: %s; to learn from them, %d and %d are needed."
                            .formatted(known, Learner.MORE_THAN_SIZE, GuaranteeState.FIRST.failures()),
                    failed);
        }
        Optional<Learnt> learnt = learnt(window, recent);
        return new Experience(
                learnt,
                whose,
                learnt.isPresent()
                        ? "Scored by what was learnt: " + known + "."
                        : "Scored by its size: %s, and what was learnt from them foretold the newest no better."
                                .formatted(known),
                failed);
    }

    private Experience(Optional<Learnt> learnt, String whose, String because, List<Double> failed) {
        Guarantee guarantee = Guarantee.of(failed);
        this.failures = failed.subList(Math.max(0, failed.size() - Guarantee.WINDOW), failed.size());
        this.learnt = learnt;
        this.whose = whose;
        this.because = because;
        this.guarantee = guarantee.sentence()
                + guarantee
                        .threshold()
                        .map(threshold -> " This is so where changes pass that score below %.0f, and no others."
                                .formatted(threshold.score()))
                        .orElse("");
    }

    private static Optional<Learnt> learnt(List<Past> past, List<Features> recent) {
        RiskModel model = new Learner()
                .learn(
                        past.stream()
                                .map(each -> new LabelledChange(each.features(), each.failed()))
                                .toList(),
                        recent);
        if (model.stage().compareTo(RiskModel.Stage.LINEAR) < 0) {
            return Optional.empty();
        }
        List<Features> compared = recent.subList(Math.max(0, recent.size() - RECENT), recent.size());
        double[] byModel =
                compared.stream().mapToDouble(model::logOdds).sorted().toArray();
        double[] bySize =
                compared.stream().mapToDouble(Experience::bySize).sorted().toArray();
        double meanByModel = mean(byModel);
        double meanBySize = mean(bySize);
        double both = 0;
        double square = 0;
        for (int i = 0; i < byModel.length; i++) {
            both += (byModel[i] - meanByModel) * (bySize[i] - meanBySize);
            square += (byModel[i] - meanByModel) * (byModel[i] - meanByModel);
        }
        if (!(square > NOTHING && both > NOTHING)) {
            // If all changes are equal, by one or the other, there is no scale.
            return Optional.empty();
        }
        double stretch = both / square;
        return Optional.of(new Learnt(model, meanBySize - stretch * meanByModel, stretch));
    }

    private static double bySize(Features features) {
        return PRIOR.logOdds(
                features.value(Feature.LINES_ADDED).orElse(0),
                features.value(Feature.LINES_DELETED).orElse(0));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / Math.max(1, values.length);
    }

    /** Returns what can be promised of the failures that pass, in sentences. */
    public String guarantee() {
        return guarantee;
    }

    /** Whether more than size scores. */
    public boolean isLearnt() {
        return learnt.isPresent();
    }

    /**
     * Scores a change.
     *
     * @param features what is known of it
     * @param generatedLines how many of its lines are in files that nobody here writes; -1 if they were not counted
     */
    public Basis score(Features features, long generatedLines) {
        return score(features, List.of(), generatedLines);
    }

    /**
     * Scores a change of several commits: by its difference, and by these one by one ({@link ScoredDeployment}).
     *
     * @param features what is known of its difference
     * @param commits what is known of each of its commits; empty if it has one, or if that is not known
     * @param generatedLines how many of its lines are in files that nobody here writes; -1 if they were not counted
     */
    public Basis score(Features features, List<Features> commits, long generatedLines) {
        List<Contribution> parts =
                learnt.map(by -> contributions(by, features, commits)).orElse(List.of());
        return new Basis(features, generatedLines, parts, because, guarantee);
    }

    /** Returns a score with the limits below which changes may pass so that promises are kept, and says so. */
    public Basis limited(Basis basis, Collection<Promise> promises) {
        List<Basis.Limit> limits = new ArrayList<>();
        StringBuilder said = new StringBuilder(basis.guarantee());
        promises.stream()
                .sorted(Comparator.comparingInt(Promise::missRate).thenComparingInt(Promise::confidence))
                .forEach(promise -> {
                    Optional<PassThreshold> threshold = PassThreshold.of(failures, promise.alpha(), promise.delta());
                    threshold.ifPresent(found -> limits.add(new Basis.Limit(promise, found.score())));
                    said.append(' ')
                            .append(promise.words())
                            .append(threshold
                                    .map(found -> ": so changes pass that score below %.0f, and no others."
                                            .formatted(found.score()))
                                    .orElseGet(() ->
                                            ": for that %d failures have to be known, and %d are, so it stops nothing yet."
                                                    .formatted(
                                                            PassThreshold.needed(promise.alpha(), promise.delta()),
                                                            failures.size())));
                });
        return new Basis(
                basis.features(),
                basis.generatedLines(),
                basis.learnt(),
                basis.because(),
                said.toString().strip(),
                limits,
                basis.lot(),
                basis.revert(),
                basis.failedFiles());
    }

    private static String oneByOne(int commits, boolean more) {
        return "The %d commits one by one: that any of them fails is %s likely than by what they change together; the mean counts."
                .formatted(commits, more ? "more" : "less");
    }

    /**
     * Returns the points of each reason. They are given one after the other, the weightiest reason first, each the
     * difference of the rounded score with it from the one before, so that they add up exactly.
     */
    private List<Contribution> contributions(Learnt by, Features features, List<Features> commits) {
        // Not calibrated: the records do not keep the single commits of past changes.
        ScoredDeployment deployment = ScoredDeployment.of(by.model(), features, commits, Calibration.NONE);
        ScoredChange scored = deployment.net();
        List<LearntContribution> reasons = scored.contributions().stream()
                .sorted(Comparator.<LearntContribution>comparingDouble(each -> Math.abs(each.logOdds()))
                        .reversed())
                .toList();
        double logOdds = scored.median();
        int points = by.points(logOdds);
        List<Contribution> parts = new ArrayList<>();
        parts.add(
                new Contribution(Basis.SOURCE, points, "What the median of the last changes of " + whose + " scores."));
        for (LearntContribution reason : reasons) {
            logOdds += reason.logOdds();
            int now = by.points(logOdds);
            if (now != points) {
                parts.add(new Contribution(Basis.SOURCE, now - points, reason.because(whose)));
            }
            points = now;
        }
        int all = commits.isEmpty() ? points : by.points(deployment.logOdds());
        if (all != points) {
            parts.add(new Contribution(Basis.SOURCE, all - points, oneByOne(commits.size(), all > points)));
        }
        return parts;
    }
}
