package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Instant;
import java.util.Optional;

/**
 * A change record in one line of a list.
 *
 * @param number the record's
 * @param controller which Jenkins it is of; empty in a store that only one has
 * @param opened when
 * @param service what was to be deployed
 * @param environment where to
 * @param type how it was handled
 * @param model the change model that it is of; empty if it is of none
 * @param level its risk
 * @param score its risk, 0 to 100
 * @param decision how it ended at the gate; empty while it waits
 * @param outcome how its deployment ended, as was said last; empty if it has not, or there was none
 * @param failed whether it was unsuccessful or caused an incident
 * @param reviewDue whether a post-implementation review is due
 * @param doubtful whether something else may have run there before it: {@link ChangeRecord#isDoubtful}; not known of
 *     changes that were opened before this was kept
 * @param head full object name of the commit to be deployed; empty if not known
 * @param job the full name of the job; empty if not known
 * @param build its build's number
 * @param product what the service is part of; empty if the pipeline did not say
 * @param isSealed whether only this line is kept of it
 */
public record ChangeSummary(
        long number,
        String controller,
        Instant opened,
        String service,
        String environment,
        ChangeType type,
        String model,
        RiskLevel level,
        int score,
        Optional<Decision> decision,
        Optional<Outcome> outcome,
        boolean failed,
        boolean reviewDue,
        boolean doubtful,
        String head,
        String job,
        int build,
        String product,
        boolean isSealed) {

    /** Returns a record in one line. */
    static ChangeSummary of(ChangeRecord record, String controller) {
        ChangeEvent.Opened opened = record.opened();
        Judgement judgement = opened.judgement();
        return new ChangeSummary(
                record.number(),
                controller,
                opened.at(),
                judgement.target().service(),
                judgement.target().environment(),
                judgement.type(),
                judgement.model(),
                judgement.assessment().level(),
                judgement.assessment().score(),
                record.decided().map(ChangeEvent.Decided::decision),
                record.outcome(),
                record.isFailed(),
                record.review().isPresent(),
                record.isDoubtful(),
                opened.head(),
                opened.origin().job(),
                opened.origin().build(),
                opened.particulars().product(),
                false);
    }

    /** Whether it waits, or its deployment has not ended. */
    public boolean isOpen() {
        return decision().isEmpty()
                || decision().filter(Decision::lets).isPresent() && outcome().isEmpty();
    }

    /** Returns its number as people write it: {@code CHG-000123}. */
    public String id() {
        return ChangeRecord.id(number);
    }
}
