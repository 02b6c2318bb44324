package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.risk.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the last changes into the table of what can be learnt from, for the step of the schema that adds it: as many as
 * are ever learnt from. Older ones are not worth a long start.
 */
final class DeploymentReindexing {

    /** So many changes are enough to learn from, although some of them were never deployed. */
    private static final int LEARNT_FROM = 5_000;

    private DeploymentReindexing() {}

    static void last(Connection connection) throws SQLException {
        DeploymentIndex index = new DeploymentIndex(Dialect.of(connection));
        Histories histories = new Histories();
        long changes = Ledger.look(connection).changes();
        SortedMap<Long, Deployed> deployed = new TreeMap<>();
        for (long number = Math.max(1, changes - LEARNT_FROM + 1); number <= changes; number++) {
            try {
                long ended = ended(connection, number);
                for (ChangeRecord record : histories.where(connection, "number = ?", number)) {
                    index.put(connection, record, ended);
                    if (record.ended().filter(end -> end.outcome().isDeployed()).isPresent()) {
                        deployed.put(ended, Deployed.of(record));
                    }
                }
            } catch (StoreException e) {
                // A record that somebody has damaged cannot be read now, and could not before.
                continue;
            }
        }
        Map<List<String>, Deployed> last = new HashMap<>();
        for (Deployed next : deployed.values()) {
            Deployed before = last.put(next.target, next);
            if (before != null && next.putsBackWhatRanBefore(before)) {
                index.undone(connection, before.number, next.number);
            }
        }
    }

    /** A change that was deployed. */
    private record Deployed(long number, List<String> target, String base, String head) {

        static Deployed of(ChangeRecord record) {
            ChangeEvent.Opened opened = record.opened();
            Target target = opened.judgement().target();
            return new Deployed(
                    record.number(),
                    List.of(target.service(), target.environment()),
                    opened.delta() == null ? "" : opened.delta().base(),
                    opened.head());
        }

        boolean putsBackWhatRanBefore(Deployed last) {
            return !head.isEmpty() && head.equals(last.base) && !head.equals(last.head);
        }
    }

    private static long ended(Connection connection, long number) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT ended FROM changegate_change WHERE number = ?")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
