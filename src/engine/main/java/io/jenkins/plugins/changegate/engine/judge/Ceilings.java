package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Circumstances;
import io.jenkins.plugins.changegate.engine.condition.Standing;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Offer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Promise;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Up to which level policies let changes pass by themselves, each by what it says and by what the service has earned
 * there. It is at most one level more, and what was offered both when somebody promoted the service and now. Immutable.
 */
final class Ceilings {

    private final List<Policy> policies;
    private final Target target;
    private final Circumstances circumstances;
    private final boolean promised;

    Ceilings(List<Stratum> strata, Target target, Circumstances circumstances) {
        this.policies =
                strata.stream().flatMap(stratum -> stratum.policies().stream()).toList();
        this.target = target;
        this.circumstances = circumstances;
        this.promised = policies.stream()
                .flatMap(policy -> policy.environment(target.environment()).promise().stream())
                .allMatch(this::isGiven);
    }

    /** As long as a guarantee cannot be given, nobody knows what the further level would let through. */
    private boolean isGiven(Promise promise) {
        return circumstances.basis().map(Basis::limits).orElse(List.of()).stream()
                .anyMatch(limit -> Objects.equals(limit.promise(), promise));
    }

    /** Returns up to which level a policy lets changes pass, if it says so. */
    Optional<Ceiling> of(Policy policy) {
        return written(policy)
                .map(own -> offer(policy)
                        .filter(offer -> promised)
                        .flatMap(offer -> raised(own, offer))
                        .orElse(own));
    }

    private Optional<Ceiling> written(Policy policy) {
        return policy.environment(target.environment()).passUpTo();
    }

    private Optional<Offer> offer(Policy policy) {
        return Offer.raise(policy, target.environment());
    }

    private Optional<Standing> standing(Offer offer) {
        return Optional.ofNullable(circumstances.standings().get(offer.version().version()));
    }

    private Optional<Ceiling> raised(Ceiling own, Offer offer) {
        return standing(offer)
                .filter(Standing::isStandard)
                .map(standing -> offered(own, offer).stricter(Ceiling.of(standing.upTo())))
                .filter(raised -> raised.compareTo(own) > 0);
    }

    private static Ceiling offered(Ceiling own, Offer offer) {
        return own.next().stricter(Ceiling.of(offer.promotion().passUpTo()));
    }

    /**
     * Returns what can be promoted. All versions of a policy count, so that a change which alters what is offered still
     * ends by its failure what was earned before.
     */
    Stream<PromotableModel> promotable() {
        return policies.stream()
                .flatMap(policy -> offer(policy).stream())
                .map(offer -> new PromotableModel(offer.version(), standing(offer)));
    }

    /** Returns what is said of the promotions that matter to a change of this level, each one sentence for people. */
    Set<String> sentences(RiskLevel level) {
        Set<String> sentences = new TreeSet<>();
        for (Policy policy : policies) {
            written(policy)
                    .ifPresent(own -> offer(policy)
                            .filter(offer ->
                                    !own.permits(level) && offered(own, offer).permits(level))
                            .flatMap(offer -> standing(offer).map(standing -> sentence(own, offer, standing)))
                            .ifPresent(sentences::add));
        }
        return sentences;
    }

    private String sentence(Ceiling own, Offer offer, Standing standing) {
        String promoted = standing.by() + " promoted it on "
                + standing.at().atOffset(ZoneOffset.UTC).toLocalDate() + standing.where();
        String whose = offer.version().layer().words();
        if (!standing.isStandard()) {
            return "By " + whose + " up to " + own.words() + " passes again " + standing.lost() + "; " + promoted + ".";
        }
        if (!promised) {
            return "What " + target.service() + " has earned has no effect as long as the guarantee for "
                    + target.environment() + " cannot be given; " + promoted + ".";
        }
        return raised(own, offer)
                .map(raised -> "By " + whose + " up to " + raised.words() + " and not only up to " + own.words()
                        + " passes, because " + target.service() + " has earned it with " + standing.successes()
                        + " successful deployment" + (standing.successes() == 1 ? "" : "s") + " of that risk in a row; "
                        + promoted + ".")
                .orElse("What " + whose + " offers is more than was offered when " + promoted
                        + ": that needs another promotion.");
    }
}
