package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes to be kept. */
final class Kept {

    static final Instant NOW = Instant.parse("2026-11-23T09:33:52.788Z");
    static final String ORIGIN = "0123456789ab";

    private Kept() {}

    static ChangeEvent.Opened opened(ChangeType type, Verdict.Kind kind, String service, Instant at, String job) {
        List<Requirement> requirements = kind == Verdict.Kind.ASK ? List.of(Requirement.ONE_APPROVER) : List.of();
        Judgement judgement = new Judgement(
                new Target(service, "production", Tier.PRODUCTION),
                RiskAssessment.of(
                        List.of(new Contribution("size", 62, "212 lines change.", List.of())),
                        RiskLevel.LOW,
                        Tier.PRODUCTION),
                new Verdict(kind, requirements, List.of("It is large.")),
                "v",
                new Terms(Optional.of(Duration.ofHours(72)), Optional.empty(), Optional.empty(), false, Map.of()),
                type,
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new ChangeEvent.Opened(
                at,
                new Origin(job, 1, "7"),
                "dana",
                "Sells more",
                judgement,
                "9c1d",
                List.of(),
                null,
                List.of(),
                "binding");
    }

    static ChangeRecord record(ChangeType type, Verdict.Kind kind, ChangeEvent... further) {
        List<ChangeEvent> history = new ArrayList<>(List.of(opened(type, kind, "shop", NOW, "shop")));
        history.addAll(List.of(further));
        return new ChangeRecord(42, history);
    }

    static KeptChange kept(ChangeRecord record) {
        return new KeptChange(record, "https://jenkins.example.org/job/shop/1/change/CHG-000042/", ORIGIN);
    }

    static ChangeEvent decided(Decision decision) {
        return new ChangeEvent.Decided(NOW.plusSeconds(60), decision, "lead", "The lead says so.", "Well done");
    }

    static ChangeEvent ended(Outcome outcome) {
        return new ChangeEvent.Ended(NOW.plusSeconds(120), outcome, "The stage ended.");
    }
}
