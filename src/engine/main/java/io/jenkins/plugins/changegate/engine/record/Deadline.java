package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.policy.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What time does to a waiting change.
 *
 * @param kind what
 * @param at when
 */
public record Deadline(Kind kind, Instant at) {

    /** What time can do, the weightiest first. */
    public enum Kind {
        /** It may be deployed, if nothing else holds it back by then. */
        RELEASE,
        /** It expires. */
        EXPIRY,
        /** Stand-ins may vote as well. */
        ESCALATION,
        /** Those who are needed are reminded. */
        REMINDER
    }

    /** Returns what comes next; empty if the change is decided, or its terms know no time. */
    public static Optional<Deadline> next(ChangeRecord record) {
        return all(record).stream().min(Comparator.comparing(Deadline::at).thenComparing(Deadline::kind));
    }

    /**
     * Returns what is due, the weightiest if several are: nobody is reminded of a change only for it to expire.
     *
     * @return empty if nothing is
     */
    public static Optional<Deadline> due(ChangeRecord record, Instant now) {
        return all(record).stream()
                .filter(deadline -> !deadline.at().isAfter(now))
                .min(Comparator.comparing(Deadline::kind));
    }

    /** Returns all that is to come, each kind once, in no order; empty if the change is decided. */
    public static List<Deadline> all(ChangeRecord record) {
        if (record.decided().isPresent()) {
            return List.of();
        }
        if (record.held().isPresent()) {
            // Nobody is needed any more, so neither reminders nor an expiry for want of votes.
            return record.held().get().until().stream()
                    .map(until -> new Deadline(Kind.RELEASE, until))
                    .toList();
        }
        Terms terms = record.opened().judgement().terms();
        Instant opened = record.opened().at();
        List<Deadline> all = new ArrayList<>();
        add(all, Kind.EXPIRY, opened, terms.expiry());
        add(all, Kind.REMINDER, lastTold(record), terms.reminder());
        if (record.history().stream().noneMatch(ChangeEvent.Escalated.class::isInstance)) {
            add(all, Kind.ESCALATION, opened, terms.escalation().map(Terms.Escalation::after));
        }
        return all;
    }

    private static void add(List<Deadline> all, Kind kind, Instant from, Optional<Duration> after) {
        after.ifPresent(duration -> all.add(new Deadline(kind, from.plus(duration))));
    }

    /** Whoever was told anew by an escalation is not reminded right after it. */
    private static Instant lastTold(ChangeRecord record) {
        return record.history().stream()
                .filter(event -> event instanceof ChangeEvent.Reminded || event instanceof ChangeEvent.Escalated)
                .map(ChangeEvent::at)
                .max(Comparator.naturalOrder())
                .orElse(record.opened().at());
    }
}
