package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.util.Objects;

/**
 * A signal that a rule asked about, as it was when the change was judged.
 *
 * @param name by which the rule asked
 * @param value a {@link Long}, {@link Double}, {@link String} or {@link Boolean}; {@code null} if it was not known
 * @param source where it was from, for people; empty if it was not known
 * @param claimed whether the pipeline said so
 * @param unknown why it was not known, for people; empty if it was
 */
public record AskedSignal(String name, Object value, String source, boolean claimed, String unknown) {

    public AskedSignal {
        Objects.requireNonNull(name, "name");
        // Whole numbers come back from JSON as small as they fit.
        value = value instanceof Integer number ? Long.valueOf(number) : value;
        source = Objects.requireNonNullElse(source, "");
        unknown = Objects.requireNonNullElse(unknown, "");
    }

    static AskedSignal known(String name, Signal signal) {
        return new AskedSignal(name, signal.value(), signal.source(), signal.claimed(), "");
    }

    static AskedSignal unknown(String name, String why) {
        return new AskedSignal(name, null, "", false, why);
    }
}
