package io.jenkins.plugins.changegate.engine.evaluate;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header, plain or compressed by gzip, in UTF-8, with or without a byte order mark, with any ends of
 * lines.
 *
 * @param file its name in messages
 * @param columns the index of each column, by its name in lower case
 * @param rows of the file in its order, without empty lines
 */
record Table(String file, Map<String, Integer> columns, List<Row> rows) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** How data sets write that a value is not known. */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    /**
     * A row.
     *
     * @param line of the file in which it begins, from 1
     * @param cells its values
     */
    record Row(long line, String[] cells) {}

    static Table read(Path path) throws DataException {
        String file = path.toString();
        try (InputStream in = Files.newInputStream(path);
                Reader text = reader(path, in)) {
            return read(file, text);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static DataException unreadable(String file, IOException e) {
        if (e instanceof CharacterCodingException) {
            return new DataException(file + ": this is no UTF-8; save it as UTF-8", e);
        }
        if (e instanceof ZipException || e instanceof EOFException) {
            return new DataException(file + ": this is no whole gzip file; compress it anew", e);
        }
        if (e instanceof CSVException) {
            return new DataException(file + ": this is no CSV: " + e.getMessage() + "; close every quote", e);
        }
        return new DataException(file + ": cannot be read: " + e, e);
    }

    private static Reader reader(Path path, InputStream in) throws IOException {
        boolean compressed = path.toString().endsWith(".gz");
        // A decoder of its own, because a reader made from the name of a charset replaces what it cannot read.
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(compressed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static Table read(String file, Reader text) throws DataException, IOException {
        Map<String, Integer> columns = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        // This format takes empty lines for rows, which is what counts lines right.
        try (CSVParser parser = CSVFormat.RFC4180.parse(text)) {
            long line = 1;
            String[] header = null;
            for (CSVRecord cells : parser) {
                boolean empty = cells.size() == 1 && cells.get(0).isBlank();
                if (header == null && !empty) {
                    header = cells.values();
                    columns.putAll(columns(file, header));
                } else if (!empty) {
                    rows.add(row(file, line, header, cells.values()));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        }
        return new Table(file, columns, rows);
    }

    private static Map<String, Integer> columns(String file, String[] header) throws DataException {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
            String name = header[i].strip().toLowerCase(Locale.ROOT);
            if (columns.putIfAbsent(name, i) != null && !name.isEmpty()) {
                throw new DataException(file + ":1: the column '" + name + "' is there twice; remove one");
            }
        }
        return columns;
    }

    private static Row row(String file, long line, String[] header, String[] cells) throws DataException {
        if (cells.length != header.length) {
            throw new DataException("%s:%d: there are %d values, and the header names %d columns; quote what has commas"
                    .formatted(file, line, cells.length, header.length));
        }
        return new Row(line, cells);
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** Returns a value without blanks around it; empty if it or its column is missing. */
    String text(Row row, String column) {
        Integer index = columns.get(column);
        String text = index == null ? "" : row.cells[index].strip();
        return MISSING.contains(text.toLowerCase(Locale.ROOT)) ? "" : text;
    }

    /**
     * Returns a value as a number; {@link Double#NaN} if it or its column is missing.
     *
     * @throws DataException if it is something else than a finite number
     */
    double number(Row row, String column) throws DataException {
        String text = text(row, column);
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(row, column, "a number, or empty if it is not known", e);
        }
        throw wrong(row, column, "a finite number, or empty if it is not known", null);
    }

    /** Returns what is to be said of a value that is not what it has to be. */
    DataException wrong(Row row, String column, String expected, Throwable cause) {
        String text = row.cells[columns.get(column)];
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new DataException(
                "%s:%d: column '%s': '%s' is wrong; write %s".formatted(file, row.line, column, shown, expected),
                cause);
    }
}
