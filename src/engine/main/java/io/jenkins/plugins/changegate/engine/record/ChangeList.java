package io.jenkins.plugins.changegate.engine.record;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the list of changes, the newest first.
 *
 * <p>Each page is read by one index, from where the last page ended, and no further than it is long: what is before it
 * and after it costs nothing. Without a condition that is the primary key, as numbers have no gaps.
 */
final class ChangeList {

    /** The indices to choose from, the one that leaves the fewest first. */
    private static final List<Index> INDICES = List.of(
            new Index("changegate_target_number", List.of("service", "environment")),
            new Index("changegate_service", List.of("service")),
            new Index("changegate_model", List.of("model")),
            new Index("changegate_decision", List.of("decision")),
            new Index("changegate_outcome", List.of("outcome")),
            new Index("changegate_environment", List.of("environment")),
            new Index("changegate_controller", List.of("controller")));

    /** An index over these columns and then the number, the highest first. */
    private record Index(String name, List<String> columns) {}

    private final Dialect dialect;

    ChangeList(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns a page: see {@link ChangeStore#page}. */
    List<ChangeSummary> page(Connection connection, ChangeFilter filter, long before, int most)
            throws SQLException, StoreException {
        Map<String, String> equal = equal(filter);
        long least =
                filter.since().isPresent() ? first(connection, filter.since().get()) : 1;
        String index = "";
        String order = "number DESC";
        Optional<Index> best = INDICES.stream()
                .filter(candidate -> equal.keySet().containsAll(candidate.columns()))
                .min(Comparator.comparing(candidate -> isRare(candidate, filter) ? 0 : 1));
        if (best.isPresent()) {
            index = dialect.by(best.get().name());
            order = String.join(", ", best.get().columns()) + ", number DESC";
        }
        if (equal.isEmpty()) {
            long end = Math.min(before, Ledger.look(connection).changes() + 1);
            least = Math.max(least, end - most);
        }
        StringBuilder sql = new StringBuilder("SELECT number, controller, opened, service, environment, type, model,"
                + " level, score, decision, outcome FROM changegate_change" + index
                + " WHERE number < ? AND number >= ?");
        equal.keySet().forEach(column -> sql.append(" AND ").append(column).append(" = ?"));
        sql.append(" ORDER BY ")
                .append(order)
                .append(" FETCH FIRST ")
                .append(most)
                .append(" ROWS ONLY");
        List<ChangeSummary> page = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int next = 1;
            select.setLong(next++, before);
            select.setLong(next++, least);
            for (String value : equal.values()) {
                select.setString(next++, value);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(summary(rows));
                }
            }
        }
        return List.copyOf(page);
    }

    /** Whether a condition leaves so few that even the most frequent service has more. */
    private static boolean isRare(Index index, ChangeFilter filter) {
        return switch (index.columns().get(0)) {
            case "decision" ->
                filter.decision()
                        .filter(decision -> decision != Decision.PASSED && decision != Decision.APPROVED)
                        .isPresent();
            case "outcome" ->
                filter.outcome()
                        .filter(outcome -> outcome != Outcome.SUCCESSFUL)
                        .isPresent();
            default -> false;
        };
    }

    private Map<String, String> equal(ChangeFilter filter) {
        Map<String, String> equal = new LinkedHashMap<>();
        filter.service().ifPresent(name -> equal.put("service", dialect.name(name)));
        filter.environment().ifPresent(name -> equal.put("environment", dialect.name(name)));
        filter.model().ifPresent(name -> equal.put("model", dialect.name(name)));
        filter.decision().ifPresent(how -> equal.put("decision", how.name()));
        filter.outcome().ifPresent(how -> equal.put("outcome", how.name()));
        filter.controller().ifPresent(id -> equal.put("controller", id));
        return equal;
    }

    /** Returns the first number that was opened then or later, by halving: numbers follow time. */
    static long first(Connection connection, Instant since) throws SQLException, StoreException {
        long low = 1;
        long high = Ledger.look(connection).changes() + 1;
        long wanted = nanos(since);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT opened FROM changegate_change WHERE number = ?")) {
            while (low < high) {
                long middle = low + (high - low) / 2;
                select.setLong(1, middle);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next() || row.getObject(1) == null) {
                        throw new StoreException(ChangeRecord.id(middle) + " has lost its beginning.", null);
                    }
                    if (row.getLong(1) < wanted) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
            }
        }
        return low;
    }

    /** Returns a time as a column holds it: nanoseconds since 1970, at most those of 1677 to 2262. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private ChangeSummary summary(ResultSet row) throws SQLException, StoreException {
        long number = row.getLong(1);
        if (row.getString(8) == null) {
            throw new StoreException(ChangeRecord.id(number) + " has lost its beginning.", null);
        }
        long opened = row.getLong(3);
        String model = row.getString(7);
        try {
            return new ChangeSummary(
                    number,
                    row.getString(2),
                    Instant.ofEpochSecond(Math.floorDiv(opened, 1_000_000_000L), Math.floorMod(opened, 1_000_000_000L)),
                    dialect.read(row.getString(4)),
                    dialect.read(row.getString(5)),
                    ChangeType.valueOf(row.getString(6)),
                    model == null ? "" : dialect.read(model),
                    RiskLevel.valueOf(row.getString(8)),
                    row.getInt(9),
                    Optional.ofNullable(row.getString(10)).map(Decision::valueOf),
                    Optional.ofNullable(row.getString(11)).map(Outcome::valueOf));
        } catch (IllegalArgumentException e) {
            throw new StoreException(ChangeRecord.id(number) + " is of a newer version: " + e.getMessage(), e);
        }
    }
}
