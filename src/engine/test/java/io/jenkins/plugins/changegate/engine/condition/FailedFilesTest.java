package io.jenkins.plugins.changegate.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.changegate.engine.content.ContentFacts;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.FailedFiles;
import io.jenkins.plugins.changegate.engine.risk.Features;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What rules and people are told of the last deployment that failed with the same files. */
class FailedFilesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String LATELY = "history.failedFiles > 0 && history.failedFilesAge < duration('240h')";

    private static boolean holds(String condition, FailedFiles failed) throws Exception {
        Delta delta = new Delta("b", "h", List.of(), Totals.NONE, List.of(), List.of());
        ChangeFacts facts = new ChangeFacts(delta, new Target("s", "e", Tier.PRODUCTION), ContentFacts.NONE);
        Circumstances circumstances =
                Circumstances.at(NOW).withBasis(Optional.of(new Basis(Features.NONE, -1).withFailedFiles(failed)));
        return new ConditionCompiler()
                .compile(condition)
                .holds(facts, CircumstanceFacts.variables(circumstances, Optional.of(delta)));
    }

    @Test
    void rulesKnowHowManyAndHowLongAgo() throws Exception {
        FailedFiles failed = new FailedFiles(2, "CHG-000031", NOW.minus(Duration.ofDays(9)), true);
        assertThat(holds("history.failedFiles == 2", failed)).isTrue();
        assertThat(holds("history.failedFilesAge == duration('216h')", failed)).isTrue();
        assertThat(holds(LATELY, failed)).isTrue();
        assertThat(holds(LATELY, new FailedFiles(2, "CHG-000031", NOW.minus(Duration.ofDays(11)), true)))
                .isFalse();
        assertThat(holds(LATELY, FailedFiles.NONE)).isFalse();
    }

    @Test
    void aRuleThatAsksForWhatIsNotKnownCannotBeDecided() {
        assertThatThrownBy(() -> holds(LATELY, null)).isInstanceOf(Condition.UnknownFactException.class);
        assertThatThrownBy(() -> holds("history.failedFiles == 0", null))
                .isInstanceOf(Condition.UnknownFactException.class);
        assertThatThrownBy(() -> holds("history.failedFilesAge > duration('1h')", FailedFiles.NONE))
                .isInstanceOf(Condition.UnknownFactException.class);
    }

    @Test
    void peopleAreToldWhichOneItWas() {
        Instant at = Instant.parse("2026-11-14T23:59:59Z");
        assertThat(new FailedFiles(2, "CHG-000031", at, true).sentence())
                .isEqualTo(
                        "2 of its files were in CHG-000031, whose deployment there failed on 2026-11-14 and was rolled"
                                + " back. It has no points.");
        assertThat(new FailedFiles(1, "CHG-000031", at, false).sentence())
                .isEqualTo("1 of its files was in CHG-000031, whose deployment there failed on 2026-11-14."
                        + " It has no points.");
        assertThat(new Basis(Features.NONE, -1)
                        .withFailedFiles(FailedFiles.NONE)
                        .sentences())
                .isEmpty();
        assertThatThrownBy(() -> new FailedFiles(1, "", null, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FailedFiles(0, "", at, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
