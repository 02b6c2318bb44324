package io.jenkins.plugins.changegate.engine.terraform;

import io.jenkins.plugins.changegate.engine.delta.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;

/** What is fuzzed here, as in {@code engine.delta}. */
public final class FuzzTargets {

    private static final Limits LIMITS = new Limits(20, 1, 1, 1, 100_000, Duration.ofMinutes(1));

    private FuzzTargets() {}

    /** {@code terraform show -json}. */
    public static final class PlanJson {
        private PlanJson() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            try {
                Plan plan = new PlanReader(LIMITS).read(new ByteArrayInputStream(bytes));
                if (plan.changes().size() > LIMITS.files()
                        || plan.reading().delta().orElseThrow().files().size()
                                > plan.totals().files()
                        || plan.reading().gaps().isEmpty()) {
                    throw new AssertionError(plan.toString());
                }
            } catch (IOException expected) {
                if (expected.getMessage() == null || expected.getMessage().isBlank()) {
                    throw new AssertionError(expected);
                }
            }
        }
    }
}
