package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.evaluate.DataException;
import io.jenkins.plugins.changegate.engine.evaluate.Evaluation;
import io.jenkins.plugins.changegate.engine.evaluate.EvaluationReport;
import io.jenkins.plugins.changegate.engine.evaluate.Figures;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.risk.PriorCoefficients;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code evaluate}: how well the model foretells which changes turn out bad; {@code fit}: the prior's coefficients. */
final class EvaluateCommand {

    private static final int NAME_WIDTH = 24;

    private final Options options;

    EvaluateCommand(Options options) {
        this.options = options;
    }

    int evaluate(PrintStream out, PrintStream err) throws Options.UsageException {
        EvaluationReport report;
        try {
            report = new Evaluation(Inputs.path(options.required("data"))).evaluate();
        } catch (DataException e) {
            throw new Options.UsageException(Inputs.shown(e.getMessage()));
        }
        report.notes().forEach(note -> err.println("change-gate: " + Inputs.shown(note)));
        out.print(options.flag("json") ? new RecordJson().show(json(report)) + "\n" : text(report));
        return 0;
    }

    int fit(PrintStream out) throws Options.UsageException {
        PriorCoefficients prior;
        try {
            prior = new Evaluation(Inputs.path(options.required("data"))).prior();
        } catch (DataException e) {
            throw new Options.UsageException(Inputs.shown(e.getMessage()));
        }
        out.printf(Locale.ROOT, "intercept=%.2f%n", prior.intercept());
        out.printf(Locale.ROOT, "added=%.3f%n", prior.added());
        out.printf(Locale.ROOT, "deleted=%.3f%n", prior.deleted());
        out.printf(Locale.ROOT, "typical-added=%.2f%n", prior.typicalAdded());
        out.printf(Locale.ROOT, "typical-deleted=%.2f%n", prior.typicalDeleted());
        return 0;
    }

    private static Map<String, Object> json(EvaluationReport report) {
        Map<String, Object> projects = new LinkedHashMap<>();
        report.projects().forEach((name, result) -> projects.put(name, json(result)));
        Map<String, Object> published = new LinkedHashMap<>();
        report.published().forEach((method, comparison) -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("auc", number(comparison.auc()));
            shown.put("difference", number(comparison.difference()));
            shown.put("lower", number(comparison.lower()));
            shown.put("upper", number(comparison.upper()));
            published.put(method, shown);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("projects", projects);
        all.put("mean", json(report.mean()));
        all.put("published", published);
        return all;
    }

    private static Map<String, Object> json(EvaluationReport.Result result) {
        Map<String, Object> shown = json(result.model());
        shown.put("linesAdded", json(result.linesAdded()));
        return shown;
    }

    private static Map<String, Object> json(Figures figures) {
        Map<String, Object> shown = new LinkedHashMap<>();
        figures.values().forEach((name, value) -> shown.put(name, number(value)));
        Map<String, Object> curve = new LinkedHashMap<>();
        figures.curve().forEach((labels, auc) -> curve.put(labels.toString(), number(auc)));
        shown.put("curve", curve);
        return shown;
    }

    /** JSON has no number for what cannot be computed. */
    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static String text(EvaluationReport report) {
        StringBuilder text = new StringBuilder();
        line(text, "", Figures.NAMES.toArray());
        report.projects().forEach((name, result) -> figures(text, name, result));
        figures(text, "mean", report.mean());
        text.append("\nAUC by labels learnt from\n");
        line(text, "", Figures.LABELS.toArray());
        report.projects()
                .forEach((name, result) ->
                        line(text, name, result.model().curve().values().toArray()));
        line(text, "mean", report.mean().model().curve().values().toArray());
        if (!report.published().isEmpty()) {
            text.append("\nMean AUC of published scores; ours less theirs, and the 95 % interval of that\n");
            line(text, "", "auc", "difference", "lower", "upper");
            report.published()
                    .forEach((method, each) ->
                            line(text, method, each.auc(), each.difference(), each.lower(), each.upper()));
        }
        return text.toString();
    }

    private static void figures(StringBuilder text, String name, EvaluationReport.Result result) {
        line(text, name, result.model().values().values().toArray());
        line(text, "  lines added", result.linesAdded().values().values().toArray());
    }

    private static void line(StringBuilder text, String name, Object... cells) {
        text.append(String.format("%-" + NAME_WIDTH + "s", Inputs.shown(name)));
        for (Object cell : cells) {
            String shown = cell instanceof Double number
                    ? number.isNaN() ? "–" : String.format(Locale.ROOT, "%.4f", number)
                    : cell.toString();
            text.append(String.format(" %10s", shown));
        }
        text.append('\n');
    }
}
