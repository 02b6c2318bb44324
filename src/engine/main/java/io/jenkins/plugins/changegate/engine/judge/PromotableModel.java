package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.ModelVersion;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a change is of and may be promoted: a change model whose changes may be made standard changes, or all changes to
 * an environment, of which a further level may be let pass.
 *
 * @param layer whose it is
 * @param model its name; empty for all changes to an environment
 * @param version what was learnt of it is good for exactly this: see {@link ModelVersion}
 * @param standing whether it was promoted when this change was judged; empty if nobody ever did
 * @param passing whether this change passes by itself if it is promoted
 */
public record PromotableModel(Layer layer, String model, String version, Optional<Standing> standing, boolean passing) {

    public PromotableModel {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
        standing = standing == null ? Optional.empty() : standing;
    }

    /** It is not known whether the change passes if it is promoted, as before that was kept. */
    public PromotableModel(Layer layer, String model, String version, Optional<Standing> standing) {
        this(layer, model, version, standing, false);
    }

    PromotableModel(ModelVersion version, Optional<Standing> standing) {
        this(version.layer(), version.model(), version.version(), standing);
    }

    /** Returns what is known of a change if this is promoted, up to whatever policy offers. */
    Circumstances given(Circumstances known) {
        Map<String, Standing> standings = new HashMap<>(known.standings());
        standings.put(version, new Standing("", known.now(), 0, RiskLevel.VERY_HIGH, "", 0));
        return known.withStandings(standings);
    }

    PromotableModel withPassing(boolean passes) {
        return new PromotableModel(layer, model, version, standing, passes);
    }
}
