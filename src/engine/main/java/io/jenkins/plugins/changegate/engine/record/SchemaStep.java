package io.jenkins.plugins.changegate.engine.record;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * One step of the schema.
 *
 * @param number from 1
 * @param description in a few words
 * @param statements SQL, in their order, that both databases understand
 * @param work what SQL does not do, after that
 */
record SchemaStep(int number, String description, List<String> statements, Work work) implements JavaMigration {

    /** What a step does with data. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException, StoreException;
    }

    /** Returns all steps, the first one first. */
    static SchemaStep[] all() {
        return new SchemaStep[] {
            new SchemaStep(1, "events, changes and policies", FIRST_TABLES, SchemaStep::begin),
            new SchemaStep(2, "several controllers, and a list of changes", COLUMNS, connection -> {}),
            new SchemaStep(3, "the list of the changes so far", List.of(), Reindexing::all),
            new SchemaStep(4, "indices of the list", INDICES, connection -> {}),
            // No change before it is of a model that may be promoted.
            new SchemaStep(5, "promotions of change models", PROMOTIONS, connection -> {}),
            new SchemaStep(6, "jobs and builds in the list of changes", ORIGINS, Reindexing::origins),
            new SchemaStep(7, "indices for them", ORIGIN_INDICES, connection -> {}),
            new SchemaStep(8, "deployments to learn from", DEPLOYMENTS, DeploymentReindexing::last),
            new SchemaStep(9, "what was said of deployments afterwards", AFTERWARDS, connection -> {}),
            new SchemaStep(10, "what measures are made of", MEASURES, connection -> {}),
            new SchemaStep(11, "names of controllers", CONTROLLERS, connection -> {}),
            // It is what fills the table of step 10 as well, whose rows have a column more from here on.
            new SchemaStep(12, "products", PRODUCTS, SchemaStep::products)
        };
    }

    private static final List<String> FIRST_TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS changegate_ledger (id INT PRIMARY KEY, changes BIGINT NOT NULL,"
                    + " events BIGINT NOT NULL, hash CHAR(64) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS changegate_change (number BIGINT PRIMARY KEY, service VARCHAR(1000) NOT NULL,"
                    + " environment VARCHAR(1000) NOT NULL, head VARCHAR(64), state VARCHAR(20) NOT NULL,"
                    + " settled BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS changegate_target ON changegate_change (service, environment, state)",
            "CREATE TABLE IF NOT EXISTS changegate_event (sequence BIGINT PRIMARY KEY, number BIGINT NOT NULL,"
                    + " version INT NOT NULL, body TEXT NOT NULL, previous CHAR(64) NOT NULL, hash CHAR(64) NOT NULL,"
                    + " UNIQUE (number, version))",
            "CREATE TABLE IF NOT EXISTS changegate_policy (version CHAR(64) PRIMARY KEY, body TEXT NOT NULL)");

    private static final List<String> COLUMNS = List.of(
            "ALTER TABLE changegate_event ADD COLUMN IF NOT EXISTS controller VARCHAR(200)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS version INT",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS controller VARCHAR(200)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS opened BIGINT",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS type VARCHAR(20)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS model VARCHAR(1000)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS level VARCHAR(20)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS score INT",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS decision VARCHAR(20)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS outcome VARCHAR(30)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS ended BIGINT",
            "DROP INDEX IF EXISTS changegate_target",
            // H2 1.4 keeps a TEXT apart from its row, which makes each commit dearer; to PostgreSQL they are the same.
            "ALTER TABLE changegate_event ALTER COLUMN body SET DATA TYPE VARCHAR",
            "ALTER TABLE changegate_change DROP COLUMN IF EXISTS settled");

    /** Each ends as the list is sorted: H2 1.4 goes along an index only in its own direction. */
    private static final List<String> INDICES = List.of(
            "CREATE INDEX IF NOT EXISTS changegate_state ON changegate_change (state, controller)",
            "CREATE INDEX IF NOT EXISTS changegate_target_ended"
                    + " ON changegate_change (service, environment, outcome, ended DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_target_number"
                    + " ON changegate_change (service, environment, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_service ON changegate_change (service, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_environment ON changegate_change (environment, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_model ON changegate_change (model, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_decision ON changegate_change (decision, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_outcome ON changegate_change (outcome, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_controller ON changegate_change (controller, number DESC)");

    private static final List<String> PROMOTIONS = List.of(
            "CREATE TABLE IF NOT EXISTS changegate_track (number BIGINT NOT NULL, version CHAR(64) NOT NULL,"
                    + " job VARCHAR(1000) NOT NULL, service VARCHAR(1000) NOT NULL, environment VARCHAR(1000) NOT NULL,"
                    + " head VARCHAR(64) NOT NULL, outcome VARCHAR(30), undone BIGINT NOT NULL, ended BIGINT NOT NULL,"
                    + " PRIMARY KEY (number, version))",
            "CREATE INDEX IF NOT EXISTS changegate_track_ended"
                    + " ON changegate_track (version, service, environment, ended DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_track_job ON changegate_track (job, service, environment)",
            "CREATE TABLE IF NOT EXISTS changegate_promotion (sequence BIGINT PRIMARY KEY, number BIGINT NOT NULL,"
                    + " version CHAR(64) NOT NULL, job VARCHAR(1000) NOT NULL, service VARCHAR(1000) NOT NULL,"
                    + " environment VARCHAR(1000) NOT NULL)",
            "CREATE INDEX IF NOT EXISTS changegate_promotion_route"
                    + " ON changegate_promotion (service, environment, job)");

    private static final List<String> ORIGINS = List.of(
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS job VARCHAR(4000)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS build INT");

    private static final List<String> ORIGIN_INDICES = List.of(
            "CREATE INDEX IF NOT EXISTS changegate_job ON changegate_change (job, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_level ON changegate_change (level, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_type ON changegate_change (type, number DESC)");

    private static final List<String> DEPLOYMENTS = List.of(
            "CREATE TABLE IF NOT EXISTS changegate_deployment (number BIGINT PRIMARY KEY, service VARCHAR(1000) NOT NULL,"
                    + " environment VARCHAR(1000) NOT NULL, base VARCHAR(64) NOT NULL, head VARCHAR(64) NOT NULL,"
                    + " features VARCHAR(2000) NOT NULL, score INT NOT NULL, failed INT NOT NULL,"
                    + " undone BIGINT NOT NULL, ended BIGINT NOT NULL, sequence BIGINT NOT NULL)",
            "CREATE INDEX IF NOT EXISTS changegate_deployment_number ON changegate_deployment (number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_deployment_ended ON changegate_deployment (ended DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_deployment_service"
                    + " ON changegate_deployment (service, ended DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_deployment_recent"
                    + " ON changegate_deployment (service, number DESC)");

    /** Before it nothing was said afterwards, so what the list has tells all. */
    private static final List<String> AFTERWARDS = List.of(
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS failed VARCHAR(3)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS review VARCHAR(3)",
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS doubtful VARCHAR(3)",
            "UPDATE changegate_change SET failed = 'YES', review = 'YES' WHERE outcome = 'UNSUCCESSFUL'",
            "UPDATE changegate_change SET review = 'YES' WHERE decision = 'OVERRIDDEN'"
                    + " OR type = 'EMERGENCY' AND decision IN ('PASSED', 'APPROVED')",
            "CREATE INDEX IF NOT EXISTS changegate_review ON changegate_change (review, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_doubtful ON changegate_change (doubtful, number DESC)",
            "CREATE INDEX IF NOT EXISTS changegate_target_state"
                    + " ON changegate_change (service, environment, state, ended DESC)",
            "DROP INDEX IF EXISTS changegate_target_ended",
            "CREATE INDEX IF NOT EXISTS changegate_deployment_undone ON changegate_deployment (undone)");

    private static final List<String> MEASURES = List.of(
            "CREATE TABLE IF NOT EXISTS changegate_measure (number BIGINT PRIMARY KEY, controller VARCHAR(200) NOT NULL,"
                    + " job VARCHAR(4000) NOT NULL, service VARCHAR(1000) NOT NULL, environment VARCHAR(1000) NOT NULL,"
                    + " tier VARCHAR(20) NOT NULL, type VARCHAR(20) NOT NULL, level VARCHAR(20) NOT NULL,"
                    + " score INT NOT NULL, verdict VARCHAR(20) NOT NULL, decision VARCHAR(20) NOT NULL,"
                    + " opened BIGINT NOT NULL, decided BIGINT NOT NULL, outcome VARCHAR(30) NOT NULL,"
                    + " ended BIGINT NOT NULL, incident INT NOT NULL, undoes BIGINT NOT NULL, age BIGINT NOT NULL,"
                    + " rules VARCHAR NOT NULL, waits VARCHAR NOT NULL, policy VARCHAR(64) NOT NULL)");

    private static final List<String> CONTROLLERS = List.of("CREATE TABLE IF NOT EXISTS changegate_instance"
            + " (name VARCHAR(200) PRIMARY KEY, instance VARCHAR(100) NOT NULL)");

    private static final List<String> PRODUCTS = List.of(
            "ALTER TABLE changegate_change ADD COLUMN IF NOT EXISTS product VARCHAR(1000)",
            "ALTER TABLE changegate_measure ADD COLUMN IF NOT EXISTS product VARCHAR(1000) DEFAULT '' NOT NULL",
            "CREATE INDEX IF NOT EXISTS changegate_product ON changegate_change (product, number DESC)");

    private static void products(Connection connection) throws SQLException {
        Reindexing.products(connection);
        FactReindexing.all(connection);
    }

    private static void begin(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO changegate_ledger"
                + " SELECT 1, 0, 0, ? WHERE NOT EXISTS (SELECT 1 FROM changegate_ledger)")) {
            insert.setString(1, Chain.GENESIS);
            insert.executeUpdate();
        }
    }

    @Override
    public void migrate(Context context) throws SQLException, StoreException {
        try (Statement statement = context.getConnection().createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        work.on(context.getConnection());
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Integer.toString(number));
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public Integer getChecksum() {
        CRC32 sum = new CRC32();
        statements.forEach(sql -> sum.update(sql.getBytes(StandardCharsets.UTF_8)));
        return (int) sum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
