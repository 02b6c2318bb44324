package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import java.util.List;
import java.util.Optional;

/** When the post-implementation review of a change is due: for each cause until one was held after it. */
final class Review {

    private Review() {}

    /** Returns why one is due, one sentence; empty if none is. */
    static Optional<String> due(ChangeRecord record) {
        List<ChangeEvent> history = record.history();
        String because = "";
        for (ChangeEvent event : history) {
            if (event instanceof ChangeEvent.Reviewed) {
                because = "";
            } else if (because.isEmpty()) {
                because = because(event, record);
            }
        }
        return Optional.of(because).filter(cause -> !cause.isEmpty());
    }

    /** Returns why an event asks for a review; empty if it does not. */
    private static String because(ChangeEvent event, ChangeRecord record) {
        if (event instanceof ChangeEvent.Decided decided) {
            return because(decided.decision(), record.opened().judgement().type());
        }
        // A failure that turned out to be none asks for nothing any more.
        boolean unsuccessful = event instanceof ChangeEvent.Ended ended && ended.outcome() == Outcome.UNSUCCESSFUL
                || event instanceof ChangeEvent.Corrected corrected && corrected.outcome() == Outcome.UNSUCCESSFUL;
        if (unsuccessful && record.outcome().filter(Outcome::isDeployed).isEmpty()) {
            return "Its deployment was unsuccessful.";
        }
        return event instanceof ChangeEvent.Linked linked && isCaused(linked.link(), record)
                ? "It caused " + linked.link().key() + "."
                : "";
    }

    /** Whether a link is an incident that still belongs to a change. */
    private static boolean isCaused(Link link, ChangeRecord record) {
        return link.kind() == Link.Kind.INCIDENT
                && record.links().stream()
                        .anyMatch(other ->
                                other.kind() == link.kind() && other.key().equals(link.key()));
    }

    private static String because(Decision decision, ChangeType type) {
        if (decision == Decision.OVERRIDDEN) {
            return "It was put through without the approvals that policy asks for.";
        }
        return type == ChangeType.EMERGENCY && decision.lets() ? "It was an emergency." : "";
    }
}
