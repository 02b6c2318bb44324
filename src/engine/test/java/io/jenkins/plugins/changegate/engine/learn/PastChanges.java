package io.jenkins.plugins.changegate.engine.learn;

import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Past changes, made up: the same for the same seed. */
final class PastChanges {

    private PastChanges() {}

    /** Returns changes that fail with the probability of given log-odds. */
    static List<LabelledChange> of(long seed, int count, ToDoubleFunction<Features> logOdds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LabelledChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Features features = features(random);
            double probability = 1 / (1 + Math.exp(-logOdds.applyAsDouble(features)));
            changes.add(new LabelledChange(features, random.nextDouble() < probability));
        }
        return changes;
    }

    /** Returns any features, some of them missing. */
    static Features features(SplittableRandom random) {
        Features features = Features.NONE;
        for (Feature feature : Feature.values()) {
            if (random.nextInt(20) > 0) {
                features = features.with(
                        feature,
                        feature == Feature.FIX
                                ? random.nextInt(2)
                                : Math.floor(Math.expm1(random.nextDouble() * random.nextDouble() * 8)));
            }
        }
        return features;
    }

    static double logarithm(Features features, Feature feature) {
        return Math.log1p(features.value(feature).orElse(0));
    }
}
