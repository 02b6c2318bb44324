package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.risk.Target;
import io.jenkins.plugins.changegate.engine.schedule.Span;
import io.jenkins.plugins.changegate.engine.schedule.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * When a change may be deployed, by the freezes and windows of every layer. All of them have to let it: none loosens
 * another. Immutable; may be used from several threads.
 */
public final class Schedule {

    /** How often the search for a free moment goes on; beyond, nobody could say what the policies mean. */
    private static final int SEARCH = 1_000;

    private final List<Part> parts;

    /** The next beginning of a window. */
    private record Opening(ScheduleEntry window, Instant at) {}

    /** What one policy says: each freeze for itself, and all windows together. */
    private record Part(List<ScheduleEntry> freezes, List<ScheduleEntry> windows) {

        static Part of(List<ScheduleEntry> entries) {
            return new Part(
                    entries.stream()
                            .filter(entry -> entry.kind() == ScheduleEntry.Kind.FREEZE)
                            .toList(),
                    entries.stream()
                            .filter(entry -> entry.kind() == ScheduleEntry.Kind.WINDOW)
                            .toList());
        }

        Optional<ScheduleEntry> frozen(RiskLevel level, Instant at) {
            return freezes.stream()
                    .filter(freeze -> freeze.holdsBack(level)
                            && freeze.times().covering(at).isPresent())
                    .min(Comparator.comparing(ScheduleEntry::name));
        }

        boolean isOutside(RiskLevel level, Instant at) {
            return windows.stream().anyMatch(window -> window.holdsBack(level))
                    && windows.stream()
                            .allMatch(window -> window.times().covering(at).isEmpty());
        }

        Optional<Opening> nextWindow(Instant at) {
            return windows.stream()
                    .flatMap(window ->
                            window.times().next(at).map(Span::from).map(from -> new Opening(window, from)).stream())
                    .min(Comparator.comparing(Opening::at)
                            .thenComparing(opening -> opening.window().name()));
        }
    }

    private Schedule(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @param policies of all layers
     * @param counts which entries are looked at
     */
    static Schedule of(List<Policy> policies, Target target, Predicate<Mode> counts) {
        return new Schedule(policies.stream()
                .map(policy -> Part.of(policy.environment(target.environment()).schedule().stream()
                        .filter(entry -> entry.isFor(target.service()))
                        .filter(entry -> counts.test(entry.mode().orElse(policy.mode(target.environment()))))
                        .filter(ScheduleEntry::isKnown)
                        .toList()))
                .toList());
    }

    /**
     * Returns the calendars that cannot be read, of entries that have effect. What they say is not known: nothing passes
     * by itself, and what is approved all the same is approved in this knowledge.
     */
    public static List<UnreadCalendar> unread(List<Policy> policies, Target target) {
        return unread(policies, target, mode -> mode == Mode.ENFORCE);
    }

    /** @param counts which entries are looked at */
    static List<UnreadCalendar> unread(List<Policy> policies, Target target, Predicate<Mode> counts) {
        List<UnreadCalendar> unread = new ArrayList<>();
        for (Policy policy : policies) {
            for (ScheduleEntry entry : policy.environment(target.environment()).schedule()) {
                if (!entry.isKnown()
                        && entry.isFor(target.service())
                        && counts.test(entry.mode().orElse(policy.mode(target.environment())))) {
                    unread.add(UnreadCalendar.of(policy, entry));
                }
            }
        }
        return unread;
    }

    /** Returns what has effect. */
    public static Schedule enforced(List<Policy> policies, Target target) {
        return of(policies, target, mode -> mode == Mode.ENFORCE);
    }

    /** Returns why a change of this level may not be deployed at this moment; empty if it may. */
    public Optional<Hold> hold(RiskLevel level, Instant now) {
        for (Part part : parts) {
            Optional<ScheduleEntry> freeze = part.frozen(level, now);
            if (freeze.isPresent()) {
                return Optional.of(new Hold(
                        freeze.get().name(),
                        false,
                        free(level, now),
                        "The freeze " + freeze.get().name() + " holds it back: "
                                + freeze.get().because()));
            }
        }
        for (Part part : parts) {
            if (part.isOutside(level, now)) {
                ScheduleEntry window = part.nextWindow(now)
                        .map(Opening::window)
                        .orElseGet(() -> part.windows().get(0));
                return Optional.of(new Hold(
                        window.name(),
                        true,
                        free(level, now),
                        "It waits for the window " + window.name() + ": " + window.because()));
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> free(RiskLevel level, Instant now) {
        Instant at = now;
        for (int n = 0; n < SEARCH && at.isBefore(now.plus(Times.AHEAD)); n++) {
            Optional<Instant> later = later(level, at);
            if (later.isEmpty()) {
                return Optional.empty();
            }
            if (later.get().equals(at)) {
                return later;
            }
            at = later.get();
        }
        return Optional.empty();
    }

    /** Returns a later moment before which nothing is free; the same if it is free then. */
    private Optional<Instant> later(RiskLevel level, Instant at) {
        List<Times> freezes = parts.stream()
                .flatMap(part -> part.freezes().stream())
                .filter(freeze -> freeze.holdsBack(level))
                .map(ScheduleEntry::times)
                .toList();
        Optional<Instant> thawed = Times.untilFree(at, freezes);
        if (thawed.isEmpty() || !thawed.get().equals(at)) {
            return thawed;
        }
        List<Instant> opens = new ArrayList<>();
        for (Part part : parts) {
            if (part.isOutside(level, at)) {
                Optional<Opening> next = part.nextWindow(at);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                opens.add(next.get().at());
            }
        }
        return Stream.concat(Stream.of(at), opens.stream()).max(Comparator.naturalOrder());
    }
}
