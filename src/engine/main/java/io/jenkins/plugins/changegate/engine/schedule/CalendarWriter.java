package io.jenkins.plugins.changegate.engine.schedule;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Writes an iCalendar file (RFC 5545): a feed that other calendars subscribe to. */
public final class CalendarWriter {

    private static final String PRODUCT = "-//Jenkins//Change Gate//EN";

    /** The longest line, in bytes of UTF-8 without its end: RFC 5545, section 3.1. */
    private static final int LINE = 75;

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private CalendarWriter() {}

    /**
     * Returns the file. The same entries and the same instant make the same text.
     *
     * @param entries in the order in which they are written
     * @param written when what the entries say was true
     */
    public static String write(List<CalendarEntry> entries, Instant written) {
        StringBuilder text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "VERSION:2.0");
        line(text, "PRODID:" + PRODUCT);
        line(text, "CALSCALE:GREGORIAN");
        for (CalendarEntry entry : entries) {
            Instant end = entry.span().to();
            Instant second = end.truncatedTo(ChronoUnit.SECONDS);
            line(text, "BEGIN:VEVENT");
            line(text, "UID:" + escape(entry.uid()));
            line(text, "DTSTAMP:" + UTC.format(written));
            line(text, "DTSTART:" + UTC.format(entry.span().from()));
            line(text, "DTEND:" + UTC.format(second.equals(end) ? end : second.plusSeconds(1)));
            line(text, "SUMMARY:" + escape(entry.title()));
            if (!entry.description().isEmpty()) {
                line(text, "DESCRIPTION:" + escape(entry.description()));
            }
            line(text, "END:VEVENT");
        }
        line(text, "END:VCALENDAR");
        return text.toString();
    }

    /** Escapes a text (section 3.3.11) and leaves out control characters, which no text may have. */
    private static String escape(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return VObjectPropertyValues.escape(lines.replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""))
                .replace("\n", "\\n");
    }

    /** Adds a line, folded without cutting a character. */
    private static void line(StringBuilder text, String line) {
        int bytes = 0;
        for (int i = 0; i < line.length(); ) {
            int character = line.codePointAt(i);
            int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + size > LINE) {
                text.append("\r\n ");
                bytes = 1;
            }
            text.appendCodePoint(character);
            bytes += size;
            i += Character.charCount(character);
        }
        text.append("\r\n");
    }
}
