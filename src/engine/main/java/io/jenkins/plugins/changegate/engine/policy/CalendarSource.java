package io.jenkins.plugins.changegate.engine.policy;

/** From where the texts of calendars come. */
@FunctionalInterface
public interface CalendarSource {

    /**
     * Returns the text of a calendar, as it is now or in the commit that the source is for.
     *
     * @throws UnreadCalendarException if there is none
     */
    CalendarText read(CalendarPlace place) throws UnreadCalendarException;

    /** Returns what reads files by one source and addresses by another. */
    static CalendarSource of(CalendarSource files, CalendarSource urls) {
        return place -> place.isUrl() ? urls.read(place) : files.read(place);
    }

    /** Returns what reads nothing. @param why for people, with the cure */
    static CalendarSource none(String why) {
        return place -> {
            throw new UnreadCalendarException(why);
        };
    }
}
