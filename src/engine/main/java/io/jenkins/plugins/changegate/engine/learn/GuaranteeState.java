package io.jenkins.plugins.changegate.engine.learn;

import java.util.OptionalDouble;

/**
 * How much can be promised of the failures that pass, by how many are known, with a delta of 0.10. From the weakest to
 * the strongest; the order is used.
 */
public enum GuaranteeState {
    /** Nothing can be promised: a score only advises. */
    ADVISORY(0, OptionalDouble.empty()),
    /** At most a fifth of the failures passes. */
    FIRST(11, OptionalDouble.of(0.20)),
    /** At most a tenth of the failures passes. */
    USUAL(22, OptionalDouble.of(0.10)),
    /** At most a twentieth of the failures passes. */
    STRONG(45, OptionalDouble.of(0.05));

    private final int failures;
    private final OptionalDouble alpha;

    GuaranteeState(int failures, OptionalDouble alpha) {
        this.failures = failures;
        this.alpha = alpha;
    }

    /** Returns how many known failures it needs. */
    public int failures() {
        return failures;
    }

    /** Returns the share of failures that may pass; empty if nothing is promised. */
    public OptionalDouble alpha() {
        return alpha;
    }

    /** Returns the next weaker state; the weakest itself if it is that. */
    public GuaranteeState weaker() {
        return values()[Math.max(0, ordinal() - 1)];
    }

    /** Returns the strongest state that so many known failures allow. */
    public static GuaranteeState of(int failures) {
        GuaranteeState strongest = ADVISORY;
        for (GuaranteeState state : values()) {
            if (failures >= state.failures) {
                strongest = state;
            }
        }
        return strongest;
    }
}
