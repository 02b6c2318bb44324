package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** iCalendar files for tests. */
final class Calendars {

    /** A zone as Outlook writes it: a name of its own, rules since 1601. */
    static final String OUTLOOK_ZONE = """
            BEGIN:VTIMEZONE
            TZID:Westeuropa
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE
            """;

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private Calendars() {}

    /** Returns a file with these components. */
    static String file(String... components) {
        return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n" + String.join("", components) + "END:VCALENDAR\n";
    }

    /** Returns an event with these lines. */
    static String event(String... lines) {
        return "BEGIN:VEVENT\nUID:1\nSUMMARY:x\n" + String.join("\n", lines) + "\nEND:VEVENT\n";
    }

    /** Reads a file; what has no zone is in New York. */
    static Times read(String... components) throws ScheduleException {
        return CalendarReader.read(file(components), NEW_YORK);
    }

    /** Returns the first 20 spans since 1970. */
    static List<String> spans(Times times) {
        return times.between(Instant.EPOCH, Instant.MAX, 20).stream()
                .map(span -> span.from() + " " + span.to())
                .toList();
    }
}
