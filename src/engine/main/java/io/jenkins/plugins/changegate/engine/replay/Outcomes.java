package io.jenkins.plugins.changegate.engine.replay;

import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.util.List;

/**
 * What policies would have said of changes whose outcome is known.
 *
 * @param known changes whose outcome is known
 * @param soundStopped of those whose deployment did not fail, how many would be asked for or refused
 * @param failures each change whose deployment failed, in the order of the changes
 */
public record Outcomes(int known, int soundStopped, List<Failure> failures) {

    /**
     * A change whose deployment failed.
     *
     * @param id the change's
     * @param result {@link Result#ASK} or {@link Result#REFUSE} would have caught it, {@link Result#PASS} let it go
     * @param rules those that would have caught it; those that hold, if it is let go; those that cannot be decided, if
     *     the change cannot
     */
    public record Failure(String id, Result result, List<RuleName> rules) {
        public Failure {
            rules = List.copyOf(rules);
        }
    }

    public Outcomes {
        failures = List.copyOf(failures);
    }

    /** Returns how many failures have this result. */
    public int failures(Result result) {
        return (int)
                failures.stream().filter(failure -> failure.result() == result).count();
    }

    static Outcomes of(List<Replayed> changes) {
        List<Replayed> known =
                changes.stream().filter(change -> change.outcome().isPresent()).toList();
        int soundStopped = (int) known.stream()
                .filter(change -> !failed(change) && stopped(change.result()))
                .count();
        return new Outcomes(
                known.size(),
                soundStopped,
                known.stream().filter(Outcomes::failed).map(Outcomes::failure).toList());
    }

    /** Whether its deployment is known to have failed; one with issues is deployed. */
    static boolean failed(Replayed change) {
        return change.outcome()
                .filter(outcome -> outcome == Outcome.UNSUCCESSFUL)
                .isPresent();
    }

    static boolean stopped(Result result) {
        return result == Result.ASK || result == Result.REFUSE;
    }

    private static Failure failure(Replayed change) {
        Part part =
                switch (change.result()) {
                    case PASS -> Part.MATCHED;
                    case ASK, REFUSE -> Part.TIGHTENED;
                    case NOT_DECIDABLE -> Part.UNDECIDED;
                };
        return new Failure(change.id(), change.result(), change.rules(part));
    }
}
