package io.jenkins.plugins.changegate.notify;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes that are recorded without a pipeline. */
final class Changes {

    private Changes() {}

    /** Returns an opening in which every text that is anybody's to write is this one. */
    static ChangeEvent.Opened opened(Run<?, ?> run, Verdict.Kind kind, String text) {
        List<Requirement> requirements = kind == Verdict.Kind.ASK ? List.of(Requirement.ONE_APPROVER) : List.of();
        Judgement judgement = new Judgement(
                new Target(text, text, Tier.PRODUCTION),
                RiskAssessment.of(
                        List.of(new Contribution(text, 62, text, List.of(text))), RiskLevel.HIGH, Tier.PRODUCTION),
                new Verdict(kind, requirements, List.of(text)),
                "v",
                new Terms(Optional.of(Duration.ofDays(3)), Optional.empty(), Optional.empty(), false, Map.of()));
        FileChange file =
                new FileChange("secret-file", "", FileChange.Status.MODIFIED, 1, 2, false, false, false, false);
        Delta delta = new Delta("b", "h", List.of(file), new Totals(1, 1, 1, 3, 0), List.of(), List.of());
        return new ChangeEvent.Opened(
                Instant.now(),
                new Origin(run.getParent().getFullName(), run.getNumber(), "7"),
                "dev",
                text,
                judgement,
                "h",
                List.of(),
                delta,
                List.of(),
                "binding");
    }

    static ChangeRecord ask(Run<?, ?> run, String text) throws Exception {
        return ChangeRecords.get().store().open(opened(run, Verdict.Kind.ASK, text));
    }

    static ChangeRecord decide(ChangeRecord record, Decision decision, String because) throws Exception {
        ChangeEvent.Decided decided = new ChangeEvent.Decided(Instant.now(), decision, "lead", because);
        return ChangeRecords.get().store().append(record, decided).orElseThrow();
    }
}
