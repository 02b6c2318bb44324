package io.jenkins.plugins.changegate.calendar;

import hudson.Extension;
import io.jenkins.plugins.changegate.config.CalendarAddresses;
import io.jenkins.plugins.changegate.config.GateThreads;
import io.jenkins.plugins.changegate.engine.policy.CalendarText;
import io.jenkins.plugins.changegate.engine.policy.UnreadCalendarException;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The calendars at addresses that policies name: each is read at most every five minutes, and what could last be read
 * is used for a day while nothing newer can be. Thread-safe.
 */
@Extension
public class CalendarFeeds implements CalendarAddresses {

    private static final Logger LOGGER = Logger.getLogger(CalendarFeeds.class.getName());

    /** How many are known: whoever writes policies must not fill the memory. */
    static final int MOST = 200;

    /** After how long one that nobody asks for is forgotten. */
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private final FeedReader reader = new FeedReader();
    private final FeedFiles files = new FeedFiles(
            Jenkins.get().getRootDir().toPath().resolve("change-gate").resolve("calendars"));
    private final Map<String, Feed> feeds = new HashMap<>();

    @Override
    public CalendarText read(URI address, boolean wait) throws UnreadCalendarException {
        // Asked again each time: an administrator may have changed it since.
        Optional<CalendarHost> host = ChangeGateCalendars.get().of(address);
        if (host.isEmpty()) {
            throw new UnreadCalendarException("No administrator has allowed its host, " + AllowedHosts.place(address)
                    + ": see Manage Jenkins, System, Change Gate calendars.");
        }
        Instant now = Instant.now();
        Feed feed = feed(address.toString(), now);
        if (wait) {
            refresh(feed, host.get(), now);
        } else if (feed.begin(now)) {
            GateThreads.signals().execute(() -> refresh(feed, host.get(), now));
        }
        return feed.text(now);
    }

    private static void refresh(Feed feed, CalendarHost host, Instant now) {
        try {
            feed.refresh(host.getCredentialsId(), now);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, e, () -> "Interrupted while a calendar was read");
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Feed feed(String address, Instant now) {
        Feed known = feeds.get(address);
        if (known == null) {
            if (feeds.size() >= MOST) {
                feeds.entrySet().stream()
                        .min(Comparator.comparing(entry -> entry.getValue().used()))
                        .map(Map.Entry::getKey)
                        .ifPresent(this::forget);
            }
            KeptFeed kept = files.read(address).orElseGet(() -> KeptFeed.never(address));
            known = new Feed(reader, files, kept, now);
            feeds.put(address, known);
        }
        known.use(now);
        return known;
    }

    private void forget(String address) {
        feeds.remove(address);
        files.delete(address);
    }

    @Override
    public synchronized Optional<Trouble> trouble(URI address) {
        return Optional.ofNullable(feeds.get(address.toString())).flatMap(Feed::trouble);
    }

    /** Reads every one that was asked for lately and may be read, one after the other; forgets the others. */
    void refreshAll() {
        Instant now = Instant.now();
        for (Map.Entry<String, Feed> each : known()) {
            if (each.getValue().used().plus(FORGOTTEN).isBefore(now)) {
                synchronized (this) {
                    forget(each.getKey());
                }
            } else {
                ChangeGateCalendars.get()
                        .of(URI.create(each.getKey()))
                        .ifPresent(host -> refresh(each.getValue(), host, Instant.now()));
            }
        }
    }

    /** Reads each as soon as somebody asks for it. */
    void tryAgain() {
        known().forEach(each -> each.getValue().tryAgain());
    }

    private synchronized List<Map.Entry<String, Feed>> known() {
        return new ArrayList<>(feeds.entrySet());
    }
}
