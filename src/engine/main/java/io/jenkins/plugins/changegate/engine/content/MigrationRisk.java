package io.jenkins.plugins.changegate.engine.content;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a statement of a schema migration does that a deployment may not survive. The statements are those that the
 * linters squawk (PostgreSQL) and strong_migrations (Rails) warn of.
 */
public enum MigrationRisk {
    DROP_DATABASE(
            Kind.DESTROYS, "drops a database or schema with everything in it; rename it first, and drop it later"),
    DROP_TABLE(Kind.DESTROYS, "drops a table and its data; stop using it first, and keep a copy"),
    DROP_COLUMN(Kind.DESTROYS, "drops a column and its data; stop reading and writing it in an earlier deployment"),
    DROP_PARTITION(Kind.DESTROYS, "drops a partition and its data; detach it first, and keep a copy"),
    DROP_CONSTRAINT(Kind.DESTROYS, "drops a constraint; what it kept out can come in, and then it cannot be put back"),
    TRUNCATE(Kind.DESTROYS, "empties a table; keep a copy"),
    DELETE_ALL(Kind.DESTROYS, "deletes every row; say which with WHERE, and delete in batches"),
    UPDATE_ALL(Kind.DESTROYS, "overwrites every row; say which with WHERE, and update in batches"),
    RENAME(Kind.BREAKS, "renames a table or column that the running version uses; add the new name beside the old one"),
    ADD_NOT_NULL(
            Kind.BREAKS,
            "adds a column that may not be null and has no default; add a default, or the constraint later"),
    DROP_NOT_NULL(Kind.BREAKS, "lets a column be null; what reads it must be ready for that first"),
    DISABLE_TRIGGER(Kind.BREAKS, "switches triggers off; what they keep right can go wrong meanwhile"),
    CHANGE_TYPE(Kind.LOCKS, "changes a column's type, which may rewrite the table; add another column and move over"),
    ADD_CONSTRAINT(Kind.LOCKS, "adds a constraint that is checked at once; add it NOT VALID and validate it later"),
    SET_NOT_NULL(Kind.LOCKS, "forbids null, for which the table is read while it is locked; validate a check first"),
    ADD_VOLATILE_DEFAULT(
            Kind.LOCKS,
            "adds a column with a value computed for each row, which rewrites the table; fill it in batches"),
    CREATE_INDEX(Kind.LOCKS, "builds an index while writes wait; create it CONCURRENTLY, or online"),
    DROP_INDEX(Kind.LOCKS, "drops an index while reads and writes wait; drop it CONCURRENTLY"),
    REWRITE(Kind.LOCKS, "rewrites a table or index while it is locked; do it outside of a deployment, or CONCURRENTLY"),
    LOCK_TABLE(Kind.LOCKS, "locks a table itself");

    /** What comes of it. */
    public enum Kind {
        /** Data is gone, or what kept it right; an older version does not bring it back. */
        DESTROYS,
        /** What runs now may fail, because it expects what was there before. */
        BREAKS,
        /** Reads or writes may wait while it runs. */
        LOCKS
    }

    private final Kind kind;
    private final String because;

    MigrationRisk(Kind kind, String because) {
        this.kind = kind;
        this.because = because;
    }

    /** Returns its name as it is written in a condition. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what comes of it. */
    public Kind kind() {
        return kind;
    }

    /** Returns what the statement does, and what is safer: the rest of a sentence that begins with its place. */
    public String because() {
        return because;
    }

    /** Returns the words that a condition may name risks by: kinds, then risks. */
    public static List<String> words() {
        return Stream.concat(
                        Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)),
                        Arrays.stream(values()).map(MigrationRisk::key))
                .toList();
    }

    /** Returns the risks that a condition's word names; none if it is no such word. */
    public static Set<MigrationRisk> named(String word) {
        EnumSet<MigrationRisk> named = EnumSet.noneOf(MigrationRisk.class);
        Arrays.stream(values())
                .filter(risk -> risk.key().equals(word)
                        || risk.kind.name().toLowerCase(Locale.ROOT).equals(word))
                .forEach(named::add);
        return named;
    }
}
