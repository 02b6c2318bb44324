package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/**
 * A recurrence rule of RFC 5545, section 3.3.10, as a sequence of local times. Zones and the end by {@code UNTIL} are
 * the {@link Series}' business. Immutable.
 *
 * <p>Bounds: {@code FREQ} is {@code DAILY} or longer, at most {@value #A_DAY} beginnings a day, {@code INTERVAL} and
 * {@code COUNT} at most {@value #MOST}, and no beginning after {@value #LAST_YEAR}. After 1000 periods in a row without
 * a beginning the rule counts as ended; the first {@value #TRIED} beginnings are tried when it is read, and a rule that
 * comes to that there is an error.
 */
final class Rule {

    /** The last year in which something begins. */
    static final int LAST_YEAR = 2200;

    private static final int MOST = 1000;
    private static final int A_DAY = 24;
    private static final int TRIED = 50;
    private static final int LONGEST_TEXT = 1000;
    private static final String POSSIBLE = "; possible: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY, with INTERVAL, COUNT or"
            + " UNTIL, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYHOUR, BYMINUTE, BYSECOND, BYSETPOS, WKST";
    private static final Set<Freq> FREQUENCIES = EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

    private final String part;
    private final String text;
    private final RecurrenceRule rule;
    private final Optional<Until> until;

    private Rule(String part, String text, RecurrenceRule rule, Optional<Until> until) {
        this.part = part;
        this.text = text;
        this.rule = rule;
        this.until = until;
    }

    /**
     * Reads a rule.
     *
     * @param part how the rule is called in errors
     * @throws ScheduleException if it is none, or exceeds a bound
     */
    static Rule parse(String part, String text) throws ScheduleException {
        if (text.length() > LONGEST_TEXT) {
            throw new ScheduleException(part, "A rule has at most " + LONGEST_TEXT + " characters");
        }
        RecurrenceRule whole = library(part, text);
        if (!FREQUENCIES.contains(whole.getFreq())) {
            throw new ScheduleException(part, "FREQ=" + whole.getFreq() + " is too often" + POSSIBLE);
        }
        if (whole.hasPart(Part.RSCALE) || whole.hasPart(Part.SKIP)) {
            throw new ScheduleException(part, "RSCALE and SKIP are not possible" + POSSIBLE);
        }
        if (whole.getInterval() > MOST) {
            throw new ScheduleException(part, "INTERVAL=" + whole.getInterval() + "; possible: 1 to " + MOST);
        }
        if (whole.getCount() != null && whole.getCount() > MOST) {
            throw new ScheduleException(part, "COUNT=" + whole.getCount() + "; possible: 1 to " + MOST);
        }
        if (values(whole, Part.BYSECOND).contains(60)) {
            throw new ScheduleException(part, "BYSECOND=60; possible: 0 to 59");
        }
        if (perDay(whole) > A_DAY) {
            throw new ScheduleException(
                    part, "It begins " + perDay(whole) + " times on a day; possible: at most " + A_DAY);
        }
        Optional<Until> until = Optional.empty();
        for (String piece : text.split(";")) {
            if (piece.toUpperCase(Locale.ROOT).startsWith("UNTIL=")) {
                until = Optional.of(Until.parse(part, piece.substring("UNTIL=".length())));
            }
        }
        // The library compares UNTIL with local times only if it is one; so it gets the rule without it.
        String endless = Arrays.stream(text.split(";"))
                .filter(piece -> !piece.toUpperCase(Locale.ROOT).startsWith("UNTIL="))
                .collect(Collectors.joining(";"));
        return new Rule(part, text, library(part, endless), until);
    }

    private static RecurrenceRule library(String part, String text) throws ScheduleException {
        try {
            return new RecurrenceRule(text, RecurrenceRule.RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException | RuntimeException e) {
            throw new ScheduleException(part, "'" + text + "' is no rule: " + e.getMessage() + POSSIBLE);
        }
    }

    private static List<Integer> values(RecurrenceRule rule, Part part) {
        List<Integer> values = rule.getByPart(part);
        return values == null ? List.of() : values;
    }

    /** At most how often it begins on one day. */
    int perDay() {
        return (int) perDay(rule);
    }

    private static long perDay(RecurrenceRule rule) {
        long count = 1;
        for (Part part : List.of(Part.BYHOUR, Part.BYMINUTE, Part.BYSECOND)) {
            count *= Math.max(1, values(rule, part).size());
        }
        return count;
    }

    /** Whether {@code UNTIL} allows a beginning. */
    boolean allows(LocalDateTime begin, Instant beginning) {
        return until.isEmpty() || until.get().allows(begin, beginning);
    }

    /**
     * Checks that the rule suits its first beginning and goes on from there.
     *
     * @throws ScheduleException if the rule says another time, or ends in 1000 periods without a beginning
     */
    void check(LocalDateTime first) throws ScheduleException {
        try {
            Iterator<LocalDateTime> tried = beginnings(first);
            LocalDateTime begins = tried.hasNext() ? tried.next() : null;
            if (!first.equals(begins)) {
                throw new ScheduleException(
                        part,
                        "'" + text + "' does not hold when it first begins, " + first + "; "
                                + (begins == null
                                        ? "it never does"
                                        : "possible beginnings are " + begins + " or others of the rule"));
            }
            for (int i = 1; i < TRIED && tried.hasNext(); i++) {
                tried.next();
            }
        } catch (RuntimeException e) {
            throw new ScheduleException(
                    part, "'" + text + "' never holds, or not again after " + first + ", within 1000 periods");
        }
    }

    /**
     * Returns the beginnings in their local order, the first one included if the rule holds then.
     *
     * @param first where the rule starts to count
     * @param at what lies before may be left out
     */
    Iterator<LocalDateTime> beginnings(LocalDateTime first, LocalDateTime at) {
        try {
            RecurrenceRuleIterator all = rule.iterator(library(first));
            if (at.isAfter(first)) {
                all.fastForward(library(at));
            }
            return new Beginnings(all, true);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // It found nothing for 1000 periods.
            return Collections.emptyIterator();
        }
    }

    /** Returns the beginnings, and throws an unchecked exception where the library gives up. */
    Iterator<LocalDateTime> beginnings(LocalDateTime first) {
        return new Beginnings(rule.iterator(library(first)), false);
    }

    private static DateTime library(LocalDateTime local) {
        return new DateTime(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
    }

    /**
     * The last beginning: a local time or an instant, as it is written.
     *
     * @param local inclusive; only if there is no instant
     * @param instant inclusive
     */
    record Until(Optional<LocalDateTime> local, Optional<Instant> instant) {

        static Until parse(String part, String text) throws ScheduleException {
            Moment moment = Moment.ofCalendar(part + ", UNTIL", text.toUpperCase(Locale.ROOT));
            LocalDateTime last = moment.isDate() ? moment.local().plusDays(1).minusSeconds(1) : moment.local();
            return moment.instant().isPresent()
                    ? new Until(Optional.empty(), moment.instant())
                    : new Until(Optional.of(last), Optional.empty());
        }

        boolean allows(LocalDateTime begin, Instant beginning) {
            return local.map(last -> !begin.isAfter(last)).orElse(true)
                    && instant.map(last -> !beginning.isAfter(last)).orElse(true);
        }
    }
}
