package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.RiskAssessment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the step returns and throws. */
final class Decisions {

    private Decisions() {}

    /**
     * Returns what the step returns: a map with fixed keys, of values that a sandboxed pipeline may read.
     *
     * @param url the change's page
     */
    static Map<String, Object> result(ChangeRecord record, String url) {
        ChangeEvent.Decided decided = record.decided().orElseThrow();
        RiskAssessment assessment = record.opened().judgement().assessment();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("outcome", decided.decision().key());
        result.put("level", assessment.level().key());
        result.put("score", assessment.score());
        result.put(
                "reasons", new ArrayList<>(record.opened().judgement().verdict().reasons()));
        result.put("changeId", record.id());
        result.put(
                "approvers",
                new ArrayList<>(
                        record.ballot().votes().stream().map(Vote::voter).toList()));
        result.put("by", decided.by());
        result.put("because", decided.because());
        result.put("url", url);
        return Collections.unmodifiableMap(result);
    }

    /** Returns the typed cause of a decision that stops the deployment. */
    static ChangeInterruption interruption(ChangeRecord record) {
        ChangeEvent.Decided decided = record.decided().orElseThrow();
        String id = record.id();
        return switch (decided.decision()) {
            case REJECTED -> new ChangeRejected(id, decided.by(), decided.because());
            case REFUSED -> new ChangeRefused(id, decided.by(), decided.because());
            case EXPIRED -> new ChangeExpired(id, decided.by(), decided.because());
            case SUPERSEDED -> new ChangeSuperseded(id, decided.by(), decided.because());
            default -> new ChangeCancelled(id, decided.by(), decided.because());
        };
    }
}
