package io.jenkins.plugins.changegate.step;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.changegate.engine.approval.Vote;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.judge.Verdict;
import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import java.util.List;
import java.util.Locale;

/** Writes the gate's lines into a build's log: the verdict first, then the reasons, then the link. */
final class GateLog {

    private static final String PREFIX = "[Change Gate] ";

    /** How many contributions are listed; the page has them all. */
    private static final int LISTED = 6;

    private final TaskListener listener;

    GateLog(TaskListener listener) {
        this.listener = listener;
    }

    void judged(ChangeRecord record, Run<?, ?> run) {
        Judgement judgement = record.opened().judgement();
        Verdict verdict = judgement.verdict();
        line(String.format(
                "%s: %s, %s to %s, risk %s (%d of 100)",
                verdict.kind().name().toLowerCase(Locale.ROOT),
                record.id(),
                judgement.target().service(),
                judgement.target().environment(),
                judgement.assessment().level().words(),
                judgement.assessment().score()));
        verdict.reasons().forEach(reason -> line("  " + reason));
        judgement.hold().ifPresent(hold -> line("  " + hold.because() + " " + Wording.until(hold)));
        judgement.withheld().ifPresent(withheld -> line("  " + withheld));
        List<Contribution> parts = judgement.assessment().contributions().stream()
                .filter(part -> part.points() != 0)
                .toList();
        parts.stream()
                .limit(LISTED)
                .forEach(part -> line(String.format(
                        "  %+4d %s: %s%s", part.points(), part.source(), part.because(), evidence(part))));
        if (parts.size() > LISTED) {
            line("  and " + (parts.size() - LISTED) + " more");
        }
        listener.getLogger()
                .println(PREFIX + "  "
                        + HyperlinkNote.encodeTo('/' + run.getUrl() + "change/" + record.id() + '/', "Details"));
    }

    private static String evidence(Contribution part) {
        if (part.evidence().isEmpty()) {
            return "";
        }
        String first = part.evidence().get(0);
        return " [" + first + (part.evidence().size() > 1 ? ", …" : "") + "]";
    }

    /** Says what happened last to a change that still waits. */
    void happened(ChangeRecord record) {
        ChangeEvent event = record.history().get(record.version() - 1);
        String needs = record.ballot().isComplete() ? "" : " It still needs " + Wording.needed(record) + ".";
        if (event instanceof ChangeEvent.Approved approved) {
            Vote vote = approved.vote();
            String comment = vote.comment().isBlank() ? "." : ": " + vote.comment();
            String place = vote.standsInFor().isEmpty() ? "" : " in the place of " + vote.standsInFor();
            line(record.id() + " was approved by " + vote.name() + place + comment + needs);
        } else if (event instanceof ChangeEvent.Withdrawn withdrawn) {
            line(record.id() + ": " + withdrawn.because() + needs);
        } else if (event instanceof ChangeEvent.Escalated escalated) {
            line(record.id() + " is not decided yet, so "
                    + escalated.escalation().who() + " may approve it as well.");
        } else if (event instanceof ChangeEvent.Held held) {
            line(record.id() + " needs nobody any more. " + held.hold().because() + " " + Wording.until(held.hold()));
        } else if (event instanceof ChangeEvent.Reminded) {
            line(record.id() + " is not decided yet; those who may approve it are reminded.");
        }
    }

    /** Says that a click did not count. */
    void turnedAway(String name, String because) {
        line(name + " did not get through: " + because);
    }

    /** Says where a click that needs a comment can be made. */
    void commentNeeded(String name, ChangeRecord record, Run<?, ?> run) {
        listener.getLogger()
                .println(PREFIX
                        + Wording.plain(name) + " wants to reject " + record.id() + ": "
                        + HyperlinkNote.encodeTo(
                                '/' + run.getUrl() + "change/" + record.id() + "/#reject", "say why, to reject it"));
    }

    /** Says that nothing goes on, and why. */
    void storeAway(String because) {
        line("waits: no record can be made, so nothing passes. It is tried again until it can, or the run is stopped. "
                + because);
    }

    void storeBack() {
        line("The store of change records can be used again.");
    }

    void decided(ChangeRecord record) {
        ChangeEvent.Decided decided = record.decided().orElseThrow();
        line(decided.decision().key() + ": " + record.id() + ". " + decided.because());
    }

    /** Writes one line; what comes from a diff or a person cannot begin another one, nor a console note. */
    void line(String text) {
        listener.getLogger().println(PREFIX + Wording.plain(text));
    }
}
