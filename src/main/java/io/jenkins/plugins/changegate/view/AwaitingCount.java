package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.authorise.PendingGates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Remembers how many changes await each user. It is shown on every page of Jenkins, and to count asks the security
 * realm, so it is counted again only if a change came, went or was voted on, or after a minute, since rights change too.
 * Thread-safe.
 */
final class AwaitingCount {

    private static final long GOOD_FOR = TimeUnit.MINUTES.toNanos(1);

    /** Users remembered at most. */
    private static final int USERS = 1000;

    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    private record Counted(long stamp, long at, int count) {}

    /**
     * @param user the user's id
     * @param count counts, if need be
     */
    int of(String user, IntSupplier count) {
        // Looked at before counting: what happens meanwhile is counted next time.
        long stamp = PendingGates.get().stamp();
        long now = System.nanoTime();
        Counted last = counted.get(user);
        if (last == null || last.stamp() != stamp || now - last.at() > GOOD_FOR) {
            if (counted.size() >= USERS) {
                counted.clear();
            }
            last = new Counted(stamp, now, count.getAsInt());
            counted.put(user, last);
        }
        return last.count();
    }
}
