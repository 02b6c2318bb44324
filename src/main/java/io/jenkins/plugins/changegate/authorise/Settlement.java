package io.jenkins.plugins.changegate.step;

import io.jenkins.plugins.changegate.engine.approval.Approval;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.approval.Voter;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Adds to a change's record what happened to it. Each addition is one compare-and-set in the store: two clicks at the
 * same moment, or a click and a restart, have one order, and what is decided once stays decided.
 */
final class Settlement {

    private final ChangeStore store;
    private final long number;

    Settlement(ChangeStore store, long number) {
        this.store = store;
        this.number = number;
    }

    /**
     * What came of an approval.
     *
     * @param record the record afterwards
     * @param denied why it did not count, if so
     */
    record Cast(ChangeRecord record, Optional<String> denied) {}

    /** Returns the record as it is now. */
    ChangeRecord current() throws StoreException {
        return store.find(number)
                .orElseThrow(() -> new StoreException("There is no record of " + ChangeRecord.id(number), null));
    }

    /** Records an approval if it counts, and the decision if it was the last one needed. */
    Cast approve(Approval approval, Voter voter) throws StoreException {
        while (true) {
            ChangeRecord record = current();
            if (record.decided().isPresent()) {
                return new Cast(record, Optional.of(tooLate(record)));
            }
            Approval.Ruling ruling = approval.approve(record.ballot(), voter);
            Vote vote;
            if (ruling instanceof Approval.Ruling.Denied denied) {
                return new Cast(record, Optional.of(denied.because()));
            } else if (ruling instanceof Approval.Ruling.Counted counted) {
                vote = counted.vote();
            } else {
                vote = ((Approval.Ruling.Completed) ruling).vote();
            }
            if (store.append(record, new ChangeEvent.Approved(Instant.now(), vote))
                    .isPresent()) {
                return new Cast(decideIfComplete(), Optional.empty());
            }
        }
    }

    /** Decides that the change is approved, if everybody needed has approved and nothing was decided meanwhile. */
    ChangeRecord decideIfComplete() throws StoreException {
        ChangeRecord record = current();
        if (record.decided().isPresent() || !record.ballot().isComplete()) {
            return record;
        }
        List<Vote> votes = record.ballot().votes();
        String names = String.join(", ", votes.stream().map(Vote::name).toList());
        return decide(Decision.APPROVED, votes.get(votes.size() - 1).voter(), "Approved by " + names + ".");
    }

    /** Decides, unless it was decided already; returns the record as it was decided. */
    ChangeRecord decide(Decision decision, String by, String because) throws StoreException {
        while (true) {
            ChangeRecord record = current();
            if (record.decided().isPresent()) {
                return record;
            }
            Optional<ChangeRecord> decided =
                    store.append(record, new ChangeEvent.Decided(Instant.now(), decision, by, because));
            if (decided.isPresent()) {
                return decided.get();
            }
        }
    }

    /** Tells somebody who comes too late what happened. */
    static String tooLate(ChangeRecord record) {
        return record.decided()
                .map(decided -> record.id() + " was " + decided.decision().key() + " already: " + decided.because())
                .orElse(record.id() + " is not decided.");
    }
}
