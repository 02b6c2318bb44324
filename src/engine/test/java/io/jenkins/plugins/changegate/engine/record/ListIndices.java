package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Takes the indices of the list of changes away while very many rows come in, and makes them anew. */
final class ListIndices {

    private record Index(String name, String sql) {}

    private ListIndices() {}

    /** Drops them, all but the primary key, and returns the statements that make them. */
    static List<String> drop(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String query = Dialect.of(connection) == Dialect.H2
                    ? "SELECT index_name, sql FROM information_schema.indexes"
                            + " WHERE table_name = 'CHANGEGATE_CHANGE' AND NOT primary_key AND ordinal_position = 1"
                    : "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
                            + " AND tablename = 'changegate_change' AND indexname NOT LIKE '%_pkey'";
            List<String> statements = new ArrayList<>();
            for (Index index :
                    Statements.select(connection, query, row -> new Index(row.getString(1), row.getString(2)))) {
                Statements.update(connection, "DROP INDEX " + index.name());
                statements.add(index.sql());
            }
            return statements;
        }
    }

    /** Makes them. */
    static void make(DataSource database, List<String> statements) throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (String sql : statements) {
                Statements.update(connection, sql);
            }
        }
    }
}
