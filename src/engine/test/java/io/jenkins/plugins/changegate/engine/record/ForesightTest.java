package io.jenkins.plugins.changegate.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForesightTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final String VERSION = "v";

    private final List<ChangeRecord> records = new ArrayList<>();

    /** A change that waited for so many hours, if it was decided. */
    private long change(Verdict.Kind verdict, String version, boolean passing, int hours, ChangeEvent... events) {
        Judgement judgement = new Judgement(
                new Target("shop", "production", Tier.PRODUCTION),
                RiskAssessment.of(List.of(), RiskLevel.MODERATE, Tier.PRODUCTION),
                new Verdict(
                        verdict,
                        verdict == Verdict.Kind.ASK ? List.of(Requirement.ONE_APPROVER) : List.of(),
                        List.of("Because.")),
                "p",
                Terms.NONE,
                ChangeType.NORMAL,
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new PromotableModel(Layer.ORGANISATION, "", version, Optional.empty(), passing)),
                Optional.empty());
        List<ChangeEvent> history = new ArrayList<>();
        history.add(new ChangeEvent.Opened(
                AT.minus(Duration.ofHours(hours)),
                new Origin("shop", 1, "1"),
                "",
                "",
                judgement,
                "h",
                List.of(),
                null,
                List.of(),
                "b"));
        history.addAll(List.of(events));
        records.add(new ChangeRecord(records.size() + 1, history));
        return records.size();
    }

    private long asked(int hours, ChangeEvent... events) {
        return change(Verdict.Kind.ASK, VERSION, true, hours, events);
    }

    private static ChangeEvent decided(Decision decision) {
        return new ChangeEvent.Decided(AT, decision, "lead", "Because.");
    }

    private static ChangeEvent ended(Outcome outcome) {
        return new ChangeEvent.Ended(AT, outcome, "Because.");
    }

    private Foresight foresight(Long... failed) {
        return Foresight.of(records, VERSION, Set.of(failed));
    }

    @Test
    void eachIsCountedByHowItEndedAndWaitedOnlyIfPeopleLetItPass() {
        asked(1, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL));
        asked(2, decided(Decision.OVERRIDDEN), ended(Outcome.SUCCESSFUL_WITH_ISSUES));
        asked(4, decided(Decision.APPROVED), ended(Outcome.UNSUCCESSFUL));
        asked(8, decided(Decision.REJECTED));
        asked(16, decided(Decision.EXPIRED));
        asked(32);
        assertThat(foresight()).isEqualTo(new Foresight(6, 1, 1, 1, 1, 2, Duration.ofHours(7)));
    }

    @Test
    void whatWasRolledBackOrCausedAnIncidentHasFailed() {
        long undone = asked(1, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL));
        Link incident = new Link(Link.Kind.INCIDENT, "INC1", "");
        asked(1, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL), new ChangeEvent.Linked(AT, incident, "lead"));
        assertThat(foresight(undone)).isEqualTo(new Foresight(2, 0, 0, 2, 0, 0, Duration.ofHours(2)));
    }

    @Test
    void whatPassedOrWouldHaveAskedAnywayOrIsOfSomethingElseIsLeftOut() {
        change(Verdict.Kind.PASS, VERSION, true, 1, decided(Decision.PASSED), ended(Outcome.SUCCESSFUL));
        change(Verdict.Kind.ASK, VERSION, false, 1, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL));
        change(Verdict.Kind.ASK, "other", true, 1, decided(Decision.APPROVED), ended(Outcome.SUCCESSFUL));
        assertThat(foresight()).isEqualTo(Foresight.NOTHING);
    }
}
