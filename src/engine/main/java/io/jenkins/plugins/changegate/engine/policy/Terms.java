package io.jenkins.plugins.changegate.engine.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * On which terms a change waits: how long, who is told when, and how its authors are recognised.
 *
 * @param expiry how long it waits before it expires; empty for ever
 * @param reminder after how long those who are needed are reminded, and then again each time as long; empty for never
 * @param escalation who may stand in when nobody decides; empty for nobody
 * @param unknownAuthorsBlock whether nobody can approve while it is not known which user an author is
 * @param identities by user id: the mail addresses and names by which the user writes commits
 */
public record Terms(
        Optional<Duration> expiry,
        Optional<Duration> reminder,
        Optional<Escalation> escalation,
        boolean unknownAuthorsBlock,
        Map<String, Set<String>> identities) {

    /** Waits for ever, and nobody is told but once. */
    public static final Terms NONE = new Terms(Optional.empty(), Optional.empty(), Optional.empty(), false, Map.of());

    public Terms {
        // Records written before there were terms have none.
        expiry = expiry == null ? Optional.empty() : expiry;
        reminder = reminder == null ? Optional.empty() : reminder;
        escalation = escalation == null ? Optional.empty() : escalation;
        identities = identities == null ? Map.of() : Map.copyOf(identities);
    }

    /**
     * Who may stand in, and when.
     *
     * @param after how long the change has waited by then
     * @param who how the stand-ins are called, for people
     * @param to the stand-ins; they may then vote for every requirement
     */
    public record Escalation(Duration after, String who, Set<Principal> to) {

        /** By time; what else is different only must not depend on which was read first. */
        private static final Comparator<Escalation> LATER = Comparator.comparing(Escalation::after)
                .thenComparing(Escalation::who)
                .thenComparing(escalation -> escalation.to.stream()
                        .map(Principal::toString)
                        .sorted()
                        .toList()
                        .toString());

        public Escalation {
            to = Set.copyOf(to);
        }
    }

    /**
     * Returns what holds if two layers say something: the shorter times, the later escalation, every identity, and
     * that unknown authors block if one layer wants it. Which of the two is asked makes no difference.
     */
    public Terms and(Terms other) {
        Map<String, Set<String>> all = new TreeMap<>(identities);
        other.identities.forEach((user, names) -> all.merge(user, names, Terms::union));
        return new Terms(
                shorter(expiry, other.expiry),
                shorter(reminder, other.reminder),
                Stream.of(escalation, other.escalation)
                        .flatMap(Optional::stream)
                        .max(Escalation.LATER),
                unknownAuthorsBlock || other.unknownAuthorsBlock,
                all);
    }

    /** Returns the same terms with further identities. */
    public Terms with(Map<String, Set<String>> further) {
        return and(new Terms(Optional.empty(), Optional.empty(), Optional.empty(), false, further));
    }

    /** Returns the same terms without stand-ins: what a layer may say that must not loosen. */
    public Terms withoutEscalation() {
        return new Terms(expiry, reminder, Optional.empty(), unknownAuthorsBlock, identities);
    }

    private static Optional<Duration> shorter(Optional<Duration> a, Optional<Duration> b) {
        return a.isPresent() && b.isPresent()
                ? List.of(a.get(), b.get()).stream().min(Duration::compareTo)
                : a.or(() -> b);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return Set.copyOf(union);
    }
}
