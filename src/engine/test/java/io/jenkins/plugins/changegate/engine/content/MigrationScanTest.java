package io.jenkins.plugins.changegate.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What schema migrations do is found in their added lines, and nothing that a database would run is hidden. */
class MigrationScanTest {

    private static final long SEED = 815;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DROP SCHEMA s CASCADE | drop-database",
                "drop database if exists d | drop-database",
                "DROP TABLE IF EXISTS a.t | drop-table",
                "ALTER TABLE t DROP COLUMN c | drop-column",
                "ALTER TABLE t DROP c, DROP IF EXISTS d | drop-column",
                "ALTER TABLE t DROP PARTITION p | drop-partition",
                "ALTER TABLE t DROP CONSTRAINT k | drop-constraint",
                "ALTER TABLE t ALTER COLUMN c DROP DEFAULT | ",
                "ALTER TABLE t ALTER c DROP NOT NULL | drop-not-null",
                "TRUNCATE TABLE t | truncate",
                "SELECT truncate(1.5, 1) | ",
                "DELETE FROM t | delete-all",
                "DELETE FROM t WHERE true | delete-all",
                "DELETE FROM t WHERE id = 1 | ",
                "ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES b (c) ON DELETE CASCADE NOT VALID | ",
                "UPDATE t SET c = 1 | update-all",
                "UPDATE t SET c = 1 WHERE d IS NULL | ",
                "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET c = 1 | ",
                "SELECT 1 FROM t FOR UPDATE | ",
                "ALTER TABLE t RENAME COLUMN a TO b | rename",
                "ALTER TABLE t RENAME TO u | rename",
                "ALTER TABLE t RENAME CONSTRAINT a TO b | ",
                "ALTER TABLE t ADD COLUMN c int | ",
                "ALTER TABLE t ADD c int NOT NULL | add-not-null",
                "ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0, ADD d int | ",
                "ALTER TABLE t ADD COLUMN c int, ADD d numeric(3, 1) NOT NULL | add-not-null",
                "ALTER TABLE t ADD COLUMN c timestamp DEFAULT now() | ",
                "ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid() | add-volatile-default",
                "ALTER TABLE t ADD COLUMN c bigserial | add-volatile-default",
                "ALTER TABLE t DISABLE TRIGGER ALL | disable-trigger",
                "ALTER TABLE t ALTER COLUMN c TYPE text | change-type",
                "ALTER TABLE t ALTER c SET DATA TYPE text | change-type",
                "ALTER TABLE t ALTER COLUMN c varchar(20) | change-type",
                "ALTER TABLE t MODIFY c bigint | change-type",
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 1 | ",
                "ALTER TABLE t ADD CONSTRAINT k CHECK (c > 0) | add-constraint",
                "ALTER TABLE t ADD CONSTRAINT k CHECK (c > 0) NOT VALID | ",
                "ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i | ",
                "ALTER TABLE t ADD UNIQUE (c) | add-constraint",
                "ALTER TABLE t ALTER COLUMN c SET NOT NULL | set-not-null",
                "CREATE UNIQUE INDEX i ON t (c) | create-index",
                "CREATE INDEX CONCURRENTLY i ON t (c) | ",
                "DROP INDEX i | drop-index",
                "DROP INDEX CONCURRENTLY i | ",
                "VACUUM FULL t | rewrite",
                "VACUUM t | ",
                "LOCK TABLE t IN ACCESS EXCLUSIVE MODE | lock-table",
                "CREATE TABLE t (a int NOT NULL UNIQUE, b int REFERENCES c (d) ON UPDATE CASCADE) | ",
                "CREATE TABLE t (a int); CREATE INDEX i ON t (a); ALTER TABLE t ADD UNIQUE (a) | ",
                "CREATE TABLE IF NOT EXISTS t (a int); CREATE INDEX i ON t (a) | create-index",
                "CREATE TABLE t (a int); DROP TABLE t | drop-table",
                "GRANT DELETE, TRUNCATE, UPDATE ON t TO u | ",
                "COMMENT ON COLUMN t.c IS 'DROP TABLE t' | ",
                "INSERT INTO log VALUES ('we drop table x; and more') | ",
                "-- it's #1: DROP TABLE t | ",
                "---- DROP TABLE t | ",
                "INSERT INTO t VALUES (ARRAY['drop table t', 'b']) | ",
                "/* DROP TABLE t */ SELECT 1 | ",
                "CREATE FUNCTION f() RETURNS void AS $x$ DELETE FROM t; $x$ LANGUAGE sql | ",
            })
    void statementDoesWhatIsSaid(String sql, String risk) {
        assertThat(found("db/V1.sql", 1, sql).keySet()).isEqualTo(risk == null ? Set.of() : Set.of(risk));
        assertThat(found("db/V1.sql", 1, "SELECT ';';\n" + sql.toLowerCase() + ";")
                        .keySet())
                .isEqualTo(risk == null ? Set.of() : Set.of(risk));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT '\\'; DROP TABLE t; --'",
                "/* /* */ DROP TABLE t; */",
                "/*! DROP TABLE t */",
                "DO $$ BEGIN DROP TABLE t; END $$",
                "do $x$ begin execute 'drop table t'; end $x$",
                "DELIMITER $$\nDROP TABLE t$$",
                "SELECT q'[it's]'; DROP TABLE t; --'",
                "SELECT \"\n\"; DROP TABLE t; --\"",
                "SELECT $1$2; DROP TABLE t; $2",
                "ALTER TABLE t ADD \"a\nb\" int; DROP TABLE \"c\"",
                "# it's\nDROP TABLE t; -- '",
                "SELECT 5--'\n'; DROP TABLE t; --'",
                "/*! it's */ DROP TABLE t; --'",
                "/* /* */ ' */ DROP TABLE t; --'",
                "SELECT 1 $a$; DROP TABLE t; SELECT 1 $a$;",
                "SELECT `; DROP TABLE t; `",
                "SELECT [it's]; DROP TABLE t; --'",
                "DROP\n\tTABLE t",
                "DROP /* really */ TABLE t",
                "SELECT '''; '; DROP TABLE t",
                "drop table \"t\"\"; \"",
            })
    void nothingThatADatabaseWouldRunIsHidden(String sql) {
        assertThat(found("V1.SQL", 1, sql)).containsKey("drop-table");
    }

    @Test
    void linesAddedToAFileThatWasThereMayBeginWithinATextOrAComment() {
        assertThat(found("V1.sql", 7, "'; DROP TABLE t; --'")).containsKey("drop-table");
        assertThat(found("V1.sql", 7, "*/ DROP TABLE t; /*")).containsKey("drop-table");
        assertThat(found("V1.sql", 7, "  DROP COLUMN c,")).containsKey("drop-column");
    }

    @Test
    void placesAreThoseOfTheStatements() {
        assertThat(found("V1.sql", 1, "-- one\nSELECT 1;\nALTER TABLE t\n  DROP COLUMN c;\nDROP TABLE t;"))
                .isEqualTo(Map.of("drop-column", List.of("V1.sql:4"), "drop-table", List.of("V1.sql:5")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "db/migrate/1_a.rb | remove_column :users, :name | drop-column",
                "db/migrate/1_a.rb | add_index :users, :name | create-index",
                "db/migrate/1_a.rb | add_index :users, :name,\\n  algorithm: :concurrently | ",
                "db/migrate/1_a.rb | create_table :users do \\nend\\nadd_index :users, :name | ",
                "db/migrate/1_a.rb | add_column :users, :age, :int, null: false | add-not-null",
                "db/migrate/1_a.rb | add_column :users, :age, :int, null: false, default: 0 | ",
                "db/migrate/1_a.rb | def down\\n  drop_table :users\\nend | ",
                "db/migrate/1_a.rb | def down\\nend\\ndef up\\n  drop_table :users\\nend | drop-table",
                "db/migrate/1_a.rb | execute 'TRUNCATE users' | truncate",
                "db/migrate/1_a.rb | change_column_null :users, :age, false | set-not-null",
                "alembic/versions/1.py | op.alter_column('users', 'age',\\n    type_=sa.BigInteger()) | change-type",
                "alembic/versions/1.py | op.add_column('t', sa.Column('c', sa.Int, nullable=False)) | add-not-null",
                "alembic/versions/1.py | def downgrade():\\n    op.drop_table('t')\\n\\ndef x():\\n    pass | ",
                "alembic/versions/1.py | def downgrade():\\n    pass\\nop.drop_table('t') | drop-table",
                "shop/migrations/0002.py | migrations.RemoveField(model_name='a', name='b') | drop-column",
                "liquibase/1.xml | <dropColumn tableName=\"t\" columnName=\"c\"/> | drop-column",
                "liquibase/1.xml | <rollback>\\n  <dropTable tableName=\"t\"/>\\n</rollback> | ",
                "liquibase/1.xml | <sql>DELETE FROM t</sql> | delete-all",
                "db/changelog/1.yaml | - dropTable:\\n    tableName: t | drop-table",
                "src/App.py | op.drop_table('t') | ",
                "docs/V1.sql.md | DROP TABLE t | ",
            })
    void scriptsAreReadRoughly(String path, String script, String risk) {
        assertThat(found(path, 1, script.replace("\\n", "\n")).keySet())
                .isEqualTo(risk == null ? Set.of() : Set.of(risk));
    }

    /** Whatever is written around it, a statement of its own is found. */
    @Test
    void randomTextEndsAndHidesNoStatementAfterIt() {
        Random random = new Random(SEED);
        String[] pieces = {
            "DROP",
            " ",
            "TABLE",
            "'",
            "\"",
            "`",
            "$$",
            "$a$",
            "--",
            "/*",
            "*/",
            "\n",
            ";",
            "\\",
            "(",
            ")",
            ",",
            "ALTER TABLE t ",
            "ADD",
            "create index",
            "where",
            "DO ",
            "q'[",
            "x",
            "\u2028",
            "\ud83d"
        };
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n >= 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            assertThat(found("V1.sql", 1, text.toString())).isNotNull();
            assertThat(found("V1.sql", 9, text + ";\nTRUNCATE t;"))
                    .as(text.toString())
                    .containsKey("truncate");
            assertThat(found("db/migrate/1.rb", 1, text.toString())).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index ",
                "'",
                "$",
                "$a",
                "\"\n",
                "/*",
                "add column default ",
                "x.",
                "(",
                "a,",
                "do $$",
                "create index on "
            })
    void textMadeToKeepTheScanBusyEnds(String piece) {
        assertThat(found("V1.sql", 1, piece.repeat(200_000 / piece.length()))).isNotNull();
    }

    @Test
    void moreTextThanIsKeptIsNotTheWhole() {
        MigrationScan scan = new MigrationScan();
        String line = "x".repeat(60_000);
        for (int i = 1; i < 100; i++) {
            scan.line("V1.sql", true, i, line);
        }
        assertThat(scan.whole()).isFalse();
    }

    private static Map<String, List<String>> found(String path, int firstLine, String text) {
        MigrationScan scan = new MigrationScan();
        int number = firstLine;
        for (String line : text.split("\n", -1)) {
            scan.line(path, true, number++, line);
        }
        return scan.result().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().key(), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
