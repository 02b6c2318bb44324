package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The states of a {@code change_request}, with the numbers and the ways between them that ServiceNow documents for its
 * state model of normal, standard and emergency changes.
 */
enum ServiceNowState {
    NEW(-5),
    ASSESS(-4),
    AUTHORIZE(-3),
    SCHEDULED(-2),
    IMPLEMENT(-1),
    REVIEW(0),
    CLOSED(3),
    CANCELED(4);

    private final int number;

    ServiceNowState(int number) {
        this.number = number;
    }

    /** Returns how ServiceNow writes it. */
    String value() {
        return Integer.toString(number);
    }

    /** Returns the state that ServiceNow writes so; empty if it is one of its owner's making. */
    static Optional<ServiceNowState> of(String value) {
        return Stream.of(values()).filter(state -> state.value().equals(value)).findFirst();
    }

    /** Returns the state that a change is in. */
    static ServiceNowState of(ChangeRecord record) {
        if (record.decided().isPresent()) {
            if (!record.decided().get().decision().lets()) {
                return CANCELED;
            }
            if (record.outcome().isEmpty()) {
                return IMPLEMENT;
            }
            return record.review().isPresent() ? REVIEW : CLOSED;
        }
        if (record.held().isPresent()) {
            return SCHEDULED;
        }
        boolean asks = record.opened().judgement().verdict().kind() == Verdict.Kind.ASK;
        return asks && record.opened().judgement().type() != ChangeType.STANDARD ? AUTHORIZE : NEW;
    }

    /**
     * Returns which states a change goes through, one after another, to get from this state to another; empty if there
     * is no way, or it is there.
     */
    List<ServiceNowState> way(ChangeType type, ServiceNowState to) {
        if (to == CANCELED) {
            return compareTo(REVIEW) < 0 ? List.of(CANCELED) : List.of();
        }
        return Stream.of(values())
                .filter(state -> compareTo(state) < 0 && state.compareTo(to) <= 0)
                .filter(state -> switch (type) {
                    case NORMAL -> true;
                    case STANDARD -> state != ASSESS && state != AUTHORIZE;
                    case EMERGENCY -> state != ASSESS;
                })
                .toList();
    }
}
