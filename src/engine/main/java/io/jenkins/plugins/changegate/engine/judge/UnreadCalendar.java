package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.CalendarUse;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import java.util.List;

/**
 * A freeze or a window of which it is not known when it is, because its calendar cannot be read.
 *
 * @param what which one, of which policy, with which calendar
 * @param why why it cannot be read, with the cure
 */
public record UnreadCalendar(String what, String why) {

    static UnreadCalendar of(Policy policy, ScheduleEntry entry) {
        CalendarUse use = entry.calendar().orElseThrow();
        String kind = entry.kind() == ScheduleEntry.Kind.FREEZE ? "freeze " : "window ";
        return new UnreadCalendar(
                "It is not known when the " + kind + entry.name() + " is: the calendar "
                        + use.place().words() + " of " + policy.file() + " cannot be read. ",
                use.problem());
    }

    /** Returns it as what the gate would have to know. */
    public Gap gap() {
        return new Gap(Gap.Kind.CALENDAR_UNREADABLE, what + why);
    }

    /** Whether it is among gaps; why it cannot be read may have changed since. */
    public boolean isIn(List<Gap> gaps) {
        return gaps.stream()
                .anyMatch(gap -> gap.kind() == Gap.Kind.CALENDAR_UNREADABLE
                        && gap.because().startsWith(what));
    }
}
