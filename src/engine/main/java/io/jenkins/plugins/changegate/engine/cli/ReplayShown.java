package io.jenkins.plugins.changegate.engine.cli;

import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.replay.Differences;
import io.jenkins.plugins.changegate.engine.replay.ReplayReport;
import io.jenkins.plugins.changegate.engine.replay.Replayed;
import io.jenkins.plugins.changegate.engine.replay.Result;
import io.jenkins.plugins.changegate.engine.replay.RuleTally;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A replay as it is shown: one screen for people, or JSON.
 *
 * @param now what the policies say
 * @param before what the other policies say of the same changes
 * @param since the first day
 * @param until the last day; empty for the branch's last
 * @param each what was taken for a deployment
 * @param shallow where a shallow clone's history begins; empty if it is not shallow
 * @param milliseconds how long it took
 */
record ReplayShown(
        List<Replayed> now,
        Optional<List<Replayed>> before,
        LocalDate since,
        Optional<LocalDate> until,
        Deployments each,
        Optional<String> shallow,
        List<String> unread,
        long milliseconds) {

    private static final int BAR = 40;
    private static final int TOP_RULES = 12;
    private static final int RISKIEST = 5;
    private static final int TITLE = 70;

    String json() {
        ReplayReport report = ReplayReport.of(now);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("since", since.toString());
        shown.put("until", until.map(LocalDate::toString).orElse(null));
        shown.put("each", each.name().toLowerCase(Locale.ROOT));
        shown.put("shallow", shallow.isPresent());
        shown.put("unreadCalendars", unread);
        shown.put("milliseconds", milliseconds);
        shown.put("report", report);
        shown.put(
                "differences",
                before.map(other -> Differences.between(other, now)).orElse(null));
        shown.put(
                "riskiest",
                Replayed.riskiest(now, RISKIEST).stream().map(ReplayShown::json).toList());
        return new RecordJson().show(shown) + System.lineSeparator();
    }

    private static Map<String, Object> json(Replayed change) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", change.id());
        shown.put("title", change.title());
        shown.put("when", change.when().toString());
        shown.put("result", change.result());
        shown.put("assessment", change.judgement().assessment());
        return shown;
    }

    String text() {
        ReplayReport report = ReplayReport.of(now);
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%d changes since %s%s, one for each %s",
                report.changes(),
                since,
                until.map(day -> " until " + day).orElse(""),
                each.name().toLowerCase(Locale.ROOT));
        shallow.ifPresent(day -> line(
                text,
                "This clone is shallow, and its history begins on %s: fetch with more depth to see what was before.",
                day));
        if (!unread.isEmpty()) {
            line(
                    text,
                    "Calendars that are not at hand, and so left out of what was judged: %s.",
                    Inputs.shown(String.join(", ", unread)));
        }
        if (report.changes() == 0) {
            return text.toString();
        }
        for (Result result : Result.values()) {
            if (result != Result.NOT_DECIDABLE || report.results().get(result) > 0) {
                bar(text, result.words(), report.results().get(result), report.changes());
            }
        }
        line(text, "");
        line(text, "Risk");
        for (RiskLevel level : RiskLevel.values()) {
            bar(text, level.words(), report.levels().get(level), report.changes());
        }
        if (report.withoutLevel() > 0) {
            bar(text, "not decidable", report.withoutLevel(), report.changes());
        }
        rules(text, report);
        before.ifPresent(other -> differences(text, Differences.between(other, now)));
        riskiest(text);
        line(text, "");
        line(
                text,
                "%d changes in %.1f s: %.2f ms for each",
                report.changes(),
                milliseconds / 1000.0,
                (double) milliseconds / report.changes());
        return text.toString();
    }

    private static void rules(StringBuilder text, ReplayReport report) {
        boolean undecided = report.rules().stream().anyMatch(rule -> rule.undecided() > 0);
        line(text, "");
        line(text, "%-36s %13s %13s %13s%s", "Rule", "holds", "asks", "alone", undecided ? "   not decidable" : "");
        for (RuleTally rule : report.rules().stream().limit(TOP_RULES).toList()) {
            line(
                    text,
                    "%-36s %s %s %s%s",
                    name(rule),
                    share(rule.matched(), report.changes()),
                    share(rule.tightened(), report.changes()),
                    share(rule.sole(), report.changes()),
                    undecided ? "   " + share(rule.undecided(), report.changes()) : "");
        }
        if (report.noRule() > 0) {
            line(text, "%-36s %13s %s", "(no rule: size alone)", "", share(report.noRule(), report.changes()));
        }
        report.gaps().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(gap -> line(
                        text,
                        "%-36s %13s %s",
                        "(" + gap.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")",
                        "",
                        share(gap.getValue(), report.changes())));
        if (report.rules().size() > TOP_RULES) {
            line(text, "(%d more rules)", report.rules().size() - TOP_RULES);
        }
    }

    private static String name(RuleTally rule) {
        String layer =
                switch (rule.rule().layer().kind()) {
                    case BUILT_IN -> "";
                    case ORGANISATION -> " (organisation)";
                    case FOLDER -> " (folder)";
                    case REPOSITORY -> " (repository)";
                };
        return cut(rule.rule().rule() + layer, 36);
    }

    private static void differences(StringBuilder text, Differences differences) {
        line(text, "");
        line(text, "Against the other policy: %d the same", differences.same());
        for (Differences.Difference each : differences.differences()) {
            line(
                    text,
                    "  %5d  %s -> %s, for instance %s",
                    each.count(),
                    each.from().words(),
                    each.to().words(),
                    String.join(", ", each.examples()));
        }
    }

    private void riskiest(StringBuilder text) {
        line(text, "");
        line(text, "Riskiest");
        for (Replayed change : Replayed.riskiest(now, RISKIEST)) {
            line(
                    text,
                    "  %3d  %s  %s  %s  %s",
                    change.judgement().assessment().score(),
                    change.result().words(),
                    change.when().toString().substring(0, 10),
                    change.id(),
                    cut(change.title(), TITLE));
            line(
                    text,
                    "       %s",
                    change.judgement().assessment().contributions().stream()
                            .filter(part -> part.points() != 0)
                            .map(ReplayShown::part)
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String part(Contribution part) {
        return String.format("%s %+d", part.source(), part.points());
    }

    private static void bar(StringBuilder text, String name, int count, int all) {
        int length = (int) Math.round((double) BAR * count / all);
        line(text, "  %-14s %s  %s", name, share(count, all), "#".repeat(length));
    }

    private static String share(int count, int all) {
        return String.format(Locale.ROOT, "%5d %5.1f %%", count, 100.0 * count / all);
    }

    private static String cut(String words, int longest) {
        return words.length() <= longest ? words : words.substring(0, longest - 3) + "...";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(Inputs.shown(String.format(Locale.ROOT, format, values)).stripTrailing())
                .append(System.lineSeparator());
    }
}
