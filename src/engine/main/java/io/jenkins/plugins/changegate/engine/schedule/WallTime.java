package io.jenkins.plugins.changegate.engine.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * What the clocks on the walls of a zone show.
 *
 * <p>RFC 5545, section 3.3.5: a local time that the clocks skip is read with the offset before the change, so it moves
 * forward by the length of the gap; one that they show twice is the first of the two.
 *
 * @param rules the offsets of the zone
 */
record WallTime(ZoneRules rules) {

    /**
     * By how many hours the order of two local times may differ from that of their instants, and a bit more: the
     * longest gap is the day that Samoa skipped.
     */
    static final int SLACK_HOURS = 26;

    /** Returns the clocks of a zone. */
    static WallTime of(ZoneId zone) {
        return new WallTime(zone.getRules());
    }

    /** Returns when the clocks show this. */
    Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        ZoneOffset offset = change == null ? rules.getOffset(local) : change.getOffsetBefore();
        return local.toInstant(offset);
    }

    /** Returns what the clocks show then. */
    LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
    }
}
