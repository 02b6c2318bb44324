package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Finds the deployments of a service to an environment, the one that ended last first. Thread-safe. */
final class TargetList {

    private final Dialect dialect;

    TargetList(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A deployment that has ended.
     *
     * @param number the change's
     * @param head the commit, as the column holds it; empty if not known
     * @param outcome as was said last; unsuccessful if it caused an incident
     * @param ended the place in the ledger of what ended it
     */
    record Deployment(long number, String head, Outcome outcome, long ended) {}

    /** Returns the last ones, however they ended. */
    List<Deployment> last(Connection connection, String service, String environment, int most) throws SQLException {
        List<Deployment> last = new ArrayList<>(last(connection, service, environment, ChangeState.DEPLOYED, most));
        last.addAll(last(connection, service, environment, ChangeState.CLOSED, most));
        return last.stream()
                .sorted(Comparator.comparing(Deployment::ended).reversed())
                .limit(most)
                .toList();
    }

    /**
     * Returns the last ones that are there in their life.
     *
     * @param most how many are wanted, from 1
     */
    List<Deployment> last(Connection connection, String service, String environment, ChangeState state, int most)
            throws SQLException {
        return Statements.select(
                connection,
                "SELECT number, head, outcome, failed, ended FROM changegate_change"
                        + dialect.by("changegate_target_state")
                        + " WHERE service = ? AND environment = ? AND state = ? AND ended > 0"
                        + " ORDER BY service, environment, state, ended DESC FETCH FIRST " + most + " ROWS ONLY",
                row -> new Deployment(
                        row.getLong(1),
                        Objects.requireNonNullElse(row.getString(2), ""),
                        row.getString(4) == null ? Outcome.valueOf(row.getString(3)) : Outcome.UNSUCCESSFUL,
                        row.getLong(5)),
                dialect.name(service),
                dialect.name(environment),
                state.name());
    }
}
