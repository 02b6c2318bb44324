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
    private final SqlWords words;
    private final Map<MigrationRisk, Integer> found = new TreeMap<>();

    private SqlStatement(List<SqlLexer.Token> tokens) {
        this.tokens = tokens;
        this.words = new SqlWords(tokens);
    }

    /**
     * @param created the tables that the same file has created before: nobody waits for those. Gets what this one creates
     * @return what is risky, with the line
     */
    static Map<MigrationRisk, Integer> risks(List<SqlLexer.Token> tokens, Set<String> created) {
        SqlStatement statement = new SqlStatement(tokens);
        String first = statement.words.word(0);
        if (first.equals("grant") || first.equals("revoke") || first.equals("comment")) {
            return Map.of();
        }
        for (int i = 0; i < tokens.size(); i++) {
            statement.look(i);
        }
        String table = statement.words.table();
        if (first.equals("create")
                && statement.words.is(1, "table")
                && !statement.words.is(2, "if")
                && !table.isEmpty()) {
            created.add(table);
        } else if (created.contains(table)) {
            statement.found.keySet().removeIf(risk -> risk.kind() != MigrationRisk.Kind.DESTROYS);
        }
        return statement.found;
    }

    private void find(MigrationRisk risk, int i) {
        found.putIfAbsent(risk, tokens.get(i).line());
    }

    private void look(int i) {
        switch (words.word(i)) {
            case "drop" -> drop(i);
            case "truncate" -> {
                if (!words.is(i + 1, "(")) {
                    find(MigrationRisk.TRUNCATE, i);
                }
            }
            case "delete" -> {
                if (!words.is(i - 1, "on") && (i == 0 || words.is(i + 1, "from")) && isUnbounded(i)) {
                    find(MigrationRisk.DELETE_ALL, i);
                }
            }
            case "update" -> update(i);
            case "rename" -> {
                boolean other = words.is(i + 1, "constraint")
                        || words.is(i + 1, "index")
                        || words.is(i + 1, "key")
                        || words.is(0, "alter", "index");
                if (!other) {
                    find(MigrationRisk.RENAME, i);
                }
            }
            case "sp_rename" -> find(MigrationRisk.RENAME, i);
            case "change" -> {
                if (words.altersTable()) {
                    find(MigrationRisk.RENAME, i);
                    find(MigrationRisk.CHANGE_TYPE, i);
                }
            }
            case "modify" -> find(MigrationRisk.CHANGE_TYPE, i);
            case "alter" -> alter(i);
            case "add" -> add(i);
            case "set" -> {
                if (words.is(i + 1, "not", "null")) {
                    find(MigrationRisk.SET_NOT_NULL, i);
                }
            }
            case "index" -> index(i);
            case "vacuum" -> {
                if (words.has(i, i + NEAR, "full")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "cluster", "reindex" -> {
                if (i == 0 && !words.has(i, i + NEAR, "concurrently")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "refresh" -> {
                if (words.is(i + 1, "materialized", "view") && !words.is(i + 3, "concurrently")) {
                    find(MigrationRisk.REWRITE, i);
                }
            }
            case "lock" -> {
                if (i == 0 || words.is(i + 1, "table") || words.is(i + 1, "tables")) {
                    find(MigrationRisk.LOCK_TABLE, i);
                }
            }
            case "disable" -> {
                if (words.is(i + 1, "trigger")) {
                    find(MigrationRisk.DISABLE_TRIGGER, i);
                }
            }
            default -> {
                // begins nothing that is looked for
            }
        }
    }

    private void drop(int i) {
        switch (words.word(i + 1)) {
            case "database", "schema" -> find(MigrationRisk.DROP_DATABASE, i);
            case "table" -> find(MigrationRisk.DROP_TABLE, i);
            case "column" -> find(MigrationRisk.DROP_COLUMN, i);
            case "partition" -> find(MigrationRisk.DROP_PARTITION, i);
            case "constraint", "primary", "foreign", "check" -> find(MigrationRisk.DROP_CONSTRAINT, i);
            case "index" -> {
                if (!words.is(i + 2, "concurrently")) {
                    find(MigrationRisk.DROP_INDEX, i);
                }
            }
            case "not" -> find(MigrationRisk.DROP_NOT_NULL, i);
            default -> {
                boolean name = !words.word(i + 1).isEmpty() && !NO_COLUMN.contains(words.word(i + 1));
                if (name && words.altersTable() && !words.is(i - 2, "alter") && !words.is(i - 3, "alter", "column")) {
                    find(MigrationRisk.DROP_COLUMN, i);
                }
            }
        }
    }

    /** Whether no condition says which rows, or one that every row meets. */
    private boolean isUnbounded(int from) {
        int where = from;
        while (where < tokens.size() && !words.is(where, "where")) {
            where++;
        }
        boolean any = words.is(where + 1, "true") || words.is(where + 1, "1", "=", "1");
        return where >= tokens.size() || any;
    }

    private void update(int i) {
        boolean other = Set.of("on", "for", "do", "key", "no", "after", "before", "or", ",")
                .contains(words.word(i - 1));
        if (!other && words.has(i, i + NEAR, "set") && isUnbounded(i)) {
            find(MigrationRisk.UPDATE_ALL, i);
        }
    }

    private void alter(int i) {
        int column = words.is(i + 1, "column") ? i + 2 : i + 1;
        boolean type = words.is(column + 1, "type") || words.is(column + 1, "set", "data", "type");
        boolean other = Set.of("set", "drop", "add", "reset", "restart", "").contains(words.word(column + 1));
        // SQL Server and others write the new type without a word before it.
        if (i > 0 && type && !words.is(column, "type") || words.is(i + 1, "column") && !other) {
            find(MigrationRisk.CHANGE_TYPE, i);
        }
    }

    private void add(int i) {
        int end = words.end(i);
        boolean inTable = words.altersTable() || i == 0;
        boolean column = words.is(i + 1, "column")
                || inTable
                        && !NO_COLUMN.contains(words.word(i + 1))
                        && !words.word(i + 1).isEmpty();
        boolean constraint = Set.of("constraint", "primary", "foreign", "unique", "check", "exclude")
                .contains(words.word(i + 1));
        if (constraint || column) {
            boolean checked = words.has(i, end, "check")
                    || words.has(i, end, "foreign", "key")
                    || words.has(i, end, "references");
            boolean unique =
                    words.has(i, end, "unique") || words.has(i, end, "primary", "key") || words.has(i, end, "exclude");
            if (checked && !words.has(i, end, "not", "valid") || unique && !words.has(i, end, "using", "index")) {
                find(MigrationRisk.ADD_CONSTRAINT, i);
            }
        }
        if (column) {
            column(i, end);
        }
    }

    private void column(int i, int end) {
        boolean filled = words.has(i, end, "default")
                || words.has(i, end, "generated")
                || words.has(i, end, "identity")
                || words.has(i, end, "auto_increment")
                || tokens.subList(i, end).stream().anyMatch(t -> SERIAL.contains(t.text()));
        if (words.has(i, end, "not", "null") && !filled) {
            find(MigrationRisk.ADD_NOT_NULL, i);
        }
        for (int at = i; at < end; at++) {
            boolean computed = words.is(at, "default") && isCall(at + 1)
                    || SERIAL.contains(words.word(at))
                    || words.is(at, "stored");
            if (computed) {
                find(MigrationRisk.ADD_VOLATILE_DEFAULT, i);
            }
        }
    }

    /** Whether a function is called there, in brackets or not, whose value may differ from row to row. */
    private boolean isCall(int i) {
        int at = i;
        while (words.is(at, "(")) {
            at++;
        }
        while (words.is(at + 1, ".")) {
            at += 2;
        }
        return words.is(at + 1, "(") && !STABLE.contains(words.word(at));
    }

    private void index(int i) {
        boolean created = words.has(0, i, "create") && i <= 4;
        boolean added = words.is(i - 1, "add");
        boolean online = words.is(i + 1, "concurrently")
                || words.has(i, tokens.size(), "online")
                || words.has(i, tokens.size(), "lock", "=", "none");
        if ((created || added) && !online) {
            find(MigrationRisk.CREATE_INDEX, i);
        }
    }
}
