package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what is risky about a migration that is no SQL, by the names of what it calls: of Rails, Alembic and Django, and
 * of Liquibase in XML, YAML and JSON. Roughly: it is read line by line, and what takes the migration back is left out
 * where that is certain.
 */
final class SchemaScript {

    private static final Map<MigrationRisk, Pattern> CALLS = new EnumMap<>(Map.ofEntries(
            call(MigrationRisk.DROP_TABLE, "drop_table|drop_join_table|DeleteModel|dropTable"),
            call(
                    MigrationRisk.DROP_COLUMN,
                    "remove_columns?|remove_reference|remove_belongs_to|remove_timestamps|drop_column|RemoveField|dropColumn"),
            call(
                    MigrationRisk.DROP_CONSTRAINT,
                    "remove_foreign_key|remove_check_constraint|drop_constraint|RemoveConstraint|dropForeignKeyConstraint|dropAllForeignKeyConstraints|dropUniqueConstraint|dropPrimaryKey"),
            call(MigrationRisk.DROP_INDEX, "remove_index|drop_index|RemoveIndex|dropIndex"),
            call(
                    MigrationRisk.RENAME,
                    "rename_column|rename_table|RenameField|RenameModel|AlterModelTable|renameColumn|renameTable|new_column_name"),
            call(MigrationRisk.CHANGE_TYPE, "change_column|AlterField|modifyDataType"),
            call(MigrationRisk.SET_NOT_NULL, "change_column_null|addNotNullConstraint"),
            call(MigrationRisk.DROP_NOT_NULL, "dropNotNullConstraint"),
            call(
                    MigrationRisk.CREATE_INDEX,
                    "add_index|add_reference|add_belongs_to|create_index|AddIndex|createIndex"),
            call(
                    MigrationRisk.ADD_CONSTRAINT,
                    "add_foreign_key|add_check_constraint|create_foreign_key|create_check_constraint|create_unique_constraint|create_primary_key|AddConstraint|addForeignKeyConstraint|addUniqueConstraint|addPrimaryKey|addCheckConstraint"),
            call(MigrationRisk.ADD_NOT_NULL, "add_column"),
            call(MigrationRisk.DELETE_ALL, "delete_all|destroy_all"),
            call(MigrationRisk.UPDATE_ALL, "update_all")));

    /** What makes a call harmless, if it is written with it. */
    private static final Map<MigrationRisk, Pattern> HARMLESS = new EnumMap<>(Map.of(
            MigrationRisk.CREATE_INDEX, Pattern.compile("(?i)concurrently"),
            MigrationRisk.DROP_INDEX, Pattern.compile("(?i)concurrently"),
            MigrationRisk.SET_NOT_NULL, Pattern.compile(",\\s*true\\b"),
            MigrationRisk.ADD_CONSTRAINT, Pattern.compile("validate: *false|not_valid *= *True")));

    private static final Pattern NOT_NULL = Pattern.compile("null: *false|nullable *= *False");
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\b *[:=]|server_default");
    private static final Pattern NULLABLE = Pattern.compile("nullable *= *False");
    private static final Pattern TYPE = Pattern.compile("\\btype_ *=");
    private static final Pattern BACK =
            Pattern.compile("^\\s*(?:def (?:self\\.)?(?:down|downgrade)\\b|-?\\s*\"?rollback\"?\\s*:|<rollback)");
    private static final Pattern COMMENT = Pattern.compile("^\\s*#");
    private static final Pattern NEW_TABLE = Pattern.compile("\\bcreate_table\\b[\\s(]*[:\"']([\\w.]+)");
    private static final Pattern TABLE =
            Pattern.compile("\\b\\w+[\\s(]+[:\"']([\\w.]+)[\"']?(?:,\\s*[:\"']([\\w.]+))?");

    /** How many lines one call may take. */
    private static final int CALL = 12;

    private SchemaScript() {}

    private static Map.Entry<MigrationRisk, Pattern> call(MigrationRisk risk, String names) {
        return Map.entry(risk, Pattern.compile("\\b(?:" + names + ")\\b"));
    }

    /**
     * @param firstLine the number of its first line
     * @return what is risky, with the first line of each
     */
    static Map<MigrationRisk, Integer> risks(String script, int firstLine) {
        Map<MigrationRisk, Integer> found = new TreeMap<>();
        List<String> lines = script.lines().map(SchemaScript::bounded).toList();
        Set<String> created = new HashSet<>();
        int back = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || COMMENT.matcher(line).find()) {
                continue;
            }
            int indent = indent(line);
            if (back >= 0 && indent > back && !line.strip().startsWith("def ") && !line.contains("</rollback")) {
                continue;
            }
            back = BACK.matcher(line).find() ? indent : -1;
            look(lines, i, firstLine, created, found);
        }
        return found;
    }

    private static String bounded(String line) {
        return line.length() > LineManifest.LONGEST ? line.substring(0, LineManifest.LONGEST) : line;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static void look(
            List<String> lines, int i, int firstLine, Set<String> created, Map<MigrationRisk, Integer> found) {
        String line = lines.get(i);
        Matcher newTable = NEW_TABLE.matcher(line);
        if (newTable.find()) {
            created.add(newTable.group(1));
        }
        String call = null;
        for (Map.Entry<MigrationRisk, Pattern> entry : CALLS.entrySet()) {
            if (!entry.getValue().matcher(line).find()) {
                continue;
            }
            call = call == null ? call(lines, i) : call;
            Matcher table = TABLE.matcher(line);
            boolean fresh = table.find()
                    && (created.contains(table.group(1)) || created.contains(table.group(2)))
                    && entry.getKey().kind() != MigrationRisk.Kind.DESTROYS;
            if (!fresh && !isHarmless(entry.getKey(), call)) {
                found.putIfAbsent(entry.getKey(), firstLine + i);
            }
        }
        if (line.contains("alter_column")) {
            call = call(lines, i);
            if (NULLABLE.matcher(call).find()) {
                found.putIfAbsent(MigrationRisk.SET_NOT_NULL, firstLine + i);
            }
            if (TYPE.matcher(call).find()) {
                found.putIfAbsent(MigrationRisk.CHANGE_TYPE, firstLine + i);
            }
        }
    }

    private static boolean isHarmless(MigrationRisk risk, String call) {
        if (risk == MigrationRisk.ADD_NOT_NULL) {
            return !NOT_NULL.matcher(call).find() || DEFAULT.matcher(call).find();
        }
        Pattern harmless = HARMLESS.get(risk);
        return harmless != null && harmless.matcher(call).find();
    }

    /** Returns the line and those that follow, as long as its brackets are open or it ends with a comma. */
    private static String call(List<String> lines, int from) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        for (int i = from; i < Math.min(lines.size(), from + CALL); i++) {
            String line = lines.get(i);
            parts.add(line);
            depth += line.chars().map(c -> c == '(' ? 1 : c == ')' ? -1 : 0).sum();
            if (depth <= 0 && !line.stripTrailing().endsWith(",")) {
                break;
            }
        }
        return String.join("\n", parts);
    }
}
