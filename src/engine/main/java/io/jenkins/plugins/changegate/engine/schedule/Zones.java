package io.jenkins.plugins.changegate.engine.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The zones of an iCalendar file. A name that IANA lists is that zone, whatever the file says of it: files often hold
 * a part of its rules only. Any other name needs a {@code VTIMEZONE}.
 *
 * @param floating the clocks for times without a zone
 * @param defined by name: what the file defines
 */
record Zones(WallTime floating, Map<String, WallTime> defined) {

    static final WallTime UTC = WallTime.of(ZoneOffset.UTC);

    /** How many changes of the clocks one zone may have: two a year from 1601 to 2200, and some. */
    private static final int MOST = 3000;

    /** How many changes all zones of a file may have. */
    private static final int MOST_OF_ALL = 100_000;

    /** Reads every {@code VTIMEZONE} (RFC 5545, section 3.6.5). */
    static Zones read(List<Component> calendars, ZoneId floating) throws ScheduleException {
        Map<String, WallTime> defined = new HashMap<>();
        int changes = 0;
        for (Component calendar : calendars) {
            for (Component part : calendar.parts()) {
                if (part.name().equals("VTIMEZONE")) {
                    Line name = part.required("TZID");
                    WallTime clocks = clocks(part);
                    changes += clocks.rules().getTransitions().size();
                    if (changes > MOST_OF_ALL) {
                        throw part.mistake("The zones have more than " + MOST_OF_ALL + " changes of the clocks");
                    }
                    WallTime other = defined.put(name.value(), clocks);
                    if (other != null && !other.equals(clocks)) {
                        throw name.mistake("'" + name.value() + "' is defined twice, and not alike");
                    }
                }
            }
        }
        return new Zones(WallTime.of(floating), Map.copyOf(defined));
    }

    /** Returns the clocks that a {@code TZID} names. */
    WallTime find(Line line, String name) throws ScheduleException {
        if (ZoneNames.isKnown(name)) {
            return WallTime.of(ZoneId.of(name));
        }
        WallTime clocks = defined.get(name);
        return clocks != null ? clocks : WallTime.of(ZoneNames.find(line.place() + ", TZID", name));
    }

    private static WallTime clocks(Component zone) throws ScheduleException {
        TreeMap<Instant, ZoneOffset> changes = new TreeMap<>();
        Map<Instant, ZoneOffset> before = new HashMap<>();
        for (Component part : zone.parts()) {
            if (!part.name().equals("STANDARD") && !part.name().equals("DAYLIGHT")) {
                throw part.mistake("It is in a VTIMEZONE; possible: STANDARD, DAYLIGHT");
            }
            ZoneOffset from = offset(part.required("TZOFFSETFROM"));
            ZoneOffset to = offset(part.required("TZOFFSETTO"));
            for (LocalDateTime onset : onsets(part, from)) {
                Instant at = onset.toInstant(from);
                ZoneOffset other = changes.put(at, to);
                before.put(at, from);
                // In Outlook's zones both halves of the year begin on the same day of 1601.
                if (other != null && !other.equals(to) && at.isAfter(Instant.EPOCH)) {
                    throw part.mistake("Two offsets begin at " + at);
                }
            }
        }
        if (changes.isEmpty()) {
            throw zone.mistake("It has no STANDARD and no DAYLIGHT");
        }
        ZoneOffset first = before.get(changes.firstKey());
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffset current = first;
        for (Map.Entry<Instant, ZoneOffset> change : changes.entrySet()) {
            if (!change.getValue().equals(current)) {
                LocalDateTime local = LocalDateTime.ofInstant(change.getKey(), current);
                transitions.add(ZoneOffsetTransition.of(local, current, change.getValue()));
                current = change.getValue();
            }
        }
        return new WallTime(ZoneRules.of(first, first, List.of(), transitions, List.of()));
    }

    private static List<LocalDateTime> onsets(Component part, ZoneOffset from) throws ScheduleException {
        List<LocalDateTime> onsets = new ArrayList<>();
        Line start = part.required("DTSTART");
        LocalDateTime first = local(start, start.value());
        onsets.add(first);
        for (Line dates : part.all("RDATE")) {
            for (String date : dates.value().split(",", -1)) {
                onsets.add(local(dates, date));
            }
        }
        for (Line line : part.all("RRULE")) {
            Rule rule = Rule.parse(line.place(), line.value());
            // Outlook's zones begin on the first day of 1601, whatever their rule says.
            try {
                Iterator<LocalDateTime> beginnings = rule.beginnings(first);
                while (beginnings.hasNext() && onsets.size() <= MOST) {
                    LocalDateTime begin = beginnings.next();
                    if (!rule.allows(begin, begin.toInstant(from))) {
                        break;
                    }
                    onsets.add(begin);
                }
            } catch (RuntimeException e) {
                throw line.mistake("'" + line.value() + "' does not hold again within 1000 periods");
            }
        }
        if (onsets.size() > MOST) {
            throw part.mistake("It changes the clocks more than " + MOST + " times");
        }
        return onsets;
    }

    private static LocalDateTime local(Line line, String value) throws ScheduleException {
        Moment moment = Moment.ofCalendar(line.place(), value);
        if (moment.isDate() || moment.instant().isPresent() || moment.local().getYear() > Rule.LAST_YEAR) {
            throw line.mistake("'" + value + "' is no local time until " + Rule.LAST_YEAR + ", as 20260329T020000");
        }
        return moment.local();
    }

    private static ZoneOffset offset(Line line) throws ScheduleException {
        try {
            String value = line.value();
            if (value.matches("[+-][0-9]{4}([0-9]{2})?")) {
                return ZoneOffset.of(value);
            }
        } catch (DateTimeException e) {
            throw line.mistake("'" + line.value() + "' is no offset: " + e.getMessage());
        }
        throw line.mistake("'" + line.value() + "' is no offset; possible: +0100, -0330");
    }
}
