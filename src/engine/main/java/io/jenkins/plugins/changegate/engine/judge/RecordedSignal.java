package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.condition.Signal;
import java.util.Objects;

/**
 * A signal as it was when the change was judged: a rule asked about it, or it is recorded as evidence with every change.
 *
 * @param name by which rules ask
 * @param value a {@link Long}, {@link Double}, {@link String} or {@link Boolean}; {@code null} if it was not known
 * @param source where it was from, for people; empty if it was not known
 * @param claimed whether the pipeline said so
 * @param unknown why it was not known, for people; empty if it was
 */
public record RecordedSignal(String name, Object value, String source, boolean claimed, String unknown) {

    public RecordedSignal {
        Objects.requireNonNull(name, "name");
        // Whole numbers come back from JSON as small as they fit.
        value = value instanceof Integer number ? Long.valueOf(number) : value;
        source = Objects.requireNonNullElse(source, "");
        unknown = Objects.requireNonNullElse(unknown, "");
    }

    static RecordedSignal known(String name, Signal signal) {
        return new RecordedSignal(name, signal.value(), signal.source(), signal.claimed(), "");
    }

    static RecordedSignal unknown(String name, String why) {
        return new RecordedSignal(name, null, "", false, why);
    }
}
