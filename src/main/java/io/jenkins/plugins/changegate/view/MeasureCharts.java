package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.measure.Line;
import io.jenkins.plugins.changegate.engine.measure.Measures;
import io.jenkins.plugins.changegate.engine.measure.Share;
import io.jenkins.plugins.changegate.engine.measure.Spread;
import io.jenkins.plugins.changegate.engine.measure.Stretch;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Says what the charts of the page of measures show; {@code measures.js} draws them. */
final class MeasureCharts {

    private static final double HOUR = 3_600;

    private final RecordJson json = new RecordJson();

    /** Bars beside each other, or on each other. */
    private String bars(String unit, boolean stacked, List<String> names, List<Map<String, Object>> series) {
        return chart("bars", unit, names, series, Map.of("stacked", stacked));
    }

    private String chart(
            String kind,
            String unit,
            List<String> names,
            List<Map<String, Object>> series,
            Map<String, Object> further) {
        Map<String, Object> chart = new LinkedHashMap<>(further);
        chart.put("kind", kind);
        chart.put("unit", unit);
        chart.put("names", names);
        chart.put("series", series);
        return json.line(chart);
    }

    private static Map<String, Object> series(String name, String colour, List<?> values) {
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("name", name);
        series.put("colour", colour);
        series.put("values", values);
        return series;
    }

    private static Double hours(Spread spread, Function<Spread, Long> which) {
        return spread.count() == 0 ? null : rounded(which.apply(spread) / HOUR);
    }

    private static double rounded(double value) {
        return Math.round(1000 * value) / 1000.0;
    }

    private static Double percent(Share share, Function<Share, Double> which) {
        return share.of() == 0 ? null : rounded(100 * which.apply(share));
    }

    String lead(Measures measures) {
        var delivery = measures.delivery();
        if (delivery.lead().count() == 0) {
            return "";
        }
        List<Spread> parts = List.of(delivery.before(), delivery.gate(), delivery.after());
        return bars(
                Messages.MeasureCharts_hours(),
                false,
                List.of(Messages.Measures_before(), Messages.Measures_atGate(), Messages.Measures_after()),
                List.of(
                        series(Messages.Measures_median(), "accent", hours(parts, Spread::median)),
                        series(Messages.Measures_ninetieth(), "dim", hours(parts, Spread::ninetieth))));
    }

    private static List<Double> hours(List<Spread> spreads, Function<Spread, Long> which) {
        return Arrays.asList(
                spreads.stream().map(spread -> hours(spread, which)).toArray(Double[]::new));
    }

    String trend(List<String> names, List<Stretch> trend) {
        return chart(
                "trend",
                "",
                names,
                List.of(
                        series(
                                Messages.Measures_deployments(),
                                "accent",
                                trend.stream().map(Stretch::deployments).toList()),
                        series(Messages.Measures_failed(), "red", percents(trend, Stretch::failed))),
                Map.of("percent", Messages.MeasureCharts_percent()));
    }

    String gateTrend(List<String> names, List<Stretch> trend) {
        return chart(
                "lines",
                Messages.MeasureCharts_percent(),
                names,
                List.of(
                        series(Messages.Measures_passed(), "green", percents(trend, Stretch::passed)),
                        series(Messages.Measures_asked(), "orange", percents(trend, Stretch::asked))),
                Map.of());
    }

    private static List<Double> percents(List<Stretch> trend, Function<Stretch, Share> share) {
        return Arrays.asList(trend.stream()
                .map(stretch -> percent(share.apply(stretch), Share::value))
                .toArray(Double[]::new));
    }

    String decisions(Measures measures) {
        List<String> names = measures.gate().decisions().keySet().stream().toList();
        return bars(
                Messages.MeasureCharts_changes(),
                false,
                names,
                List.of(series(
                        Messages.Measures_changes(),
                        "accent",
                        measures.gate().decisions().values().stream().toList())));
    }

    String waiting(List<Line.Waiting> lines) {
        if (lines.stream().allMatch(line -> line.time().count() == 0)) {
            return "";
        }
        List<Spread> times = lines.stream().map(Line.Waiting::time).toList();
        return bars(
                Messages.MeasureCharts_hours(),
                false,
                lines.stream().map(line -> words(line.name())).toList(),
                List.of(
                        series(Messages.Measures_median(), "accent", hours(times, Spread::median)),
                        series(Messages.Measures_ninetieth(), "dim", hours(times, Spread::ninetieth))));
    }

    /** Observed shares with their intervals, beside what was predicted. */
    String calibration(List<Line.Bin> bins) {
        List<Line.Bin> known =
                bins.stream().filter(bin -> bin.failed().of() > 0).toList();
        if (known.isEmpty()) {
            return "";
        }
        List<Share> shares = known.stream().map(Line.Bin::failed).toList();
        return intervals(
                known.stream().map(bin -> bin.from() + "–" + bin.to()).toList(),
                shares,
                known.stream().map(bin -> rounded(100 * bin.predicted())).toList());
    }

    String outcomes(List<Line.Outcome> lines) {
        List<Line.Outcome> known =
                lines.stream().filter(line -> line.failed().of() > 0).toList();
        return known.isEmpty()
                ? ""
                : intervals(
                        known.stream().map(line -> words(line.name())).toList(),
                        known.stream().map(Line.Outcome::failed).toList(),
                        List.of());
    }

    private String intervals(List<String> names, List<Share> shares, List<Double> predicted) {
        Map<String, Object> observed = series(
                Messages.Measures_observed(),
                "accent",
                shares.stream().map(share -> percent(share, Share::value)).toList());
        observed.put(
                "low", shares.stream().map(share -> percent(share, Share::low)).toList());
        observed.put(
                "high",
                shares.stream().map(share -> percent(share, Share::high)).toList());
        return chart(
                "intervals",
                Messages.MeasureCharts_percent(),
                names,
                predicted.isEmpty()
                        ? List.of(observed)
                        : List.of(observed, series(Messages.Measures_score(), "dim", predicted)),
                Map.of("interval", Messages.Measures_interval()));
    }

    static String words(String key) {
        return key.replace('-', ' ');
    }
}
