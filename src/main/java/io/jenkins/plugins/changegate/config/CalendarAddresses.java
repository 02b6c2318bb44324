package io.jenkins.plugins.changegate.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.changegate.engine.policy.CalendarPlace;
import io.jenkins.plugins.changegate.engine.policy.CalendarSource;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads calendars that policies name by their addresses. */
public interface CalendarAddresses extends ExtensionPoint {

    /**
     * Returns what is there, as it could last be read.
     *
     * @param wait whether it may be read now, which takes as long as the network takes; else that is begun elsewhere
     * @throws UnreadCalendarException if nothing that could be read is young enough
     */
    CalendarText read(URI address, boolean wait) throws UnreadCalendarException;

    /**
     * Why the last attempt to read something failed.
     *
     * @param message for people
     * @param since when it was first noticed
     */
    record Trouble(String message, Instant since) {}

    /** Returns why an address cannot be read at present; empty if it can, or nobody has tried. Waits for nothing. */
    Optional<Trouble> trouble(URI address);

    /** Returns the source for addresses. @param wait as in {@link #read} */
    static CalendarSource source(boolean wait) {
        return place -> {
            Optional<CalendarAddresses> reader = reader();
            if (reader.isEmpty()) {
                throw new UnreadCalendarException("Nothing in this Jenkins reads addresses.");
            }
            return reader.get().read(place.uri(), wait);
        };
    }

    /** Returns why a calendar that may be in use cannot be read at present. */
    static Optional<Trouble> trouble(CalendarPlace place) {
        return place.isUrl() ? reader().flatMap(reader -> reader.trouble(place.uri())) : Optional.empty();
    }

    /**
     * Returns a policy with what its addresses say now, and with those of its files that were read along with it.
     *
     * @param wait as in {@link #read}
     */
    static Policy now(Policy policy, boolean wait) {
        return policy.withCalendars(CalendarSource.of(kept(policy.calendarTexts()), source(wait)));
    }

    private static CalendarSource kept(Map<CalendarPlace, CalendarText> files) {
        return place -> {
            CalendarText text = files.get(place);
            if (text == null) {
                throw new UnreadCalendarException("There is no such file beside the policy.");
            }
            return text;
        };
    }

    private static Optional<CalendarAddresses> reader() {
        return ExtensionList.lookup(CalendarAddresses.class).stream().findFirst();
    }
}
