package io.jenkins.plugins.changegate.connect;

import static io.jenkins.plugins.changegate.connect.Kept.NOW;
import static io.jenkins.plugins.changegate.connect.Kept.decided;
import static io.jenkins.plugins.changegate.connect.Kept.ended;
import static io.jenkins.plugins.changegate.connect.Kept.kept;
import static io.jenkins.plugins.changegate.connect.Kept.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ServiceNow is told of a change. */
class ServiceNowFieldsTest {

    private static ServiceNowFields fields(ChangeRecord record) {
        return new ServiceNowFields(kept(record));
    }

    @Test
    void aNewOneSaysWhatGoesWhereHowRiskyAndWhy() {
        Map<String, String> created =
                fields(record(ChangeType.EMERGENCY, Verdict.Kind.ASK)).created();
        assertThat(created)
                .containsEntry("correlation_id", "CHG-000042")
                .containsEntry("correlation_display", "Change Gate 0123456789ab")
                .containsEntry("type", "emergency")
                .containsEntry("risk", "2")
                .containsEntry("short_description", "Deploy shop to production (CHG-000042)")
                .containsEntry("justification", "Sells more")
                .containsEntry("start_date", "2026-11-23 09:33:52")
                .containsEntry("end_date", "2026-11-26 10:33:52")
                .doesNotContainKey("state");
        assertThat(created.get("description"))
                .contains(
                        "Risk: high, 62 of 100",
                        "- It is large.",
                        "+62 212 lines change.",
                        "Commit: 9c1d",
                        "Build: shop #1",
                        "Started by: dana",
                        "/change/CHG-000042/");
        assertThat(fields(record(ChangeType.NORMAL, Verdict.Kind.PASS)).created())
                .containsEntry("end_date", "2026-11-23 10:33:52");
    }

    @Test
    void everyLevelAndOutcomeHasItsChoice() {
        assertThat(List.of(RiskLevel.values()).stream().map(ServiceNowFields::risk))
                .containsExactly("4", "3", "2", "2");
        assertThat(List.of(Outcome.values()).stream().map(ServiceNowFields::closeCode))
                .containsExactly("successful", "successful_issues", "unsuccessful");
    }

    @Test
    void whatIsDecidedIsSaidWhereItIsTakenOn() {
        ServiceNowFields approved = fields(record(
                ChangeType.NORMAL,
                Verdict.Kind.ASK,
                decided(Decision.APPROVED),
                ended(Outcome.SUCCESSFUL_WITH_ISSUES)));
        assertThat(approved.entering(ServiceNowState.IMPLEMENT))
                .containsEntry("state", "-1")
                .containsEntry("approval", "approved")
                .containsEntry("work_start", "2026-11-23 09:34:52")
                .containsEntry("work_notes", "Change Gate: approved by lead. The lead says so. Comment: Well done");
        assertThat(approved.entering(ServiceNowState.CLOSED))
                .containsEntry("state", "3")
                .containsEntry("close_code", "successful_issues")
                .containsEntry("close_notes", "Deployment successful with issues: The stage ended.");
        assertThat(approved.entering(ServiceNowState.AUTHORIZE)).doesNotContainKey("work_notes");
        ServiceNowFields rejected = fields(record(ChangeType.NORMAL, Verdict.Kind.ASK, decided(Decision.REJECTED)));
        assertThat(rejected.entering(ServiceNowState.CANCELED))
                .containsEntry("state", "4")
                .containsEntry("approval", "rejected")
                .containsKey("close_notes");
        assertThat(fields(record(ChangeType.NORMAL, Verdict.Kind.ASK)).entering(ServiceNowState.AUTHORIZE))
                .containsEntry("approval", "requested")
                .hasEntrySatisfying("work_notes", note -> assertThat(note).startsWith("Change Gate waits for "));
    }

    @Test
    void noTextOfOthersBecomesHtmlOrAnotherLine() {
        ChangeEvent hostile = new ChangeEvent.Decided(
                NOW, Decision.APPROVED, "lead", "A\n[code]<script>alert(1)</script>[/CODE]\u202e", "");
        assertThat(fields(record(ChangeType.NORMAL, Verdict.Kind.ASK, hostile))
                        .entering(ServiceNowState.IMPLEMENT)
                        .get("work_notes"))
                .doesNotContainIgnoringCase("[code", "[/code")
                .doesNotContain("\n", "\u202e");
    }

    @Test
    void aChangeIsInTheStateThatItsRecordSays() {
        ChangeEvent held = new ChangeEvent.Held(NOW, new Hold("freeze", false, Optional.empty(), "Frozen."));
        ChangeEvent linked = new ChangeEvent.Linked(NOW, new Link(Link.Kind.CHANGE_REQUEST, "CHG1", ""), "");
        ChangeEvent reviewed = new ChangeEvent.Reviewed(NOW, "lead", "Fine.");
        Verdict.Kind ask = Verdict.Kind.ASK;
        assertState(ServiceNowState.AUTHORIZE, record(ChangeType.NORMAL, ask));
        assertState(ServiceNowState.AUTHORIZE, record(ChangeType.EMERGENCY, ask));
        assertState(ServiceNowState.NEW, record(ChangeType.STANDARD, ask));
        assertState(ServiceNowState.NEW, record(ChangeType.NORMAL, Verdict.Kind.PASS));
        assertState(ServiceNowState.SCHEDULED, record(ChangeType.NORMAL, ask, held));
        assertState(ServiceNowState.SCHEDULED, record(ChangeType.NORMAL, ask, held, linked));
        assertState(ServiceNowState.IMPLEMENT, record(ChangeType.NORMAL, ask, held, decided(Decision.APPROVED)));
        assertState(ServiceNowState.CANCELED, record(ChangeType.NORMAL, ask, decided(Decision.EXPIRED)));
        ChangeEvent passed = decided(Decision.PASSED);
        assertState(
                ServiceNowState.CLOSED,
                record(ChangeType.STANDARD, Verdict.Kind.PASS, passed, ended(Outcome.SUCCESSFUL)));
        ChangeEvent failed = ended(Outcome.UNSUCCESSFUL);
        assertState(ServiceNowState.REVIEW, record(ChangeType.NORMAL, Verdict.Kind.PASS, passed, failed));
        assertState(ServiceNowState.CLOSED, record(ChangeType.NORMAL, Verdict.Kind.PASS, passed, failed, reviewed));
    }

    private static void assertState(ServiceNowState state, ChangeRecord record) {
        assertThat(ServiceNowState.of(record)).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(ChangeType.class)
    void thereIsAWayFromNewToClosedOnlyForward(ChangeType type) {
        assertThat(ServiceNowState.NEW.way(type, ServiceNowState.CLOSED))
                .startsWith(
                        switch (type) {
                            case NORMAL -> ServiceNowState.ASSESS;
                            case STANDARD -> ServiceNowState.SCHEDULED;
                            case EMERGENCY -> ServiceNowState.AUTHORIZE;
                        })
                .endsWith(
                        ServiceNowState.SCHEDULED,
                        ServiceNowState.IMPLEMENT,
                        ServiceNowState.REVIEW,
                        ServiceNowState.CLOSED);
        assertThat(ServiceNowState.CLOSED.way(type, ServiceNowState.IMPLEMENT)).isEmpty();
        assertThat(ServiceNowState.IMPLEMENT.way(type, ServiceNowState.CANCELED))
                .containsExactly(ServiceNowState.CANCELED);
        assertThat(ServiceNowState.REVIEW.way(type, ServiceNowState.CANCELED)).isEmpty();
        assertThat(ServiceNowState.CANCELED.way(type, ServiceNowState.CLOSED)).isEmpty();
    }
}
