package io.jenkins.plugins.changegate.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lines of the history, and what follows from it for the page. */
class HistoryViewTest {

    private static final Instant AT = Instant.parse("2026-11-04T10:11:12Z");

    private static final Terms TERMS = new Terms(
            Optional.of(Duration.ofDays(3)),
            Optional.of(Duration.ofHours(1)),
            Optional.of(new Terms.Escalation(
                    Duration.ofHours(5), "on-call", Set.of(new Principal(Principal.Kind.USER, "zoe")))),
            false,
            Map.of());

    private static ChangeRecord record(ChangeEvent... events) {
        ChangeEvent.Opened opened = Waiting.opened(
                new Origin("shop", 1, "7"),
                new Target("shop", "production", Tier.PRODUCTION),
                60,
                TERMS,
                Waiting.asks(1, "managers", 2),
                Waiting.asks(1, "team-leads", 1));
        List<ChangeEvent> history = new ArrayList<>(List.of(opened));
        history.addAll(List.of(events));
        return new ChangeRecord(1, history);
    }

    private static ChangeEvent.Approved approved(String voter, int serves, String comment) {
        return new ChangeEvent.Approved(AT, new Vote(voter, voter, Set.of(serves), comment, ""));
    }

    @Test
    void everyKindOfEventHasALine() {
        assertThat(new HashSet<Class<?>>(HistoryView.LINES.keySet()))
                .isEqualTo(Set.of(ChangeEvent.class.getPermittedSubclasses()));
    }

    @Test
    void whatSomebodySaidIsShownOnce() {
        ChangeEvent said = new ChangeEvent.Decided(
                AT, Decision.REJECTED, "ada", "Rejected by Ada: not\non Friday", "not\non Friday");
        assertThat(HistoryView.of(said).getDetail()).isEqualTo("Rejected by Ada.");
        assertThat(HistoryView.of(said).getComment()).containsExactly("not", "on Friday");
        ChangeEvent silent = new ChangeEvent.Decided(AT, Decision.EXPIRED, "", "Nobody decided within 3 days.");
        assertThat(HistoryView.of(silent).getDetail()).isEqualTo("Nobody decided within 3 days.");
        assertThat(HistoryView.of(silent).getComment()).isEmpty();
    }

    @Test
    void remindersAndStandInsAreToldAndDeadlinesGoOn() {
        ChangeRecord fresh = record();
        assertThat(new TermsView(fresh).getReminded().toInstant())
                .isEqualTo(fresh.opened().at().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS));
        assertThat(new TermsView(fresh).getEscalated()).isNotNull();
        ChangeRecord escalated = record(
                new ChangeEvent.Reminded(AT),
                new ChangeEvent.Escalated(AT, TERMS.escalation().orElseThrow()));
        assertThat(new TermsView(escalated).getEscalated()).isNull();
        assertThat(HistoryView.of(escalated).get(2).getWhat()).contains("on-call");
        assertThat(new ApprovalView(escalated).getProgress().get(0).getWho()).isEqualTo("team-leads or on-call");
    }

    @Test
    void stagesComeInOrderAndTheLaterOneIsMarkedUntilItsTurn() {
        List<ApprovalView.Progress> before = new ApprovalView(record()).getProgress();
        assertThat(before).extracting(ApprovalView.Progress::getWho).containsExactly("team-leads", "managers");
        assertThat(before).extracting(ApprovalView.Progress::isLater).containsExactly(false, true);
        List<ApprovalView.Progress> after = new ApprovalView(record(approved("lead", 1, ""))).getProgress();
        assertThat(after).extracting(ApprovalView.Progress::isMet).containsExactly(true, false);
        assertThat(after).extracting(ApprovalView.Progress::isLater).containsExactly(false, false);
    }

    @Test
    void votesThatWereTakenBackAreKeptApart() {
        ApprovalView view = new ApprovalView(record(
                approved("lead", 1, "first"),
                new ChangeEvent.Withdrawn(AT, "lead", "lead took the approval back."),
                approved("lead", 1, "second")));
        assertThat(view.getVotes()).extracting(ApprovalView.VoteRow::getComment).containsExactly(List.of("second"));
        assertThat(view.getWithdrawn())
                .extracting(ApprovalView.VoteRow::getBecause)
                .hasSize(1);
    }
}
