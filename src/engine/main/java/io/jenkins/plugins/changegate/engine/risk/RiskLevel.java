package io.jenkins.plugins.changegate.engine.risk;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How risky a change is for its target; the order is used. */
public enum RiskLevel {
    @JsonProperty("low")
    LOW,
    @JsonProperty("moderate")
    MODERATE,
    @JsonProperty("high")
    HIGH,
    @JsonProperty("very-high")
    VERY_HIGH;

    /** Returns the level's name as it is written in a policy. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the level's name as it is written in a sentence. */
    public String words() {
        return key().replace('-', ' ');
    }

    /** Returns the higher of this level and another. */
    public RiskLevel higher(RiskLevel other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
