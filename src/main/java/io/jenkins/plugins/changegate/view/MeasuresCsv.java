package io.jenkins.plugins.changegate.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures as CSV (RFC 4180, UTF-8), a line for each number: its way through the JSON, the name of what it is of, and
 * the number. Cells are in quotes, and one that a spreadsheet would take for a formula begins with an apostrophe.
 */
final class MeasuresCsv {

    private static final List<String> NAMES = List.of("name", "service", "version", "from");

    private final List<String> lines = new ArrayList<>(List.of("\"measure\",\"of\",\"value\"\r\n"));

    /** Returns what the REST API shows, as lines. */
    static String of(Map<String, Object> json) {
        MeasuresCsv csv = new MeasuresCsv();
        csv.add("", "", json);
        return String.join("", csv.lines);
    }

    private void add(String path, String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> add(path.isEmpty() ? key.toString() : path + "." + key, name, each));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> add(path, name((Map<?, ?>) each), each));
        } else if (value != null) {
            lines.add(List.of(path, name, value.toString()).stream()
                    .map(RecordsCsv::cell)
                    .collect(Collectors.joining(",", "", "\r\n")));
        }
    }

    private static String name(Map<?, ?> line) {
        return NAMES.stream()
                .filter(line::containsKey)
                .findFirst()
                .map(key -> line.get(key).toString())
                .orElse("");
    }
}
