package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Decision;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of a {@code change_request}, as the Table API takes them: texts, numbers of choices, times in UTC. See
 * docs/connect.md for all of them.
 */
final class ServiceNowFields {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How long a deployment is planned to take, which nobody tells the gate. */
    private static final Duration PLANNED = Duration.ofHours(1);

    private final KeptChange change;
    private final ChangeRecord record;

    ServiceNowFields(KeptChange change) {
        this.change = change;
        this.record = change.record();
    }

    /** Returns by what a change of this Jenkins is found again. */
    Map<String, String> correlation() {
        return Map.of("correlation_id", record.id(), "correlation_display", "Change Gate " + change.origin());
    }

    /** Returns the fields of a new one, but for references to other tables. */
    Map<String, String> created() {
        ChangeEvent.Opened opened = record.opened();
        Map<String, String> fields = new LinkedHashMap<>(correlation());
        fields.put("type", opened.judgement().type().key());
        fields.put("short_description", plain(ChangeText.title(record)));
        fields.put("description", plain(ChangeText.description(change)));
        fields.put("risk", risk(opened.judgement().assessment().level()));
        if (!opened.reason().isEmpty()) {
            fields.put("justification", plain(ChangeText.line(opened.reason(), 1000)));
        }
        boolean asks = opened.judgement().verdict().kind() == Verdict.Kind.ASK;
        Duration waits = asks ? opened.judgement().terms().expiry().orElse(Duration.ZERO) : Duration.ZERO;
        fields.put("start_date", time(opened.at()));
        fields.put("end_date", time(opened.at().plus(waits).plus(PLANNED)));
        return fields;
    }

    /** Returns the fields with which it goes to a state. */
    Map<String, String> entering(ServiceNowState state) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("state", state.value());
        switch (state) {
            case AUTHORIZE -> {
                fields.put("approval", "requested");
                if (record.decided().isEmpty()) {
                    note(fields, ChangeText.waiting(record));
                }
            }
            case SCHEDULED -> {
                fields.put("approval", "approved");
                record.held().ifPresent(hold -> note(fields, ChangeText.line(hold.because(), 500)));
            }
            case IMPLEMENT -> {
                fields.put("approval", "approved");
                record.decided().ifPresent(decided -> {
                    fields.put("work_start", time(decided.at()));
                    note(fields, ChangeText.decided(decided));
                });
            }
            case REVIEW -> {
                record.ended().ifPresent(ended -> fields.put("work_end", time(ended.at())));
                fields.putAll(closing());
                note(fields, ChangeText.outcome(record));
                record.review().ifPresent(why -> note(fields, ChangeText.outcome(record) + " Review due: " + why));
            }
            case CLOSED -> {
                fields.putAll(closing());
                record.reviewed()
                        .ifPresent(review -> note(
                                fields, ChangeText.line("Reviewed by " + review.by() + ". " + review.comment(), 500)));
            }
            case CANCELED ->
                record.decided().ifPresent(decided -> {
                    if (decided.decision() == Decision.REJECTED || decided.decision() == Decision.REFUSED) {
                        fields.put("approval", "rejected");
                    }
                    fields.put("close_notes", plain(ChangeText.decided(decided)));
                    note(fields, ChangeText.decided(decided));
                });
            case NEW, ASSESS -> {
                // Nothing but the state.
            }
        }
        return fields;
    }

    /** Returns how it ended, for a change that has. */
    Map<String, String> closing() {
        return Map.of(
                "close_code",
                closeCode(record.outcome().orElseThrow()),
                "close_notes",
                plain(ChangeText.outcome(record)));
    }

    static String closeCode(Outcome outcome) {
        return switch (outcome) {
            case SUCCESSFUL -> "successful";
            case SUCCESSFUL_WITH_ISSUES -> "successful_issues";
            case UNSUCCESSFUL -> "unsuccessful";
        };
    }

    /** The choices that ServiceNow ships have nothing above high. */
    static String risk(RiskLevel level) {
        return switch (level) {
            case LOW -> "4";
            case MODERATE -> "3";
            case HIGH, VERY_HIGH -> "2";
        };
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    private static void note(Map<String, String> fields, String text) {
        if (!text.isEmpty()) {
            fields.put("work_notes", plain(text));
        }
    }

    /** ServiceNow shows what stands between {@code [code]} tags of a journal as HTML. */
    private static String plain(String text) {
        return text.replaceAll("(?i)\\[(/?code)", "($1");
    }
}
