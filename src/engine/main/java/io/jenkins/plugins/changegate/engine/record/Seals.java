package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether a content that is missing was sealed: by the last event of its change, which names the event with all that
 * its hash was made over but the content. Whether that last event is what was written, its own place in the chain shows.
 * One walk, one thread.
 */
final class Seals {

    /** So many changes are remembered, as events of several come in turn. */
    private static final int REMEMBERED = 1_000;

    private final RecordJson json = new RecordJson();
    private final Map<Long, Optional<ChangeEvent.Sealed>> known = new LinkedHashMap<>(REMEMBERED, 0.75F, true);

    /** Whether the content of this event was removed by policy. */
    boolean cover(Connection connection, long number, ChangeEvent.Sealed.Covered event) throws SQLException {
        Optional<ChangeEvent.Sealed> sealed = known.get(number);
        if (sealed == null) {
            sealed = find(connection, number);
            known.put(number, sealed);
            if (known.size() > REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return sealed.filter(by -> by.events().contains(event)).isPresent();
    }

    private Optional<ChangeEvent.Sealed> find(Connection connection, long number) throws SQLException {
        List<String> last = Statements.select(
                connection,
                "SELECT body FROM changegate_event WHERE number = ? ORDER BY sequence DESC FETCH FIRST 1 ROW ONLY",
                row -> String.valueOf(row.getString(1)),
                number);
        try {
            return !last.isEmpty() && json.read(last.get(0)) instanceof ChangeEvent.Sealed sealed
                    ? Optional.of(sealed)
                    : Optional.empty();
        } catch (StoreException e) {
            // What cannot be read seals nothing.
            return Optional.empty();
        }
    }
}
