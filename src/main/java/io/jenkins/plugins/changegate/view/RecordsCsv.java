package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.delta.Person;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.ChangeSummary;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes as CSV (RFC 4180, UTF-8), a line each. Every cell is in quotes, and one that a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
final class RecordsCsv implements RecordsExport.Form {

    private static final String FORMULA = "=+-@\t\r\n";

    private static final Map<String, Function<ChangeRecord, Object>> COLUMNS = columns();

    private static Map<String, Function<ChangeRecord, Object>> columns() {
        Map<String, Function<ChangeRecord, Object>> columns = new LinkedHashMap<>();
        columns.put("id", ChangeRecord::id);
        columns.put("opened", record -> record.opened().at());
        columns.put("service", record -> judgement(record).target().service());
        columns.put("environment", record -> judgement(record).target().environment());
        columns.put("tier", record -> judgement(record).target().tier().key());
        columns.put("job", record -> record.opened().origin().job());
        columns.put("build", record -> record.opened().origin().build());
        columns.put("commit", record -> record.opened().head());
        columns.put("startedBy", record -> String.join("; ", record.opened().starters()));
        columns.put(
                "authors",
                record ->
                        record.opened().authors().stream().map(Person::display).collect(Collectors.joining("; ")));
        columns.put("reason", record -> record.opened().reason());
        columns.put("type", record -> judgement(record).type().key());
        columns.put("model", record -> judgement(record).model());
        columns.put("level", record -> judgement(record).assessment().level().key());
        columns.put("score", record -> judgement(record).assessment().score());
        columns.put(
                "verdict", record -> judgement(record).verdict().kind().name().toLowerCase(Locale.ROOT));
        columns.put("policy", record -> judgement(record).policyVersion());
        columns.put(
                "approvedBy",
                record -> record.ballot().votes().stream().map(Vote::voter).collect(Collectors.joining("; ")));
        columns.put(
                "decision",
                record -> decided(record, decided -> decided.decision().key()));
        columns.put("decided", record -> decided(record, ChangeEvent.Decided::at));
        columns.put("decidedBy", record -> decided(record, ChangeEvent.Decided::by));
        columns.put("because", record -> decided(record, ChangeEvent.Decided::because));
        columns.put("comment", record -> decided(record, ChangeEvent.Decided::comment));
        columns.put("outcome", record -> record.outcome().map(Outcome::key).orElse(""));
        columns.put("ended", record -> ended(record, ChangeEvent.Ended::at));
        columns.put("review", record -> record.review().orElse(""));
        columns.put("failed", ChangeRecord::isFailed);
        columns.put("incidents", record -> links(record, Link.Kind.INCIDENT));
        columns.put("workItems", record -> links(record, Link.Kind.WORK_ITEM));
        columns.put("changeRequests", record -> links(record, Link.Kind.CHANGE_REQUEST));
        columns.put("reviewed", record -> reviewed(record, ChangeEvent.Reviewed::at));
        columns.put("reviewedBy", record -> reviewed(record, ChangeEvent.Reviewed::by));
        columns.put("unauthorised", ChangeRecord::isDoubtful);
        columns.put("sealed", record -> "");
        columns.put("product", record -> record.opened().particulars().product());
        return columns;
    }

    private static Judgement judgement(ChangeRecord record) {
        return record.opened().judgement();
    }

    private static Object decided(ChangeRecord record, Function<ChangeEvent.Decided, Object> part) {
        return record.decided().map(part).orElse("");
    }

    private static Object ended(ChangeRecord record, Function<ChangeEvent.Ended, Object> part) {
        return record.ended().map(part).orElse("");
    }

    private static Object reviewed(ChangeRecord record, Function<ChangeEvent.Reviewed, Object> part) {
        return record.reviewed().map(part).orElse("");
    }

    private static String links(ChangeRecord record, Link.Kind kind) {
        return record.links().stream()
                .filter(link -> link.kind() == kind)
                .map(Link::key)
                .collect(Collectors.joining("; "));
    }

    @Override
    public String type() {
        return "text/csv";
    }

    @Override
    public String file() {
        return "changes.csv";
    }

    @Override
    public String head() {
        return COLUMNS.keySet().stream().collect(Collectors.joining(",", "", "\r\n"));
    }

    @Override
    public String incomplete() {
        return cell(Messages.RecordsExport_incomplete()) + "\r\n";
    }

    @Override
    public String line(ChangeStore store, ChangeRecord record, ChangeSummary change) {
        return COLUMNS.values().stream()
                .map(column -> cell(column.apply(record).toString()))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    @Override
    public String stub(ChangeStore store, ChangeSummary change) {
        Map<String, Object> kept = new HashMap<>();
        kept.put("id", change.id());
        kept.put("opened", change.opened());
        kept.put("service", change.service());
        kept.put("environment", change.environment());
        kept.put("job", change.job());
        kept.put("build", change.build());
        kept.put("commit", change.head());
        kept.put("type", change.type().key());
        kept.put("model", change.model());
        kept.put("level", change.level().key());
        kept.put("score", change.score());
        kept.put("decision", change.decision().map(Decision::key).orElse(""));
        kept.put("outcome", change.outcome().map(Outcome::key).orElse(""));
        kept.put("product", change.product());
        kept.put("sealed", "yes");
        return COLUMNS.keySet().stream()
                .map(column -> cell(kept.getOrDefault(column, "").toString()))
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Returns a text as a cell. */
    static String cell(String text) {
        String harmless = Optional.of(text)
                .filter(raw -> !raw.isEmpty() && FORMULA.indexOf(raw.charAt(0)) >= 0)
                .map(raw -> "'" + raw)
                .orElse(text);
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
