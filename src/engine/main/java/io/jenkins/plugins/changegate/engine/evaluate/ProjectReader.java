package io.jenkins.plugins.changegate.engine.evaluate;

import io.jenkins.plugins.changegate.engine.learn.LabelledChange;
import io.jenkins.plugins.changegate.engine.risk.Feature;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the changes of a project from a table with the columns of {@link Feature}, {@code bug} and {@code split}. */
final class ProjectReader {

    private static final String LABEL = "bug";
    private static final String SPLIT = "split";
    private static final String ID = "commit_id";

    /** The share of changes without a given part that are learnt from: the oldest. */
    private static final double TRAIN = 0.8;

    /** A change and the part it is in; empty if the table does not say. */
    private record Entry(LabelledChange change, String id, String part) {}

    private final Map<Feature, Integer> negative = new EnumMap<>(Feature.class);

    private ProjectReader() {}

    static Project read(Path path) throws DataException {
        return new ProjectReader().project(path);
    }

    /** Returns a file's name without the ending that tells its format. */
    static String name(Path path) {
        return String.valueOf(path.getFileName()).replaceFirst("\\.csv(\\.gz)?$", "");
    }

    private Project project(Path path) throws DataException {
        Table table = Table.read(path);
        if (!table.has(LABEL)) {
            throw new DataException(table.file() + ":1: there is no column '" + LABEL
                    + "'; name the one so that is 1 for a bad change and 0 for another");
        }
        List<Entry> entries = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            entries.add(entry(table, row));
        }
        List<LabelledChange> train = new ArrayList<>();
        List<LabelledChange> test = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        long withoutPart =
                entries.stream().filter(entry -> entry.part.isEmpty()).count();
        long toTrain = (long) Math.floor(TRAIN * withoutPart);
        for (Entry entry : entries) {
            boolean isTrain = entry.part.isEmpty() ? toTrain-- > 0 : entry.part.equals("train");
            (isTrain ? train : test).add(entry.change);
            if (!isTrain) {
                ids.add(entry.id);
            }
        }
        List<String> notes = negative.entrySet().stream()
                .map(each -> "%s: %d values of '%s' are below 0 and count as missing"
                        .formatted(table.file(), each.getValue(), each.getKey().column()))
                .toList();
        return new Project(name(path), train, test, ids, notes);
    }

    private Entry entry(Table table, Table.Row row) throws DataException {
        EnumMap<Feature, Double> values = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            double value = value(table, row, feature);
            if (value < 0) {
                negative.merge(feature, 1, Integer::sum);
            } else if (!Double.isNaN(value)) {
                values.put(feature, value);
            }
        }
        return new Entry(
                new LabelledChange(new Features(values), label(table, row)), table.text(row, ID), part(table, row));
    }

    private static double value(Table table, Table.Row row, Feature feature) throws DataException {
        if (feature == Feature.FIX) {
            // Some data sets have words where others have 1 and 0.
            switch (table.text(row, feature.column()).toLowerCase(Locale.ROOT)) {
                case "true" -> {
                    return 1;
                }
                case "false" -> {
                    return 0;
                }
                default -> {
                    // A number, then.
                }
            }
        }
        return table.number(row, feature.column());
    }

    private static boolean label(Table table, Table.Row row) throws DataException {
        return switch (table.text(row, LABEL).toLowerCase(Locale.ROOT)) {
            case "1", "1.0", "true" -> true;
            case "0", "0.0", "false" -> false;
            default -> throw table.wrong(row, LABEL, "1 if the change turned out bad, else 0", null);
        };
    }

    private static String part(Table table, Table.Row row) throws DataException {
        String part = table.text(row, SPLIT).toLowerCase(Locale.ROOT);
        return switch (part) {
            case "", "train", "test" -> part;
            default -> throw table.wrong(row, SPLIT, "train or test, or leave it empty", null);
        };
    }
}
