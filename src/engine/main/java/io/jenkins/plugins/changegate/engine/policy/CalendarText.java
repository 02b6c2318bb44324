package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.schedule.CalendarReader;
import io.jenkins.plugins.changegate.engine.schedule.ScheduleException;
import io.jenkins.plugins.changegate.engine.schedule.Times;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The text of an iCalendar file. What it means is found out once for a zone, since every judgement asks. Two with the same
 * text are the same. Thread-safe.
 */
public final class CalendarText {

    /** For how many zones the meaning is kept: whoever writes policies must not fill the memory. */
    private static final int ZONES = 8;

    private final String text;
    private final String version;
    private final Map<ZoneId, Times> read = new ConcurrentHashMap<>();

    /**
     * @param text the file; need not be a calendar
     */
    public CalendarText(String text) {
        this.text = Objects.requireNonNull(text, "text");
        this.version = Hashes.sha256(text);
    }

    public String text() {
        return text;
    }

    /** Returns SHA-256 of the text, in hexadecimal. */
    public String version() {
        return version;
    }

    /**
     * Returns when its events are.
     *
     * @param floating the zone for times and dates that name none
     * @throws ScheduleException if the text is no calendar, or anything of it that matters is broken
     */
    public Times times(ZoneId floating) throws ScheduleException {
        Times known = read.get(floating);
        if (known == null) {
            known = CalendarReader.read(text, floating);
            if (read.size() < ZONES) {
                read.put(floating, known);
            }
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalendarText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
