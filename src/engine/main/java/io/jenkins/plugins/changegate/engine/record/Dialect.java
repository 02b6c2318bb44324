package io.jenkins.plugins.changegate.engine.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What H2 and PostgreSQL do not do alike. */
enum Dialect {
    H2 {
        @Override
        String name(String text) {
            return text;
        }

        /** H2 1.4 sorts all that a condition matches, unless it reads them by an index of the same order. */
        @Override
        String by(String index) {
            return " USE INDEX (" + index + ")";
        }

        @Override
        void search(Connection connection) {
            // It is told the index.
        }
    },

    POSTGRESQL {
        /** Its texts hold every character but NUL. */
        @Override
        String name(String text) {
            return text.replace("\\", "\\\\").replace("\0", "\\0");
        }

        @Override
        String by(String index) {
            return "";
        }

        /** A plan made once for all services goes through all changes of one that has very many. */
        @Override
        void search(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            }
        }
    };

    /**
     * Returns the one of a database.
     *
     * @throws SQLException if it is neither of these
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default -> throw new SQLException(product + " is neither H2 nor PostgreSQL");
        };
    }

    /** Returns a name of somebody else's as a column holds it; no two names give the same. */
    abstract String name(String text);

    /** Returns what follows a table's name in a query that is to read by an index. */
    abstract String by(String index);

    /** Prepares a transaction for queries whose best way depends on what is looked for. */
    abstract void search(Connection connection) throws SQLException;

    /** Returns the name that a column holds. */
    String read(String column) {
        if (column.indexOf('\\') < 0 || this == H2) {
            return column;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < column.length(); i++) {
            char next = column.charAt(i);
            if (next != '\\') {
                name.append(next);
            } else if (++i < column.length()) {
                name.append(column.charAt(i) == '0' ? '\0' : column.charAt(i));
            }
        }
        return name.toString();
    }
}
