package io.jenkins.plugins.changegate.calendar;

import io.jenkins.plugins.changegate.config.CalendarAddresses.Trouble;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A calendar at an address, and how it stands. Thread-safe; only {@link #refresh} waits. */
final class Feed {

    /** How long is waited before it is read again. */
    static final Duration PERIOD = Duration.ofMinutes(5);

    /** How long what could last be read is used, while nothing newer can be. */
    static final Duration KEPT = Duration.ofDays(1);

    private final FeedReader reader;
    private final FeedFiles files;

    /** Held while it is read. */
    private final Object reading = new Object();

    private KeptFeed kept;
    private CalendarText text;
    private Instant tried;
    private boolean begun;
    private Instant used;

    /**
     * @param kept what was kept of it
     */
    Feed(FeedReader reader, FeedFiles files, KeptFeed kept, Instant now) {
        this.reader = reader;
        this.files = files;
        this.used = now;
        put(kept, null);
    }

    private synchronized void put(KeptFeed now, Instant at) {
        if (now.text() != null && (text == null || !text.text().equals(now.text()))) {
            text = new CalendarText(now.text());
        }
        kept = now;
        tried = at;
    }

    /** Whether it is time to read it. */
    synchronized boolean isDue(Instant now) {
        return tried == null || !now.isBefore(tried.plus(PERIOD));
    }

    /** Makes it time to read it. */
    synchronized void tryAgain() {
        tried = null;
    }

    /**
     * Whether whoever asks has to see to it that it is read: it is time, and nobody else does. Whoever is told so calls
     * {@link #refresh}, since nobody else is told before.
     */
    synchronized boolean begin(Instant now) {
        boolean first = !begun && isDue(now);
        begun |= first;
        return first;
    }

    /** Says that somebody asked for it. */
    synchronized void use(Instant now) {
        used = now;
    }

    synchronized Instant used() {
        return used;
    }

    /** Reads it if it is time; of several at once, one does. */
    void refresh(String credentialsId, Instant now) throws InterruptedException {
        synchronized (reading) {
            try {
                if (isDue(now)) {
                    KeptFeed after = reader.read(kept(), credentialsId, now);
                    put(after, now);
                    files.write(after);
                }
            } finally {
                end();
            }
        }
    }

    private synchronized KeptFeed kept() {
        return kept;
    }

    private synchronized void end() {
        begun = false;
    }

    /**
     * Returns what could last be read.
     *
     * @throws UnreadCalendarException if nothing could be, or that is too old
     */
    synchronized CalendarText text(Instant now) throws UnreadCalendarException {
        if (tried == null) {
            throw new UnreadCalendarException("It has not been read yet; that is tried now.");
        }
        if (text != null
                && (kept.problem().isEmpty() || now.isBefore(kept.read().plus(KEPT)))) {
            return text;
        }
        String old =
                text == null ? "" : " What was read at " + kept.read().truncatedTo(ChronoUnit.SECONDS) + " is too old.";
        throw new UnreadCalendarException("Mend the address or what is there: " + kept.problem() + "." + old);
    }

    synchronized Optional<Trouble> trouble() {
        return kept.problem().isEmpty() ? Optional.empty() : Optional.of(new Trouble(kept.problem(), kept.since()));
    }
}
