package io.jenkins.plugins.changegate.engine.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Scores that others published for the test part of a project.
 *
 * @param scores for each method one for each change, in the order of the test part
 */
record Published(Map<String, double[]> scores) {

    /** How the columns end whose scores were learnt from the same project. */
    private static final String WITHIN_PROJECT = "_wp";

    private static final String LABEL = "bug";
    private static final String ID = "commit_id";

    /** Reads what is published for a project in the folder {@code published} beside its file; nothing if there is none. */
    static Published beside(Path file, Project project) throws DataException {
        Path folder = file.resolveSibling("published");
        for (String ending : List.of(".csv", ".csv.gz")) {
            Path path = folder.resolve(project.name() + ending);
            if (Files.isRegularFile(path)) {
                return read(Table.read(path), project);
            }
        }
        return new Published(Map.of());
    }

    private static Published read(Table table, Project project) throws DataException {
        requireSameChanges(table, project);
        Map<String, double[]> scores = new LinkedHashMap<>();
        for (String column : new TreeSet<>(table.columns().keySet())) {
            if (column.endsWith(WITHIN_PROJECT)) {
                scores.put(column.substring(0, column.length() - WITHIN_PROJECT.length()), numbers(table, column));
            }
        }
        return new Published(scores);
    }

    /** Scores of other changes, or in another order, would be compared as if nothing were wrong. */
    private static void requireSameChanges(Table table, Project project) throws DataException {
        if (table.rows().size() != project.test().size()) {
            throw new DataException("%s: there are %d changes, and %d in the test part; list these, in their order"
                    .formatted(table.file(), table.rows().size(), project.test().size()));
        }
        for (int i = 0; i < table.rows().size(); i++) {
            Table.Row row = table.rows().get(i);
            String id = table.text(row, ID);
            if (!id.isEmpty()
                    && !project.ids().get(i).isEmpty()
                    && !id.equals(project.ids().get(i))) {
                throw table.wrong(row, ID, project.ids().get(i) + ": keep the order of the test part", null);
            }
            double label = table.number(row, LABEL);
            if (!Double.isNaN(label) && label > 0 != project.test().get(i).failed()) {
                throw table.wrong(row, LABEL, "the same as for this change in the test part", null);
            }
        }
    }

    private static double[] numbers(Table table, String column) throws DataException {
        double[] numbers = new double[table.rows().size()];
        for (int i = 0; i < numbers.length; i++) {
            Table.Row row = table.rows().get(i);
            numbers[i] = table.number(row, column);
            if (Double.isNaN(numbers[i])) {
                throw table.wrong(row, column, "a score for every change", null);
            }
        }
        return numbers;
    }
}
