package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.syntax.CalendarCheck;
import io.jenkins.plugins.changegate.engine.syntax.PolicyLint;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code lint}: what is wrong in policies, and what in them has no effect. */
final class LintCommand {

    /** Exit status if something has no effect and that was asked for. */
    private static final int WARNINGS = 1;

    /** So much of a line is shown around a place, in characters. */
    private static final int SHOWN = 60;

    private final Options options;
    private final PolicyReader reader = new PolicyReader();

    LintCommand(Options options) {
        this.options = options;
    }

    /** Something at a place; line and column from 1. */
    private record Note(int line, int column, String message) {}

    /** What is said of one file; without a policy there are mistakes. */
    private record Result(String file, String text, Policy policy, List<Note> mistakes, List<Note> warnings) {}

    int run(PrintStream out, PrintStream err) throws Options.UsageException {
        Layer layer = layer();
        List<Result> results = new ArrayList<>();
        for (String file : options.files()) {
            results.add(lint(layer, file));
        }
        if (options.flag("json")) {
            out.println(new RecordJson()
                    .show(Map.of(
                            "files",
                            results.stream().map(each -> json(layer, each)).toList())));
        } else {
            results.forEach(result -> print(result, out, err));
        }
        if (results.stream().anyMatch(result -> result.policy == null)) {
            return Main.USAGE;
        }
        boolean warned = results.stream().anyMatch(result -> !result.warnings.isEmpty());
        return warned && options.flag("strict") ? WARNINGS : 0;
    }

    private Layer layer() throws Options.UsageException {
        String name = options.optional("layer").orElse("repository");
        return switch (name) {
            case "organisation" -> Layer.ORGANISATION;
            case "repository" -> Layer.REPOSITORY;
            default ->
                throw new Options.UsageException(
                        "there is no layer '" + name + "'; possible: organisation, repository");
        };
    }

    private Result lint(Layer layer, String file) throws Options.UsageException {
        String text = Inputs.text(file);
        try {
            Policy policy = reader.read(layer, file, text);
            CalendarCheck.requireFiles(policy, Inputs.calendars(file));
            List<Note> warnings = new PolicyLint()
                    .warnings(policy, text).stream()
                            .map(each -> new Note(each.line(), each.column(), each.message()))
                            .toList();
            return new Result(file, text, policy, List.of(), warnings);
        } catch (PolicyException e) {
            List<Note> mistakes = e.mistakes().stream()
                    .map(each -> new Note(each.line(), each.column(), each.message()))
                    .toList();
            return new Result(file, text, null, mistakes, List.of());
        }
    }

    private static void print(Result result, PrintStream out, PrintStream err) {
        result.mistakes.forEach(each -> print(result, each, "", err));
        result.warnings.forEach(each -> print(result, each, "no effect: ", err));
        if (result.policy != null) {
            out.printf(
                    "%s: ok: %d rules, %d environments%n",
                    Inputs.shown(result.file),
                    result.policy.rules().size(),
                    result.policy.environments().size());
        }
    }

    private static void print(Result result, Note note, String kind, PrintStream err) {
        err.println(Inputs.shown(
                result.file + ":" + note.line + ":" + note.column + ": " + kind + note.message.replaceAll("\\R", " ")));
        String line = result.text.lines().skip(note.line - 1L).findFirst().orElse("");
        int at = Math.min(note.column - 1, line.length());
        int from = Math.max(0, at - SHOWN);
        int to = Math.min(line.length(), at + SHOWN);
        err.println("  " + Inputs.shown(line.substring(from, to)));
        err.println("  " + " ".repeat(at - from) + "^");
    }

    private static Map<String, Object> json(Layer layer, Result result) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("file", result.file);
        shown.put("layer", layer == Layer.ORGANISATION ? "organisation" : "repository");
        shown.put("mistakes", result.mistakes);
        shown.put("warnings", result.warnings);
        shown.put("rules", result.policy == null ? null : result.policy.rules().size());
        shown.put(
                "environments",
                result.policy == null ? null : result.policy.environments().size());
        return shown;
    }
}
