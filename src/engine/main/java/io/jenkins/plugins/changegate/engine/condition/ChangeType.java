package io.jenkins.plugins.changegate.engine.condition;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a change is handled, in ITIL's terms. */
public enum ChangeType {
    /** Pre-authorised: of a kind that a change authority has approved once for all. */
    @JsonProperty("standard")
    STANDARD,
    /** Assessed and authorised one by one. */
    @JsonProperty("normal")
    NORMAL,
    /** Cannot wait: has an authority of its own, and a review afterwards. */
    @JsonProperty("emergency")
    EMERGENCY;

    /** Returns how it is written. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
