package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;

/** Calendars as they were when a change was judged. */
public final class RecordedCalendars {

    private RecordedCalendars() {}

    /**
     * Returns a calendar that a policy took times from.
     *
     * @param applied the policy, with its calendars
     * @throws UnreadCalendarException if it could not be read then, or its text is lost
     */
    public static CalendarText read(ChangeStore store, Judgement.Applied applied, CalendarPlace place)
            throws UnreadCalendarException {
        try {
            for (Judgement.AppliedCalendar calendar : applied.calendars()) {
                if (calendar.place().equals(place.written())) {
                    return new CalendarText(store.policyText(calendar.version())
                            .orElseThrow(() -> new UnreadCalendarException("Its text is lost.")));
                }
            }
        } catch (StoreException e) {
            throw new UnreadCalendarException("Its text cannot be read: " + e.getMessage(), e);
        }
        throw new UnreadCalendarException("It could not be read when the change was judged.");
    }
}
