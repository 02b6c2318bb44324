package io.jenkins.plugins.changegate.engine.measure;

import java.time.Instant;

/**
 * The measures of a part of the period, in short.
 *
 * @param from when it begins
 * @param to when it ends
 * @param deployments successful ones that ended in it, as in {@link Delivery}
 * @param failed failures of those that ended in it, as in {@link Delivery}
 * @param lead as in {@link Delivery}
 * @param passed changes that passed by themselves, of those decided in it
 * @param asked changes of which people were asked, of those decided in it
 * @param waiting as in {@link Gate}
 */
public record Stretch(
        Instant from,
        Instant to,
        long deployments,
        Share failed,
        Spread lead,
        Share passed,
        Share asked,
        Spread waiting) {}
