package io.jenkins.plugins.changegate.engine.schedule;

import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** The beginnings of a rule until the last year in which something begins. Not thread-safe. */
final class Beginnings implements Iterator<LocalDateTime> {

    private final RecurrenceRuleIterator all;
    private final boolean quiet;
    private boolean ended;

    /** @param quiet whether the beginnings end where the library gives up; else its exception is thrown */
    Beginnings(RecurrenceRuleIterator all, boolean quiet) {
        this.all = all;
        this.quiet = quiet;
    }

    @Override
    public boolean hasNext() {
        try {
            return !ended && all.hasNext() && all.peekDateTime().getYear() <= Rule.LAST_YEAR;
        } catch (IllegalArgumentException | IllegalStateException e) {
            end(e);
            return false;
        }
    }

    @Override
    public LocalDateTime next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        DateTime next = all.peekDateTime();
        try {
            // Looks for the one after it already, so this one is taken before.
            all.nextMillis();
        } catch (IllegalArgumentException | IllegalStateException e) {
            end(e);
        }
        return LocalDateTime.of(
                next.getYear(),
                next.getMonth() + 1,
                next.getDayOfMonth(),
                next.getHours(),
                next.getMinutes(),
                next.getSeconds());
    }

    private void end(RuntimeException e) {
        if (!quiet) {
            throw e;
        }
        ended = true;
    }
}
