package io.jenkins.plugins.changegate.notify;

import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a mail says.
 *
 * @param subject one line
 * @param body plain text; lines end with LF
 */
record MailText(String subject, String body) {

    private static final int SUBJECT = 200;
    private static final int NAME = 60;

    /** What a mail is for. */
    enum Occasion {
        ASKED("Approval needed", " waits for approval, and you may give it."),
        REMINDED("Reminder", " still waits for approval, and you may give it."),
        ESCALATED("Not decided yet", " is not decided yet. Others may approve it as well now; you are one who may."),
        OVERRIDDEN("Overridden", " was put through without the approvals that policy asks for."),
        DECIDED("", "");

        private final String title;
        private final String opening;

        Occasion(String title, String opening) {
            this.title = title;
            this.opening = opening;
        }
    }

    /**
     * Returns what is told of a change.
     *
     * @param url the address of its page; empty if there is none
     */
    static MailText of(Occasion occasion, ChangeRecord record, String url) {
        Judgement judgement = record.opened().judgement();
        String decision = record.decided().map(d -> d.decision().key()).orElse("");
        String title = occasion == Occasion.DECIDED
                ? decision.substring(0, 1).toUpperCase(Locale.ROOT) + decision.substring(1)
                : occasion.title;
        String subject = title + ": " + record.id() + ", "
                + Plain.line(judgement.target().service(), NAME) + " to "
                + Plain.line(judgement.target().environment(), NAME) + ", risk "
                + judgement.assessment().level().words();
        List<String> body = new ArrayList<>();
        body.add(record.id() + (occasion == Occasion.DECIDED ? " was " + decision + "." : occasion.opening));
        body.add("");
        body.addAll(facts(record));
        body.add("");
        body.add("Why:");
        Summary.reasons(record).forEach(reason -> body.add("  " + reason));
        if (!url.isEmpty()) {
            body.add("");
            body.add(url);
        }
        return new MailText(Plain.line(subject, SUBJECT), String.join("\n", body) + "\n");
    }

    private static List<String> facts(ChangeRecord record) {
        ChangeEvent.Opened opened = record.opened();
        List<String> facts = new ArrayList<>();
        fact(facts, "Deployment", Summary.what(record));
        fact(facts, "Risk", Summary.risk(record));
        fact(facts, "Build", opened.origin().job() + " #" + opened.origin().build());
        fact(facts, "Started by", String.join(", ", opened.starters()));
        fact(facts, "Wanted because", opened.reason());
        for (Vote vote : record.ballot().votes()) {
            fact(facts, "Approved by", vote.name() + (vote.comment().isBlank() ? "" : ": " + vote.comment()));
        }
        if (record.decided().isEmpty()) {
            fact(facts, "Needed", Summary.needed(record));
            fact(facts, "Until", Summary.until(record));
        } else {
            ChangeEvent.Decided decided = record.decided().get();
            fact(facts, "Decision", decided.because());
            // The sentence usually has it; that it does is nothing to rely on.
            fact(facts, "Comment", decided.because().contains(decided.comment()) ? "" : decided.comment());
        }
        return facts;
    }

    /** Adds what is known of something; further lines are set in, so that they cannot pass for something else. */
    private static void fact(List<String> facts, String name, String text) {
        List<String> lines = text == null ? List.of() : Plain.lines(text, Summary.LINE);
        for (int i = 0; i < lines.size(); i++) {
            facts.add(i == 0 ? name + ": " + lines.get(i) : "    " + lines.get(i));
        }
    }
}
