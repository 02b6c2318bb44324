package io.jenkins.plugins.changegate.engine.content;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds in the added lines of schema migrations what destroys data, breaks what runs, or locks. For one change; not
 * thread-safe.
 */
final class MigrationScan {

    private static final Pattern DIRECTORY = Pattern.compile(
            "(?:^|/)(?:migrations?|migrate|alembic|liquibase|flyway|changelogs?)(?:/|$)|(?:^|/)(?:db\\.)?changelog[^/]*$");

    private static final Pattern SCRIPT = Pattern.compile("(?i)\\.(rb|py|xml|ya?ml|json)$");

    /** Texts in a script that are run as SQL; then all of the script is read as such. */
    private static final Pattern RUNS_SQL =
            Pattern.compile("(?i)\\bexecute|\\bRunSQL\\b|<sql\\b|\\bsql\\s*:|\"sql\"|text\\s*\\(");

    /** Pathspecs of git that match at least what {@link #isMigration} knows. */
    static final List<String> PATHSPECS = List.of(
            ":(top,glob)**/*.[sS][qQ][lL]",
            ":(top,glob)**/*.[rR][bB]",
            ":(top,glob)**/*.[pP][yY]",
            ":(top,glob)**/*.[xX][mM][lL]",
            ":(top,glob)**/*.[yY][mM][lL]",
            ":(top,glob)**/*.[yY][aA][mM][lL]",
            ":(top,glob)**/*.[jJ][sS][oO][nN]");

    private static final int PLACES = 5;

    /** So much text of migrations is kept and looked at, in characters. */
    private static final int KEPT = 4 << 20;

    private final Map<String, List<Piece>> files = new LinkedHashMap<>();
    private long kept;

    /** Lines that follow one another. */
    private static final class Piece {
        private final int first;
        private final StringBuilder text = new StringBuilder();
        private int next;

        Piece(int first) {
            this.first = first;
            this.next = first;
        }
    }

    /** Whether a file is a schema migration, by its name. */
    static boolean isMigration(String path) {
        return isSql(path)
                || SCRIPT.matcher(path).find() && DIRECTORY.matcher(path).find();
    }

    private static boolean isSql(String path) {
        return path.regionMatches(true, path.length() - 4, ".sql", 0, 4);
    }

    void line(String path, boolean added, int number, String text) {
        if (!added || !isMigration(path)) {
            return;
        }
        kept += text.length() + 1;
        if (kept > KEPT) {
            return;
        }
        List<Piece> pieces = files.computeIfAbsent(path, p -> new ArrayList<>());
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last == null || last.next != number) {
            last = new Piece(number);
            pieces.add(last);
        }
        last.text.append(text).append('\n');
        last.next++;
    }

    /** Whether every line was kept. */
    boolean whole() {
        return kept <= KEPT;
    }

    /** Returns a few places of each risk, as {@code file:line}. */
    Map<MigrationRisk, List<String>> result() {
        Map<MigrationRisk, List<String>> found = new EnumMap<>(MigrationRisk.class);
        files.forEach((path, pieces) -> {
            // A file that was there before may have a text or a comment open where its new lines begin.
            boolean whole = pieces.size() == 1 && pieces.get(0).first == 1;
            Set<String> created = new HashSet<>();
            for (Piece piece : pieces) {
                String text = piece.text.toString();
                boolean sql = isSql(path);
                if (!sql) {
                    SchemaScript.risks(text, piece.first).forEach((risk, line) -> add(found, risk, path, line));
                }
                if (sql || RUNS_SQL.matcher(text).find()) {
                    for (List<SqlLexer.Token> statement : SqlLexer.statements(text, piece.first, sql && whole)) {
                        SqlStatement.risks(statement, sql && whole ? created : new HashSet<>())
                                .forEach((risk, line) -> add(found, risk, path, line));
                    }
                }
            }
        });
        return found;
    }

    private static void add(Map<MigrationRisk, List<String>> found, MigrationRisk risk, String path, int line) {
        List<String> places = found.computeIfAbsent(risk, r -> new ArrayList<>());
        String place = path + ":" + line;
        if (places.size() < PLACES && !places.contains(place)) {
            places.add(place);
        }
    }
}
