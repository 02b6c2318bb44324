package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Promotion;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.EnvironmentEntry;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.PromotionEntry;
import java.time.Duration;
import java.util.Optional;

/** Checks on what evidence somebody may let changes pass further. */
final class PromotionChecker {

    private final PolicySource source;

    PromotionChecker(PolicySource source) {
        this.source = source;
    }

    /**
     * Returns the promotion of an environment, which raises what passes there by one level.
     *
     * @param path where the environment stands
     */
    Optional<Promotion> raise(EnvironmentEntry entry, String path) {
        PromotionEntry promotion = entry.promotion();
        if (promotion == null) {
            return Optional.empty();
        }
        String place = path + "/promotion";
        if (entry.passUpTo() == null) {
            if (!source.holds(path + "/pass-up-to")) {
                source.mistake(
                        place,
                        "This promotion raises what passes by itself, and it is not said what does: add 'pass-up-to:"
                                + " ...' to the environment");
            }
            return Optional.empty();
        }
        Ceiling next = entry.passUpTo().next();
        if (next == entry.passUpTo()) {
            source.mistake(place, "Everything passes by itself here already: leave this out");
            return Optional.empty();
        }
        if (promotion.passUpTo() != null && Ceiling.of(promotion.passUpTo()) != next) {
            source.mistake(
                    place + "/pass-up-to",
                    "A service is promoted by one level: where up to "
                            + entry.passUpTo().words() + " passes by itself, to '"
                            + next.words().replace(' ', '-') + "'");
            return Optional.empty();
        }
        return promotion(promotion, place, true);
    }

    /**
     * Returns a promotion; only what is complete, the rest was said.
     *
     * @param place where it stands
     * @param ofThatLevel whether only deployments of just the risk that would newly pass are evidence
     */
    Optional<Promotion> promotion(PromotionEntry promotion, String place, boolean ofThatLevel) {
        if (promotion.after() == null && !source.holds(place + "/after")) {
            source.mistake(place, "This promotion says not after how many successes: add 'after: 20'");
        }
        if (promotion.after() != null && (promotion.after() < 1 || promotion.after() > Promotion.MOST)) {
            source.mistake(
                    place + "/after",
                    "A promotion after " + promotion.after() + " successes cannot be; possible: 1 to "
                            + Promotion.MOST);
        }
        if (promotion.passUpTo() == null && !source.holds(place + "/pass-up-to")) {
            source.mistake(place, "This promotion passes up to no level: add 'pass-up-to: ...'");
        }
        Optional<Duration> over = promotion.over() == null
                ? Optional.of(Duration.ZERO)
                : Durations.checked(promotion.over(), source, Promotion.LONGEST);
        return promotion.after() == null || promotion.passUpTo() == null
                ? Optional.empty()
                : over.map(time -> new Promotion(promotion.after(), time, promotion.passUpTo(), ofThatLevel));
    }
}
