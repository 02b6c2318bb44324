package io.jenkins.plugins.changegate.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which form a webhook is told. */
enum WebhookFormat {
    /** The record, as the REST API gives it. */
    CHANGE_GATE,
    /** CDEvents, as CloudEvents in their structured mode. */
    CDEVENTS;

    /** Returns how it is written. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the one that is written so; empty if there is none. */
    static Optional<WebhookFormat> of(String key) {
        return Arrays.stream(values())
                .filter(format -> format.key().equals(key))
                .findFirst();
    }
}
