package io.jenkins.plugins.changegate.engine.content;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells what is risky about one statement of SQL. For one statement; not thread-safe. */
final class SqlStatement {

    /** What is added to a table or dropped from it besides columns. */
    private static final Set<String> NO_COLUMN = Set.of(
            "constraint",
            "primary",
            "foreign",
            "unique",
            "check",
            "index",
            "key",
            "partition",
            "default",
            "not",
            "expression",
            "identity",
            "fulltext",
            "spatial",
            "exclude",
            "generated",
            "value",
            "attribute",
            "period");

    /** Defaults that PostgreSQL computes once for all rows. */
    private static final Set<String> STABLE = Set.of(
            "now",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtimestamp",
            "localtime",
            "transaction_timestamp",
            "statement_timestamp",
            "getdate",
            "sysdate",
            "getutcdate");

    private static final Set<String> SERIAL = Set.of("serial", "bigserial", "smallserial");

    /** How far what belongs to a word may be from it, in words. */
    private static final int NEAR = 12;

    private final List<SqlLexer.Token> tokens;
    private final Map<MigrationRisk, Integer> found = new TreeMap<>();

    private SqlStatement(List<SqlLexer.Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * @param created the tables that the same file has created before: nobody waits for those. Gets what this one creates
     * @return what is risky, with the line
     */
    static Map<MigrationRisk, Integer> risks(List<SqlLexer.Token> tokens, Set<String> created) {
        SqlStatement statement = new SqlStatement(tokens);
        String first = statement.word(0);
        if (first.equals("grant") || first.equals("revoke") || first.equals("comment")) {
            return Map.of();
        }
        for (int i = 0; i < tokens.size(); i++) {
            statement.look(i);
        }
        String table = statement.table();
        if (first.equals("create") && statement.is(1, "table") && !statement.is(2, "if") && !table.isEmpty()) {
            created.add(table);
        } else if (created.contains(table)) {
            statement.found.keySet().removeIf(risk -> risk.kind() != MigrationRisk.Kind.DESTROYS);
        }
        return statement.found;
    }

    private String word(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).text() : "";
    }

    private boolean is(int i, String... words) {
        for (int n = 0; n < words.length; n++) {
            if (!word(i + n).equals(words[n])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the words follow somewhere, before an end. */
    private boolean has(int from, int to, String... words) {
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            if (is(i, words)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the table that is created, altered or indexed, without its schema; empty if none is. */
    private String table() {
        int at = -1;
        if (is(0, "create", "table") || is(0, "alter", "table")) {
            at = 2;
        } else if (word(0).equals("create") && has(1, 3, "index")) {
            at = 1;
            while (at < tokens.size() && !is(at, "on")) {
                at++;
            }
            at++;
        }
        while (is(at, "if") || is(at, "not") || is(at, "exists") || is(at, "only")) {
            at++;
        }
        while (at > 0 && is(at + 1, ".")) {
            at += 2;
        }
        return at > 0 && at < tokens.size() ? tokens.get(at).name() : "";
    }

    /** Anywhere: before it there may be words of a comment that could not be told from code. */
    private boolean altersTable() {
        return has(0, tokens.size(), "alter", "table");
    }

    private void find(MigrationRisk risk, int i) {
        found.putIfAbsent(risk, tokens.get(i).line());
    }

    private void look(int i) {
        switch (word(i)) {
            case "drop" -> drop(i);
            case "truncate" -> {
                if (!is(i + 1, "(")) {
                    find(MigrationRisk.TRUNCATE, i);
                }
            }
            case "delete" -> {
                if (!is(i - 1, "on") && (i == 0 || is(i + 1, "from")) && isUnbounded(i)) {
                    find(MigrationRisk.DELETE_ALL, i);
                }
            }
            case "update" -> update(i);
            case "rename" -> {
                boolean other =
                        is(i + 1, "constraint") || is(i + 1, "index") || is(i + 1, "key") || is(0, "alter", "index");
                if (!other) {
                    find(MigrationRisk.RENAME, i);
                }
            }
            case "sp_rename" -> find(MigrationRisk.RENAME, i);
            case "change" -> {
                if (altersTable()) {
                    find(MigrationRisk.RENAME, i);
                    find(MigrationRisk.CHANGE_TYPE, i);
                }
            }
            case "modify" -> find(MigrationRisk.CHANGE_TYPE, i);
            case "alter" -> alter(i);
            case "add" -> add(i);
            case "set" -> {
                if (is(i + 1, "not", "null")) {
                    find(MigrationRisk.SET_NOT_NULL, i);
                }
            }
            case "index" -> index(i);
            case "vacuum" -> {
                if (has(i, i + NEAR, "full")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "cluster", "reindex" -> {
                if (i == 0 && !has(i, i + NEAR, "concurrently")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "refresh" -> {
                if (is(i + 1, "materialized", "view") && !is(i + 3, "concurrently")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "lock" -> {
                if (i == 0 || is(i + 1, "table") || is(i + 1, "tables")) {
                    find(MigrationRisk.LOCK_TABLE, i);
                }
            }
            case "disable" -> {
                if (is(i + 1, "trigger")) {
                    find(MigrationRisk.DISABLE_TRIGGER, i);
                }
            }
            default -> {
                // begins nothing that is looked for
            }
        }
    }

    private void drop(int i) {
        switch (word(i + 1)) {
            case "database", "schema" -> find(MigrationRisk.DROP_DATABASE, i);
            case "table" -> find(MigrationRisk.DROP_TABLE, i);
            case "column" -> find(MigrationRisk.DROP_COLUMN, i);
            case "partition" -> find(MigrationRisk.DROP_PARTITION, i);
            case "constraint", "primary", "foreign", "check" -> find(MigrationRisk.DROP_CONSTRAINT, i);
            case "index" -> {
                if (!is(i + 2, "concurrently")) {
                    find(MigrationRisk.DROP_INDEX, i);
                }
            }
            case "not" -> find(MigrationRisk.DROP_NOT_NULL, i);
            default -> {
                boolean name = !word(i + 1).isEmpty() && !NO_COLUMN.contains(word(i + 1));
                if (name && altersTable() && !is(i - 2, "alter") && !is(i - 3, "alter", "column")) {
                    find(MigrationRisk.DROP_COLUMN, i);
                }
            }
        }
    }

    /** Whether no condition says which rows, or one that every row meets. */
    private boolean isUnbounded(int from) {
        int where = from;
        while (where < tokens.size() && !is(where, "where")) {
            where++;
        }
        boolean any = is(where + 1, "true") || is(where + 1, "1", "=", "1");
        return where >= tokens.size() || any;
    }

    private void update(int i) {
        boolean other = Set.of("on", "for", "do", "key", "no", "after", "before", "or", ",")
                .contains(word(i - 1));
        if (!other && has(i, i + NEAR, "set") && isUnbounded(i)) {
            find(MigrationRisk.UPDATE_ALL, i);
        }
    }

    private void alter(int i) {
        int column = is(i + 1, "column") ? i + 2 : i + 1;
        boolean type = is(column + 1, "type") || is(column + 1, "set", "data", "type");
        boolean other = Set.of("set", "drop", "add", "reset", "restart", "").contains(word(column + 1));
        // SQL Server and others write the new type without a word before it.
        if (i > 0 && type && !is(column, "type") || is(i + 1, "column") && !other) {
            find(MigrationRisk.CHANGE_TYPE, i);
        }
    }

    private void add(int i) {
        int end = end(i);
        boolean inTable = altersTable() || i == 0;
        boolean column = is(i + 1, "column")
                || inTable && !NO_COLUMN.contains(word(i + 1)) && !word(i + 1).isEmpty();
        boolean constraint = Set.of("constraint", "primary", "foreign", "unique", "check", "exclude")
                .contains(word(i + 1));
        if (constraint || column) {
            boolean checked = has(i, end, "check") || has(i, end, "foreign", "key") || has(i, end, "references");
            boolean unique = has(i, end, "unique") || has(i, end, "primary", "key") || has(i, end, "exclude");
            if (checked && !has(i, end, "not", "valid") || unique && !has(i, end, "using", "index")) {
                find(MigrationRisk.ADD_CONSTRAINT, i);
            }
        }
        if (column) {
            column(i, end);
        }
    }

    private void column(int i, int end) {
        boolean filled = has(i, end, "default")
                || has(i, end, "generated")
                || has(i, end, "identity")
                || has(i, end, "auto_increment")
                || tokens.subList(i, end).stream().anyMatch(t -> SERIAL.contains(t.text()));
        if (has(i, end, "not", "null") && !filled) {
            find(MigrationRisk.ADD_NOT_NULL, i);
        }
        for (int at = i; at < end; at++) {
            boolean computed = is(at, "default") && isCall(at + 1) || SERIAL.contains(word(at)) || is(at, "stored");
            if (computed) {
                find(MigrationRisk.ADD_VOLATILE_DEFAULT, i);
            }
        }
    }

    /** Whether a function is called there, in brackets or not, whose value may differ from row to row. */
    private boolean isCall(int i) {
        int at = i;
        while (is(at, "(")) {
            at++;
        }
        while (is(at + 1, ".")) {
            at += 2;
        }
        return is(at + 1, "(") && !STABLE.contains(word(at));
    }

    /** Returns where a clause ends: at a comma outside of brackets. */
    private int end(int from) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            depth += is(i, "(") ? 1 : is(i, ")") ? -1 : 0;
            if (depth == 0 && is(i, ",")) {
                return i;
            }
        }
        return tokens.size();
    }

    private void index(int i) {
        boolean created = has(0, i, "create") && i <= 4;
        boolean added = is(i - 1, "add");
        boolean online = is(i + 1, "concurrently")
                || has(i, tokens.size(), "online")
                || has(i, tokens.size(), "lock", "=", "none");
        if ((created || added) && !online) {
            find(MigrationRisk.CREATE_INDEX, i);
        }
    }
}
