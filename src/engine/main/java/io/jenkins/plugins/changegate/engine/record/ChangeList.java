package io.jenkins.plugins.changegate.engine.record;

import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.CONTROLLER;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.DECISION;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.DOUBTFUL;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.ENVIRONMENT;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.JOB;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.LEVEL;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.MODEL;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.OUTCOME;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.PRODUCT;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.REVIEW;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.SERVICE;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.STATE;
import static io.jenkins.plugins.changegate.engine.record.ChangeFilter.Part.TYPE;

import io.jenkins.plugins.changegate.engine.condition.ChangeType;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pages of the list of changes, the newest first.
 *
 * <p>Each page is read by one index, from where the last page ended, and no further than it is long: what is before it
 * and after it costs nothing. Without a condition that is the primary key, as numbers have few gaps.
 */
final class ChangeList {

    /** What holds names that somebody gave. */
    private static final Set<ChangeFilter.Part> NAMES = EnumSet.of(SERVICE, PRODUCT, ENVIRONMENT, MODEL, JOB);

    /** The indices to choose from, the one that leaves the fewest first. */
    private static final List<Index> INDICES = List.of(
            new Index("changegate_target_number", List.of(SERVICE, ENVIRONMENT)),
            new Index("changegate_doubtful", List.of(DOUBTFUL)),
            new Index("changegate_review", List.of(REVIEW)),
            new Index("changegate_job", List.of(JOB)),
            new Index("changegate_service", List.of(SERVICE)),
            new Index("changegate_model", List.of(MODEL)),
            new Index("changegate_product", List.of(PRODUCT)),
            new Index("changegate_decision", List.of(DECISION)),
            new Index("changegate_outcome", List.of(OUTCOME)),
            new Index("changegate_level", List.of(LEVEL)),
            new Index("changegate_type", List.of(TYPE)),
            new Index("changegate_environment", List.of(ENVIRONMENT)),
            new Index("changegate_state", List.of(STATE)),
            new Index("changegate_controller", List.of(CONTROLLER)));

    /** An index over the columns of these parts and then, but for the states, the number, the highest first. */
    private record Index(String name, List<ChangeFilter.Part> parts) {

        /** Returns an order of the list that is the index's own where it has one. */
        String order() {
            return parts.stream().map(part -> part.name() + ", ").collect(Collectors.joining()) + "number DESC";
        }
    }

    private final Dialect dialect;

    ChangeList(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns a page: see {@link ChangeStore#page}. */
    List<ChangeSummary> page(Connection connection, ChangeFilter filter, long before, int most)
            throws SQLException, StoreException {
        Map<ChangeFilter.Part, String> equal = filter.exactly();
        long least = filter.least();
        if (filter.since().isPresent()) {
            least = Math.max(least, first(connection, filter.since().get()));
        }
        long end = before;
        if (filter.until().isPresent()) {
            end = Math.min(end, first(connection, filter.until().get()));
        }
        String index = "";
        String order = "number DESC";
        Optional<Index> best = INDICES.stream()
                .filter(candidate -> equal.keySet().containsAll(candidate.parts()))
                .min(Comparator.comparing(candidate -> isRare(candidate, equal) ? 0 : 1));
        if (best.isPresent()) {
            index = dialect.by(best.get().name());
            order = best.get().order();
        }
        if (!equal.isEmpty()) {
            return List.copyOf(range(connection, equal, index, order, least, end, most));
        }
        end = Math.min(end, Ledger.look(connection).changes() + 1);
        List<ChangeSummary> page = new ArrayList<>();
        // A rebuilt store lacks numbers: then it is looked further, each time twice as far.
        for (long span = most; page.size() < most && end > Math.max(least, 1); span *= 2) {
            long from = Math.max(least, end - span);
            page.addAll(range(connection, equal, index, order, from, end, most - page.size()));
            end = from;
        }
        return List.copyOf(page);
    }

    private List<ChangeSummary> range(
            Connection connection,
            Map<ChangeFilter.Part, String> equal,
            String index,
            String order,
            long least,
            long end,
            int most)
            throws SQLException, StoreException {
        StringBuilder sql = new StringBuilder("SELECT number, controller, opened, service, environment, type, model,"
                + " level, score, decision, outcome, failed, review, doubtful, head, job, build, state, product FROM changegate_change"
                + index
                + " WHERE number < ? AND number >= ?");
        List<ChangeFilter.Part> parts = List.copyOf(equal.keySet());
        parts.forEach(part -> sql.append(" AND ").append(part.name()).append(" = ?"));
        sql.append(" ORDER BY ")
                .append(order)
                .append(" FETCH FIRST ")
                .append(most)
                .append(" ROWS ONLY");
        List<ChangeSummary> page = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int next = 1;
            select.setLong(next++, end);
            select.setLong(next++, least);
            for (ChangeFilter.Part part : parts) {
                select.setString(next++, NAMES.contains(part) ? dialect.name(equal.get(part)) : equal.get(part));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(summary(rows));
                }
            }
        }
        return page;
    }

    /** Whether a condition leaves so few that even the most frequent service has more. */
    private static boolean isRare(Index index, Map<ChangeFilter.Part, String> equal) {
        String value = equal.get(index.parts().get(0));
        return switch (index.parts().get(0)) {
            case STATE -> value.equals(ChangeState.WAITING.name()) || value.equals(ChangeState.DEPLOYING.name());
            case DECISION -> !value.equals(Decision.PASSED.name()) && !value.equals(Decision.APPROVED.name());
            case REVIEW, DOUBTFUL -> true;
            case TYPE -> value.equals(ChangeType.EMERGENCY.name());
            case OUTCOME -> !value.equals(Outcome.SUCCESSFUL.name());
            default -> false;
        };
    }

    /** Returns the first number that was opened then or later, by halving: numbers follow time. */
    static long first(Connection connection, Instant since) throws SQLException, StoreException {
        long low = 1;
        long high = Ledger.look(connection).changes() + 1;
        long wanted = nanos(since);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT number, opened FROM changegate_change WHERE number >= ?"
                        + " ORDER BY number FETCH FIRST 1 ROWS ONLY")) {
            while (low < high) {
                long middle = low + (high - low) / 2;
                select.setLong(1, middle);
                try (ResultSet row = select.executeQuery()) {
                    // A rebuilt store lacks numbers; the next one that it has tells as much.
                    boolean there = row.next();
                    if (there && row.getObject(2) == null) {
                        throw new StoreException(ChangeRecord.id(row.getLong(1)) + " has lost its beginning.", null);
                    }
                    if (there && row.getLong(2) < wanted) {
                        low = row.getLong(1) + 1;
                    } else {
                        high = middle;
                    }
                }
            }
        }
        return low;
    }

    /** Returns the time that a column holds. */
    static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
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
        String head = row.getString(15);
        String job = row.getString(16);
        String product = row.getString(19);
        try {
            return new ChangeSummary(
                    number,
                    row.getString(2),
                    time(opened),
                    dialect.read(row.getString(4)),
                    dialect.read(row.getString(5)),
                    ChangeType.valueOf(row.getString(6)),
                    model == null ? "" : dialect.read(model),
                    RiskLevel.valueOf(row.getString(8)),
                    row.getInt(9),
                    Optional.ofNullable(row.getString(10)).map(Decision::valueOf),
                    Optional.ofNullable(row.getString(11)).map(Outcome::valueOf),
                    row.getString(12) != null,
                    row.getString(13) != null,
                    row.getString(14) != null,
                    head == null ? "" : dialect.read(head),
                    job == null ? "" : dialect.read(job),
                    row.getInt(17),
                    product == null ? "" : dialect.read(product),
                    ChangeState.SEALED.name().equals(row.getString(18)));
        } catch (IllegalArgumentException e) {
            throw new StoreException(ChangeRecord.id(number) + " is of a newer version: " + e.getMessage(), e);
        }
    }
}
