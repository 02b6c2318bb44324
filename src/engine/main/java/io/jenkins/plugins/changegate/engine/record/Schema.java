package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables, made and changed by numbered steps, each once in a database. Which were done is kept in the table
 * {@code changegate_schema}. Several controllers may come at the same time.
 *
 * <p>A step that was released is never edited; what is to be different comes as a further one. Each can be done again
 * after it was cut off half way, since H2 takes back no change of a table.
 */
final class Schema {

    private static final String HISTORY = "changegate_schema";

    /** What was there before steps were counted. */
    private static final String FIRST = "1";

    private static final String NONE = "0";

    private Schema() {}

    /**
     * Does the steps that are missing.
     *
     * @throws StoreException if the database cannot be used, or a newer version of the plugin has changed it
     */
    static void bringUpToDate(DataSource database) throws StoreException {
        try {
            Optional<String> first = begins(database);
            Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(database)
                    .table(HISTORY)
                    .locations(new String[0])
                    .javaMigrations(SchemaStep.all())
                    .baselineVersion(first.orElse(NONE))
                    // What a newer version did is not passed over: it may want more to be written than this one does.
                    .ignoreMigrationPatterns(new String[0])
                    .load();
            if (first.isPresent()) {
                begin(flyway);
            }
            if (Arrays.stream(flyway.info().all())
                    .anyMatch(step -> step.getState().isFailed())) {
                flyway.repair();
            }
            flyway.migrate();
        } catch (FlywayException | SQLException e) {
            throw new StoreException("The store of change records cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the table in which steps are counted. Flyway would by itself, but not while another controller does: it locks
     * each step, and not the look at whether its table and anybody else's are there ({@code DbMigrate}).
     */
    private static void begin(Flyway flyway) {
        try {
            flyway.baseline();
        } catch (FlywayException e) {
            // Another controller was faster. Were it anything else, the steps that follow would fail of it and say so.
        }
    }

    /**
     * Returns after which step to begin to count; empty if that has begun. Of other people's tables in the same schema
     * nothing is concluded.
     */
    private static Optional<String> begins(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // In this order: the tables of another controller that is at it come after its table of steps.
            boolean old = has(connection, "changegate_ledger");
            boolean counted = has(connection, HISTORY);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return counted ? Optional.empty() : Optional.of(old ? FIRST : NONE);
        }
    }

    private static boolean has(Connection connection, String table) throws SQLException {
        List<String> spellings = List.of(table, table.toUpperCase(Locale.ROOT));
        for (String spelling : spellings) {
            try (ResultSet tables = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), spelling, new String[] {"TABLE"})) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }
}
