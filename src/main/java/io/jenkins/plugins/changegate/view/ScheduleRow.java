package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.engine.policy.Ceiling;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.ScheduleEntry;
import io.jenkins.plugins.changegate.engine.schedule.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * One freeze or window on the page of the schedule.
 *
 * @param environment where it is for
 * @param layer whose it is
 * @param entry what it is
 * @param mode whether it has effect
 * @param trouble why its calendar cannot be read at present
 * @param spans when it is, by beginning; cut to nothing
 * @param from where the picture begins
 * @param to where it ends
 * @param now when the page is shown
 */
@Restricted(NoExternalUse.class)
public record ScheduleRow(
        String environment,
        Layer layer,
        ScheduleEntry entry,
        Mode mode,
        Optional<CalendarAddresses.Trouble> trouble,
        List<Span> spans,
        Instant from,
        Instant to,
        Instant now) {

    /** How many spans are written out. */
    private static final int LISTED = 3;

    public String getEnvironment() {
        return Visible.of(environment);
    }

    public String getName() {
        return Visible.of(entry.name());
    }

    public String getBecause() {
        return Visible.of(entry.because());
    }

    public String getLayer() {
        return Visible.of(layer.words());
    }

    /** Returns from which calendar it takes its times; empty if the policy writes them. */
    public String getCalendar() {
        return entry.calendar().map(use -> Visible.of(use.place().words())).orElse("");
    }

    /** Returns whose it is, and from which calendar. */
    String source() {
        return entry.calendar()
                .map(use -> layer.words() + ", " + use.place().words())
                .orElseGet(layer::words);
    }

    /** Returns why it is not known when it is; empty if it is known. */
    public String getUnknown() {
        return entry.isKnown() ? "" : Visible.of(entry.calendar().orElseThrow().problem());
    }

    /** Returns why its calendar cannot be read, though what was read before still counts; empty if it can. */
    public String getTrouble() {
        return entry.isKnown() ? trouble.map(each -> Visible.of(each.message())).orElse("") : "";
    }

    /** Returns since when. */
    public Date getTroubleSince() {
        return trouble.map(each -> Date.from(each.since())).orElse(null);
    }

    public boolean isFreeze() {
        return entry.kind() == ScheduleEntry.Kind.FREEZE;
    }

    public boolean isObserved() {
        return mode == Mode.OBSERVE;
    }

    /** Returns the highest level that is not held back; empty if every change is. */
    public String getPassUpTo() {
        return entry.passUpTo() == Ceiling.NONE ? "" : entry.passUpTo().words();
    }

    /** Returns for which services it is; empty for all. */
    public String getServices() {
        return Visible.of(String.join(", ", entry.services()));
    }

    /** Whether it is now. */
    public boolean isNow() {
        return spans.stream().anyMatch(span -> span.covers(now));
    }

    /**
     * One stretch of time.
     *
     * @param start where it begins in the picture, in thousandths
     * @param width how much of the picture it takes, in thousandths
     */
    public record Bar(long start, long width) {
        public long getStart() {
            return start;
        }

        public long getWidth() {
            return width;
        }
    }

    /** Returns the bars of the picture, which is a thousand wide. */
    public List<Bar> getBars() {
        return spans.stream()
                .filter(span -> span.from().isBefore(to))
                .map(span -> {
                    long start = thousandth(span.from().isBefore(from) ? from : span.from());
                    long end = thousandth(span.to().isAfter(to) ? to : span.to());
                    return new Bar(start, Math.max(2, end - start));
                })
                .toList();
    }

    private long thousandth(Instant at) {
        return 1000
                * Duration.between(from, at).toMinutes()
                / Duration.between(from, to).toMinutes();
    }

    /**
     * A stretch of time, written out.
     *
     * @param span what
     */
    public record Line(Span span) {
        public Date getFrom() {
            return Date.from(span.from());
        }

        public Date getTo() {
            return Date.from(span.to());
        }
    }

    /** Returns the next few, the present one first. */
    public List<Line> getNext() {
        return spans.stream()
                .filter(span -> span.to().isAfter(now))
                .limit(LISTED)
                .map(Line::new)
                .toList();
    }
}
