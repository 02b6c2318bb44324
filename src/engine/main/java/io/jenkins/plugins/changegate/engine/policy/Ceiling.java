package io.jenkins.plugins.changegate.engine.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.Locale;

/** The highest level that passes by itself; the order is used, the strictest first. */
public enum Ceiling {
    /** Nothing passes by itself. */
    @JsonProperty("none")
    NONE,
    @JsonProperty("low")
    LOW,
    @JsonProperty("moderate")
    MODERATE,
    @JsonProperty("high")
    HIGH,
    @JsonProperty("very-high")
    VERY_HIGH;

    /** Returns the ceiling that a level makes. */
    public static Ceiling of(RiskLevel level) {
        return values()[level.ordinal() + 1];
    }

    /** Whether a change of this level passes by itself. */
    public boolean permits(RiskLevel level) {
        return compareTo(of(level)) >= 0;
    }

    /** Returns the stricter of this ceiling and another. */
    public Ceiling stricter(Ceiling other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Returns the next one that lets more pass; the last itself if it is that. */
    public Ceiling next() {
        return values()[Math.min(ordinal() + 1, values().length - 1)];
    }

    /** Returns its name in a sentence. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
