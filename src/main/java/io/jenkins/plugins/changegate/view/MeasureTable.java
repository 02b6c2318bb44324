package io.jenkins.plugins.changegate.view;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A table of the page of measures, with a chart of the same numbers. */
@Restricted(NoExternalUse.class)
public final class MeasureTable {

    private static final int LONG = 8;

    private final String id;
    private final String title;
    private final String about;
    private final String chart;
    private final List<String> columns;
    private final List<List<String>> rows;

    /**
     * @param about what the numbers are
     * @param chart as JSON for {@code measures.js}; empty if there is none
     * @param columns their titles, that of the names of the rows first
     * @param rows their cells
     */
    MeasureTable(String id, String title, String about, String chart, List<String> columns, List<List<String>> rows) {
        this.id = id;
        this.title = title;
        this.about = about;
        this.chart = chart;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows.stream().map(List::copyOf).toList());
    }

    public String getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public String getAbout() {
        return about;
    }

    public String getChart() {
        return chart;
    }

    /** Whether it is shown on demand only, as the chart tells the same at a glance. */
    public boolean isLong() {
        return !chart.isEmpty() && rows.size() > LONG;
    }

    public List<String> getColumns() {
        return columns;
    }

    public List<List<String>> getRows() {
        return rows;
    }
}
