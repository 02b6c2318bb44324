package io.jenkins.plugins.changegate.authorise;

import hudson.model.Job;
import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.Policies;
import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Schedule;
import io.jenkins.plugins.changegate.engine.judge.UnreadCalendar;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.RecordedCalendars;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges whether a change that needs nobody any more may be deployed at this moment: by the schedules that Jenkins has
 * now, and by those of the repository's policies that it was judged by.
 */
final class Holds {

    /** After how long it is tried again to read a policy. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final ChangeStore store;
    private final Job<?, ?> job;

    Holds(ChangeStore store, Job<?, ?> job) {
        this.store = store;
        this.job = job;
    }

    /**
     * Returns what comes before the gate can let a change go: that it is held back, or has missed its window.
     *
     * @return empty if it may go, or is held back as it was
     * @throws StoreException if a policy that it was judged by is not kept
     */
    Optional<ChangeEvent> before(ChangeRecord record, Instant now) throws StoreException {
        return hold(record, now).map(hold -> event(record, hold, now));
    }

    private static ChangeEvent event(ChangeRecord record, Hold hold, Instant now) {
        boolean missed = record.held()
                .filter(held -> held.window()
                        && held.until().filter(until -> until.isBefore(now)).isPresent())
                .isPresent();
        return missed
                ? new ChangeEvent.Decided(
                        now,
                        Decision.EXPIRED,
                        "",
                        "The window " + record.held().get().name()
                                + " was missed, and what was approved was approved for it.")
                : new ChangeEvent.Held(now, hold);
    }

    /** Returns why it may not be deployed now; empty if it may. */
    Optional<Hold> hold(ChangeRecord record, Instant now) throws StoreException {
        Judgement judgement = record.opened().judgement();
        if (judgement.type() == ChangeType.EMERGENCY) {
            return Optional.empty();
        }
        Policies above = ChangeGateConfiguration.get().policies(job);
        Optional<Gap> unreadable = above.gaps().stream()
                .filter(gap -> !record.opened().gaps().contains(gap))
                .findFirst();
        // What was not readable already when people approved is in what they approved.
        if (unreadable.isPresent()) {
            return Optional.of(untilRead("policy", unreadable.get(), now));
        }
        List<Policy> policies = policies(above.policies(), judgement);
        Optional<UnreadCalendar> calendar = Schedule.unread(policies, judgement.target()).stream()
                .filter(unread -> !unread.isIn(record.opened().gaps()))
                .findFirst();
        return calendar.isPresent()
                ? Optional.of(untilRead("calendar", calendar.get().gap(), now))
                : Schedule.enforced(policies, judgement.target())
                        .hold(judgement.assessment().level(), now);
    }

    private static Hold untilRead(String name, Gap gap, Instant now) {
        return new Hold(
                name, false, Optional.of(now.truncatedTo(ChronoUnit.MINUTES).plus(AGAIN)), gap.because());
    }

    private static String fileOf(Judgement.Applied applied) {
        return applied.source().replaceFirst(" at (head|base)$", "");
    }

    /** Files are those of the commit, as they are kept; addresses are asked now. */
    private CalendarSource calendars(Judgement.Applied applied) {
        return CalendarSource.of(
                place -> RecordedCalendars.read(store, applied, place), CalendarAddresses.source(false));
    }

    private List<Policy> policies(List<Policy> above, Judgement judgement) throws StoreException {
        ChangeGateConfiguration configuration = ChangeGateConfiguration.get();
        List<Policy> policies = new ArrayList<>(above);
        for (Judgement.Applied applied : judgement.policies()) {
            if (applied.layer().kind() == Layer.Kind.REPOSITORY) {
                String text = store.policyText(applied.version())
                        .orElseThrow(() -> new StoreException("The text of " + applied.source() + " is lost", null));
                try {
                    policies.add(configuration
                            .reader()
                            .read(applied.layer(), fileOf(applied), applied.source(), text)
                            .withCalendars(calendars(applied)));
                } catch (PolicyException e) {
                    throw new StoreException("The text of " + applied.source() + " cannot be read any more", e);
                }
            }
        }
        return policies;
    }
}
