package io.jenkins.plugins.changegate.engine.record;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All events of a change with their places in the chain, as one line of JSON: what is kept beside a build, and what the
 * export of all changes has on a line. Only {@link ChangeStore#rebuild} reads it.
 *
 * @param number the change's
 * @param events as they are stored, the first one first
 */
public record ChangeCopy(long number, List<ChainedEvent> events) {

    private static final RecordJson JSON = new RecordJson();

    public ChangeCopy {
        events = List.copyOf(events);
    }

    /** Returns a change as a line, without an end of line. */
    public static String line(ChangeSummary change, List<ChainedEvent> events) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", change.id());
        line.put("number", change.number());
        line.put("service", change.service());
        line.put("environment", change.environment());
        line.put("job", change.job());
        line.put("build", change.build());
        line.put("events", events);
        return JSON.line(line);
    }

    /** Returns a change as a line, without an end of line. */
    public static String line(ChangeRecord record, List<ChainedEvent> events) {
        return line(ChangeSummary.of(record, ""), events);
    }

    /**
     * Reads a line, and checks all that it says by itself: that the events are those of one change from its opening on,
     * and that each has the hash that belongs to it.
     *
     * @throws StoreException if it is none, or damaged; the message says what is wrong, without a name
     */
    static ChangeCopy read(String line) throws StoreException {
        ChangeCopy copy = JSON.read(line, ChangeCopy.class);
        if (copy == null || copy.number() < 1 || copy.events().isEmpty()) {
            throw new StoreException("it is no copy of a change", null);
        }
        Set<Long> places = new HashSet<>();
        int version = 0;
        for (ChainedEvent event : copy.events()) {
            version++;
            if (event.text() == null || event.previous() == null || event.controller() == null) {
                throw new StoreException("event " + version + " is not whole", null);
            }
            if (event.text().equals(Sealing.REMOVED)) {
                throw new StoreException("it was sealed, and has no contents", null);
            }
            if (event.version() != version || event.sequence() < 1 || !places.add(event.sequence())) {
                throw new StoreException("event " + version + " is missing", null);
            }
            String hash = Chain.hash(
                    event.previous(),
                    event.sequence(),
                    copy.number(),
                    event.version(),
                    event.text(),
                    event.controller());
            if (!hash.equals(event.hash())) {
                throw new StoreException("event " + version + " is not what was written", null);
            }
            if (JSON.read(event.text()) instanceof ChangeEvent.Opened != (version == 1)) {
                throw new StoreException("event " + version + " is not at its place", null);
            }
        }
        return copy;
    }
}
