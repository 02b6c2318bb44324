package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.risk.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What other systems are told of a change in words. Much of it is written by people, pipelines and files: it becomes
 * plain lines of bounded length, and what a system would take for markup is its own to take out.
 */
final class ChangeText {

    private static final int LINE = 500;
    private static final int TITLE = 120;
    private static final int LISTED = 20;

    private ChangeText() {}

    /** Returns what goes where, in one line: {@code Deploy shop to production (CHG-000042)}. */
    static String title(ChangeRecord record) {
        return line("Deploy " + what(record), TITLE) + " (" + record.id() + ")";
    }

    private static String what(ChangeRecord record) {
        Target target = record.opened().judgement().target();
        return target.service() + " to " + target.environment();
    }

    /** Returns all that is known when it reaches the gate. */
    static String description(KeptChange change) {
        ChangeEvent.Opened opened = change.record().opened();
        Judgement judgement = opened.judgement();
        List<String> lines = new ArrayList<>();
        lines.add("Deployment of " + what(change.record()) + " (tier "
                + judgement.target().tier().name().toLowerCase(Locale.ROOT) + ")");
        lines.add("Risk: " + judgement.assessment().level().words() + ", "
                + judgement.assessment().score() + " of 100");
        judgement.verdict().reasons().forEach(reason -> lines.add("- " + reason));
        judgement.assessment().contributions().stream()
                .filter(part -> part.points() != 0)
                .limit(LISTED)
                .forEach(part -> lines.add(String.format(Locale.ROOT, "%+d %s", part.points(), part.because())));
        lines.add("Commit: " + (opened.head().isEmpty() ? "not known" : opened.head()));
        lines.add("Build: " + opened.origin().job() + " #" + opened.origin().build());
        lines.add("Started by: " + (opened.starters().isEmpty() ? "nobody" : String.join(", ", opened.starters())));
        if (!opened.reason().isEmpty()) {
            lines.add("Reason: " + opened.reason());
        }
        lines.add("Policy: " + judgement.policyVersion());
        if (!change.page().isEmpty()) {
            lines.add("Record: " + change.page());
        }
        return String.join("\n", lines.stream().map(text -> line(text, LINE)).toList());
    }

    /** Returns who is needed. */
    static String waiting(ChangeRecord record) {
        String missing = String.join(" and ", record.ballot().missing());
        return missing.isEmpty() ? "" : line("Change Gate waits for " + missing + ".", LINE);
    }

    /** Returns how it was decided, by whom and why. */
    static String decided(ChangeEvent.Decided decided) {
        return line(
                "Change Gate: " + decided.decision().key()
                        + (decided.by().isEmpty() ? "" : " by " + decided.by())
                        + ". " + decided.because()
                        + (decided.comment().isEmpty() ? "" : " Comment: " + decided.comment()),
                LINE);
    }

    /** Returns how its deployment ended, and what tells so. */
    static String outcome(ChangeRecord record) {
        Outcome outcome = record.outcome().orElseThrow();
        String because = record.history().stream()
                .map(event -> event instanceof ChangeEvent.Ended ended
                        ? ended.because()
                        : event instanceof ChangeEvent.Corrected corrected ? corrected.because() : "")
                .filter(text -> !text.isEmpty())
                .reduce((first, last) -> last)
                .orElse("");
        return line("Deployment " + outcome.words() + (because.isEmpty() ? "." : ": " + because), LINE);
    }

    /** Returns a text in which nothing can begin a line or another writing direction. */
    static String line(String text, int limit) {
        String clean =
                text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
        return clean.length() <= limit ? clean : clean.substring(0, limit - 1) + "…";
    }
}
