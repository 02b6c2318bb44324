package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change's number, and the state that follows from its history. */
class ChangeRecordTest {

    @Test
    void numberIsWrittenWithSixDigitsAndReadAgain() {
        assertThat(ChangeRecord.id(1)).isEqualTo("CHG-000001");
        for (long number : new long[] {1, 999_999, 1_000_000, 123_456_789_012L}) {
            assertThat(ChangeRecord.number(ChangeRecord.id(number))).contains(number);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CHG-",
                "CHG-1",
                "chg-000001",
                "CHG-00000x",
                "CHG-000001 ",
                "CHG-99999999999999999999",
                "../1"
            })
    void whatIsNoNumberIsNone(String id) {
        assertThat(ChangeRecord.number(id)).isEmpty();
    }

    @Test
    void recordBeginsWithItsOpening() {
        assertThatThrownBy(() -> new ChangeRecord(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChangeRecord(1, List.of(Events.approved("ada"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyThreeDecisionsLetADeploymentFollow() {
        Set<Decision> letting = EnumSet.noneOf(Decision.class);
        for (Decision decision : Decision.values()) {
            ChangeRecord record = new ChangeRecord(1, List.of(Events.opened("s", "e"), Events.decided(decision)));
            assertThat(record.isDeploying()).isEqualTo(decision.lets());
            assertThat(record.decided()).isPresent();
            if (decision.lets()) {
                letting.add(decision);
            }
        }
        assertThat(letting).containsExactlyInAnyOrder(Decision.PASSED, Decision.APPROVED, Decision.OVERRIDDEN);
    }

    @Test
    void endedRecordIsNotDeploying() {
        ChangeRecord record = new ChangeRecord(
                1,
                List.of(
                        Events.opened("s", "e"),
                        Events.decided(Decision.PASSED),
                        Events.ended(Outcome.SUCCESSFUL_WITH_ISSUES)));
        assertThat(record.isDeploying()).isFalse();
        assertThat(record.ended().orElseThrow().outcome().isDeployed()).isTrue();
        assertThat(Outcome.UNSUCCESSFUL.isDeployed()).isFalse();
    }

    @Test
    void firstDecisionCounts() {
        ChangeRecord record = new ChangeRecord(
                1,
                List.of(Events.opened("s", "e"), Events.decided(Decision.REJECTED), Events.decided(Decision.APPROVED)));
        assertThat(record.decided().orElseThrow().decision()).isEqualTo(Decision.REJECTED);
        assertThat(record.isDeploying()).isFalse();
    }
}
