package io.jenkins.plugins.changegate.view;

import static io.jenkins.plugins.changegate.view.MeasureWords.NOTHING;
import static io.jenkins.plugins.changegate.view.MeasureWords.interval;
import static io.jenkins.plugins.changegate.view.MeasureWords.median;
import static io.jenkins.plugins.changegate.view.MeasureWords.ninetieth;
import static io.jenkins.plugins.changegate.view.MeasureWords.number;
import static io.jenkins.plugins.changegate.view.MeasureWords.percent;

import io.jenkins.plugins.changegate.engine.measure.Delivery;
import io.jenkins.plugins.changegate.engine.measure.Gate;
import io.jenkins.plugins.changegate.engine.measure.Line;
import io.jenkins.plugins.changegate.engine.measure.Measures;
import io.jenkins.plugins.changegate.engine.measure.Share;
import io.jenkins.plugins.changegate.engine.measure.Spread;
import io.jenkins.plugins.changegate.engine.measure.Stretch;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables of the page of measures. */
final class MeasureTables {

    private final Measures measures;
    private final DateTimeFormatter day;
    private final MeasureCharts charts = new MeasureCharts();

    MeasureTables(Measures measures, ZoneId zone) {
        this.measures = measures;
        this.day = DateTimeFormatter.ISO_LOCAL_DATE.withLocale(Locale.ENGLISH).withZone(zone);
    }

    /** Returns those about delivery, but for the four keys themselves. */
    List<MeasureTable> delivery() {
        List<MeasureTable> tables = new ArrayList<>(List.of(lead(), trend()));
        if (!measures.products().isEmpty()) {
            tables.add(parts(
                    "products",
                    Messages.Measures_products(),
                    Messages.Measures_productsAbout(),
                    Messages.Measures_product(),
                    measures.products()));
        }
        if (measures.services().size() > 1) {
            tables.add(parts(
                    "services",
                    Messages.Measures_services(),
                    measures.moreServices() == 0
                            ? Messages.Measures_servicesAbout()
                            : Messages.Measures_servicesMore(number(measures.moreServices())),
                    Messages.Measures_service(),
                    measures.services()));
        }
        return tables;
    }

    /** Returns those about the gate. */
    List<MeasureTable> gate() {
        List<MeasureTable> tables = new ArrayList<>(List.of(shares()));
        tables.add(waiting("level", Messages.Measures_byLevel(), Messages.Measures_level(), measures.byLevel()));
        if (!measures.byRequirement().isEmpty()) {
            tables.add(waiting(
                    "requirement",
                    Messages.Measures_byRequirement(),
                    Messages.Measures_requirement(),
                    measures.byRequirement()));
        }
        tables.add(gateTrend());
        tables.add(caught());
        return tables;
    }

    /** Returns those about what came of changes. */
    List<MeasureTable> outcomes() {
        List<MeasureTable> tables = new ArrayList<>(List.of(
                outcomes("decision", Messages.Measures_byDecision(), measures.byDecision()),
                outcomes("risk", Messages.Measures_outcomeByLevel(), measures.levels())));
        if (!measures.rules().isEmpty()) {
            tables.add(rules());
        }
        tables.add(calibration());
        return tables;
    }

    /** Returns the comparison of before and since a version of a policy; empty if there is none. */
    List<MeasureTable> policy() {
        List<List<String>> rows = new ArrayList<>();
        measures.before().ifPresent(part -> rows.add(stretch(Messages.Measures_beforeIt(), part)));
        measures.since().ifPresent(part -> rows.add(stretch(Messages.Measures_sinceIt(), part)));
        List<String> columns = new ArrayList<>(List.of(Messages.Measures_part()));
        columns.addAll(stretchColumns());
        return rows.isEmpty()
                ? List.of()
                : List.of(new MeasureTable(
                        "policy", Messages.Measures_policy(), Messages.Measures_policyAbout(), "", columns, rows));
    }

    private static List<String> stretchColumns() {
        return List.of(
                Messages.Measures_decided(),
                Messages.Measures_passed(),
                Messages.Measures_asked(),
                Messages.Measures_waiting(),
                Messages.Measures_deployments(),
                Messages.Measures_failed(),
                Messages.Measures_interval());
    }

    private static List<String> stretch(String name, Stretch part) {
        return List.of(
                name,
                number(part.passed().of()),
                percent(part.passed()),
                percent(part.asked()),
                median(part.waiting()),
                number(part.deployments()),
                percent(part.failed()),
                interval(part.failed()));
    }

    private MeasureTable lead() {
        Delivery delivery = measures.delivery();
        return new MeasureTable(
                "lead",
                Messages.Measures_lead(),
                Messages.Measures_leadAbout(number(delivery.lead().count()), number(delivery.deployments())),
                charts.lead(measures),
                List.of(Messages.Measures_part(), Messages.Measures_median(), Messages.Measures_ninetieth()),
                List.of(
                        spread(Messages.Measures_before(), delivery.before()),
                        spread(Messages.Measures_atGate(), delivery.gate()),
                        spread(Messages.Measures_after(), delivery.after()),
                        spread(Messages.Measures_whole(), delivery.lead())));
    }

    private static List<String> spread(String name, Spread spread) {
        return List.of(name, median(spread), ninetieth(spread));
    }

    private List<String> days() {
        return measures.trend().stream().map(part -> day(part.from())).toList();
    }

    private String day(Instant time) {
        return day.format(time);
    }

    private MeasureTable trend() {
        return new MeasureTable(
                "trend",
                Messages.Measures_trend(),
                Messages.Measures_trendAbout(),
                charts.trend(days(), measures.trend()),
                List.of(
                        Messages.Measures_from(),
                        Messages.Measures_deployments(),
                        Messages.Measures_failed(),
                        Messages.Measures_interval(),
                        Messages.Measures_leadMedian()),
                measures.trend().stream()
                        .map(part -> List.of(
                                day(part.from()),
                                number(part.deployments()),
                                percent(part.failed()),
                                interval(part.failed()),
                                median(part.lead())))
                        .toList());
    }

    private MeasureTable gateTrend() {
        return new MeasureTable(
                "gate-trend",
                Messages.Measures_gateTrend(),
                Messages.Measures_gateTrendAbout(),
                charts.gateTrend(days(), measures.trend()),
                List.of(
                        Messages.Measures_from(),
                        Messages.Measures_decided(),
                        Messages.Measures_passed(),
                        Messages.Measures_asked(),
                        Messages.Measures_waiting()),
                measures.trend().stream()
                        .map(part -> List.of(
                                day(part.from()),
                                number(part.passed().of()),
                                percent(part.passed()),
                                percent(part.asked()),
                                median(part.waiting())))
                        .toList());
    }

    private static MeasureTable parts(String id, String title, String about, String what, List<Line.Part> lines) {
        return new MeasureTable(
                id,
                title,
                about,
                "",
                List.of(
                        what,
                        Messages.Measures_deployments(),
                        Messages.Measures_perWeek(),
                        Messages.Measures_leadMedian(),
                        Messages.Measures_failed(),
                        Messages.Measures_interval(),
                        Messages.Measures_recovery()),
                lines.stream()
                        .map(line -> List.of(
                                line.name(),
                                number(line.delivery().deployments()),
                                perWeek(line.delivery()),
                                median(line.delivery().lead()),
                                percent(line.delivery().failed()),
                                interval(line.delivery().failed()),
                                median(line.delivery().recovery())))
                        .toList());
    }

    /** Returns how many in a week; nothing if it was not even one. */
    static String perWeek(Delivery delivery) {
        return delivery.isShort() ? NOTHING : String.format(Locale.ENGLISH, "%.1f", delivery.perWeek());
    }

    private MeasureTable shares() {
        Gate gate = measures.gate();
        List<List<String>> rows = new ArrayList<>();
        gate.decisions()
                .forEach((decision, count) ->
                        rows.add(part(MeasureCharts.words(decision), new Share(count, gate.decided()))));
        rows.add(part(Messages.Measures_askedFor(), gate.asked()));
        rows.add(part(Messages.Measures_emergency(), gate.emergency()));
        return new MeasureTable(
                "shares",
                Messages.Measures_shares(),
                Messages.Measures_sharesAbout(number(gate.decided())),
                charts.decisions(measures),
                List.of(Messages.Measures_what(), Messages.Measures_changes(), Messages.Measures_share()),
                rows);
    }

    private static List<String> part(String name, Share share) {
        return List.of(name, number(share.part()), percent(share));
    }

    private MeasureTable waiting(String id, String title, String column, List<Line.Waiting> lines) {
        return new MeasureTable(
                "waiting-" + id,
                title,
                id.equals("level") ? Messages.Measures_byLevelAbout() : Messages.Measures_byRequirementAbout(),
                id.equals("level") ? charts.waiting(lines) : "",
                List.of(
                        column,
                        id.equals("level") ? Messages.Measures_answered() : Messages.Measures_met(),
                        Messages.Measures_median(),
                        Messages.Measures_ninetieth(),
                        id.equals("level") ? Messages.Measures_notAnswered() : Messages.Measures_notMet()),
                lines.stream()
                        .map(line -> List.of(
                                id.equals("level") ? MeasureCharts.words(line.name()) : line.name(),
                                number(line.time().count()),
                                median(line.time()),
                                ninetieth(line.time()),
                                number(line.open())))
                        .toList());
    }

    private MeasureTable caught() {
        Gate gate = measures.gate();
        Gate.Catch caught = gate.caught();
        return new MeasureTable(
                "caught",
                Messages.Measures_caught(),
                Messages.Measures_caughtAbout(),
                "",
                List.of(Messages.Measures_what(), Messages.Measures_changes()),
                List.of(
                        List.of(Messages.Measures_rejected(), number(caught.rejected())),
                        List.of(Messages.Measures_refused(), number(caught.refused())),
                        List.of(Messages.Measures_given(), number(caught.given())),
                        List.of(Messages.Measures_passedFailed(), of(caught.passedFailed())),
                        List.of(Messages.Measures_approvedFailed(), of(caught.approvedFailed())),
                        List.of(Messages.Measures_overriddenFailed(), of(caught.overriddenFailed())),
                        List.of(Messages.Measures_hours(), number(Math.round(gate.hours()))),
                        List.of(
                                Messages.Measures_hoursEach(),
                                gate.catches() == 0 ? NOTHING : number(Math.round(gate.hoursEach())))));
    }

    private static String of(Share share) {
        return Messages.Measures_of(number(share.part()), number(share.of()));
    }

    private MeasureTable outcomes(String id, String title, List<Line.Outcome> lines) {
        return new MeasureTable(
                "outcome-" + id,
                title,
                Messages.Measures_outcomeAbout(),
                charts.outcomes(lines),
                outcomeColumns(id.equals("risk") ? Messages.Measures_level() : Messages.Measures_decision()),
                lines.stream()
                        .map(line -> outcome(MeasureCharts.words(line.name()), line.failed()))
                        .toList());
    }

    private static List<String> outcomeColumns(String name) {
        return List.of(
                name,
                Messages.Measures_ended(),
                Messages.Measures_failures(),
                Messages.Measures_failed(),
                Messages.Measures_interval());
    }

    private static List<String> outcome(String name, Share failed) {
        return List.of(name, number(failed.of()), number(failed.part()), percent(failed), interval(failed));
    }

    private MeasureTable rules() {
        return new MeasureTable(
                "rules",
                Messages.Measures_rules(),
                Messages.Measures_rulesAbout(),
                "",
                List.of(
                        Messages.Measures_rule(),
                        Messages.Measures_matched(),
                        Messages.Measures_askedOf(),
                        Messages.Measures_failed(),
                        Messages.Measures_interval(),
                        Messages.Measures_rest(),
                        Messages.Measures_interval(),
                        Messages.Measures_telling()),
                measures.rules().stream()
                        .map(rule -> List.of(
                                rule.name(),
                                number(rule.matched()),
                                number(rule.asked()),
                                percent(rule.failed()),
                                interval(rule.failed()),
                                percent(rule.rest()),
                                interval(rule.rest()),
                                rule.isTelling() ? Messages.Measures_yes() : Messages.Measures_notShown()))
                        .toList());
    }

    private MeasureTable calibration() {
        List<String> columns = new ArrayList<>(outcomeColumns(Messages.Measures_scores()));
        columns.add(1, Messages.Measures_score());
        return new MeasureTable(
                "calibration",
                Messages.Measures_calibration(),
                Messages.Measures_calibrationAbout(),
                charts.calibration(measures.calibration()),
                columns,
                measures.calibration().stream()
                        .filter(bin -> bin.failed().of() > 0)
                        .map(bin -> {
                            List<String> row = new ArrayList<>(outcome(bin.from() + "–" + bin.to(), bin.failed()));
                            row.add(1, String.format(Locale.ENGLISH, "%.1f", 100 * bin.predicted()));
                            return row;
                        })
                        .toList());
    }
}
