package io.jenkins.plugins.changegate.engine.risk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.changegate.engine.delta.AuthorHistory;
import io.jenkins.plugins.changegate.engine.delta.Background;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileHistory;
import io.jenkins.plugins.changegate.engine.delta.SingleCommit;
import io.jenkins.plugins.changegate.engine.delta.Spread;
import io.jenkins.plugins.changegate.engine.delta.Totals;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is known of a change as numbers. A feature that is not known is missing, which is something else than 0: nobody
 * knows how often a file was changed whose history is cut off.
 *
 * @param values the known features; each value is finite and at least 0
 */
public record Features(@JsonValue Map<Feature, Double> values) {

    /** Nothing is known. */
    public static final Features NONE = new Features(Map.of());

    /**
     * @throws IllegalArgumentException if a value is negative, infinite or no number
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Features {
        EnumMap<Feature, Double> copy = new EnumMap<>(Feature.class);
        values.forEach((feature, value) -> {
            if (!Double.isFinite(value) || value < 0) {
                throw new IllegalArgumentException(feature.column() + " is finite and at least 0, not " + value);
            }
            copy.put(feature, value);
        });
        values = Collections.unmodifiableMap(copy);
    }

    /** Returns what the number of lines and files tells. */
    public static Features of(Totals totals) {
        return NONE.with(Feature.LINES_ADDED, totals.added())
                .with(Feature.LINES_DELETED, totals.deleted())
                .with(Feature.FILES, totals.files());
    }

    /**
     * Returns what a difference and the first lines of its commits' messages tell. Over what it is spread is missing if
     * not all of its files are listed, and whether it is a fix if it has no commits.
     */
    public static Features of(Delta delta) {
        Features known = Purpose.with(of(delta.totals()), delta.commits());
        return spread(known, Spread.of(delta.files(), delta.totals()).orElse(null));
    }

    private static Features spread(Features known, Spread spread) {
        return spread == null
                ? known
                : known.with(Feature.DIRECTORIES, spread.directories())
                        .with(Feature.SUBSYSTEMS, spread.subsystems())
                        .with(Feature.ENTROPY, spread.entropy());
    }

    /**
     * Returns what a difference tells, and how large its files were, what happened to them and what its authors did
     * before; that is missing if it is not known.
     */
    public static Features of(Delta delta, Background background) {
        Features known = history(of(delta), background.earlier());
        return background.sizeBefore() == null ? known : known.with(Feature.SIZE_BEFORE, background.sizeBefore());
    }

    /** Returns what the commits of a change tell, each by itself, in order. */
    public static List<Features> ofEach(List<SingleCommit> commits, Delta delta) {
        Map<String, Commit> byId = new HashMap<>();
        delta.commits().forEach(commit -> byId.put(commit.id(), commit));
        return commits.stream()
                .map(each -> {
                    Commit commit = byId.get(each.id());
                    Features size = spread(of(each.totals()), each.spread());
                    return history(Purpose.with(size, commit == null ? List.of() : List.of(commit)), each.earlier());
                })
                .toList();
    }

    private static Features history(Features known, FileHistory history) {
        if (history == null) {
            return known;
        }
        Features more =
                known.with(Feature.EARLIER_CHANGES, history.changes()).with(Feature.EARLIER_AUTHORS, history.authors());
        if (history.age().isPresent()) {
            more = more.with(Feature.AGE, history.age().getAsDouble());
        }
        AuthorHistory authors = history.byAuthors();
        return authors == null
                ? more
                : more.with(Feature.AUTHOR_CHANGES, authors.changes())
                        .with(Feature.AUTHOR_RECENT_CHANGES, authors.recent())
                        .with(Feature.AUTHOR_SUBSYSTEM_CHANGES, authors.inSubsystems());
    }

    /** Returns a feature's value; empty if it is missing. */
    public OptionalDouble value(Feature feature) {
        Double value = values.get(feature);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether a feature is known. */
    public boolean has(Feature feature) {
        return values.containsKey(feature);
    }

    /**
     * Returns these features with one more, or with another value of it.
     *
     * @throws IllegalArgumentException if the value is negative, infinite or no number
     */
    public Features with(Feature feature, double value) {
        EnumMap<Feature, Double> more = new EnumMap<>(Feature.class);
        more.putAll(values);
        more.put(feature, value);
        return new Features(more);
    }

    /** Returns these features without one, which then is missing. */
    public Features without(Feature feature) {
        EnumMap<Feature, Double> fewer = new EnumMap<>(Feature.class);
        fewer.putAll(values);
        fewer.remove(feature);
        return new Features(fewer);
    }
}
