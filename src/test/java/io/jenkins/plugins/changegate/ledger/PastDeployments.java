package io.jenkins.plugins.changegate.ledger;

import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Origin;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.risk.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Deployments on record, of which those fail that touch many files, however large they are. */
public final class PastDeployments {

    private static final int MANY = 12;

    private PastDeployments() {}

    /** Records so many, all of them ended at that time; of twenty in a row eight fail. */
    public static void record(ChangeStore store, String service, Instant at, int deployments) throws StoreException {
        for (int i = 0; i < deployments; i++) {
            record(store, service, at.plusSeconds(i), 1 + i * 7 % 20, 1 + i * 11 % 97);
        }
    }

    private static void record(ChangeStore store, String service, Instant at, int files, int lines)
            throws StoreException {
        List<FileChange> changed = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            changed.add(new FileChange(
                    "src/" + i + ".java",
                    null,
                    FileChange.Status.MODIFIED,
                    i == 0 ? lines : 0,
                    0,
                    false,
                    false,
                    false,
                    false));
        }
        Totals totals = new Totals(files, 0, 0, lines, 0);
        Delta delta = new Delta("b".repeat(40), "h".repeat(40), changed, totals, List.of(), List.of());
        ChangeRecord record = store.open(new ChangeEvent.Opened(
                at,
                new Origin(service, 1, "7"),
                "dev",
                "",
                new Judgement(
                        new Target(service, "production", Tier.PRODUCTION),
                        RiskAssessment.of(SizePrior.contributions(totals), RiskLevel.LOW, Tier.PRODUCTION),
                        new Verdict(Verdict.Kind.PASS, List.of(), List.of("It passes.")),
                        "v".repeat(64),
                        Terms.NONE),
                delta.head(),
                List.of(),
                delta,
                List.of(),
                "d".repeat(64)));
        record = store.append(record, new ChangeEvent.Decided(at, Decision.PASSED, "", "It passed."))
                .orElseThrow();
        store.append(
                record,
                new ChangeEvent.Ended(at, files > MANY ? Outcome.UNSUCCESSFUL : Outcome.SUCCESSFUL, "It ended."));
    }
}
