package io.jenkins.plugins.changegate.step;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.judge.Hold;
import io.jenkins.plugins.changegate.engine.judge.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.Basis;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import io.jenkins.plugins.changegate.engine.risk.SizePrior;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What the gate says to people. */
final class Wording {

    private static final int REASONS = 2;

    /** What gives a change points without any rule. */
    private static final Set<String> NO_RULES = Set.of(SizePrior.SOURCE, Basis.SOURCE);

    private static final int MESSAGE = 500;

    private Wording() {}

    /** Returns what the prompt asks, short enough for a headline: what, where to, how risky, why, and who is needed. */
    static String question(ChangeRecord record) {
        Judgement judgement = record.opened().judgement();
        String why = judgement.assessment().contributions().stream()
                .filter(part -> part.points() > 0 && !NO_RULES.contains(part.source()))
                .sorted(Comparator.comparingInt(Contribution::points).reversed())
                .limit(REASONS)
                .map(Contribution::because)
                .collect(Collectors.joining(" "));
        if (why.isEmpty() || record.opened().delta() == null) {
            why = judgement.verdict().reasons().get(0);
        }
        String text = record.id() + ": deploy " + judgement.target().service() + " to "
                + judgement.target().environment() + "? Risk is "
                + judgement.assessment().level().words() + ". " + why + " Needs " + needed(record) + ".";
        String clean = plain(text);
        return clean.length() > MESSAGE ? clean.substring(0, MESSAGE) + "…" : clean;
    }

    /**
     * Returns a text in which nothing can begin a line, a console note or another writing direction: what comes from a
     * diff or a person is shown as it is, but does nothing.
     */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    /** Returns who is needed still. */
    static String needed(ChangeRecord record) {
        return String.join(" and ", record.ballot().missing());
    }

    /** Returns where to reject: a prompt has no room for the comment that needs. */
    static String rejecting(ChangeRecord record, Run<?, ?> run) {
        return "To reject it, say why on its page: " + url(record, run) + "#reject";
    }

    /** Returns the address of the change's page; absolute if Jenkins knows its own. */
    static String url(ChangeRecord record, Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + run.getUrl() + "change/" + record.id() + "/";
    }

    /** Returns until when a change is held back. */
    static String until(Hold hold) {
        return hold.until()
                .map(until -> "It may be deployed from " + until.truncatedTo(ChronoUnit.MINUTES) + " on.")
                .orElse("It is not known when it may be deployed.");
    }

    /** Returns the id of the user who stopped a run; empty if nobody did. */
    static String by(Throwable cause) {
        return causes(cause).stream()
                .filter(CauseOfInterruption.UserInterruption.class::isInstance)
                .map(CauseOfInterruption.UserInterruption.class::cast)
                .map(CauseOfInterruption.UserInterruption::getUserId)
                .findFirst()
                .orElse("");
    }

    /** Returns why a run was stopped, one sentence. */
    static String because(Throwable cause) {
        String causes = causes(cause).stream()
                .map(CauseOfInterruption::getShortDescription)
                .collect(Collectors.joining("; "));
        return causes.isEmpty() ? "The run was stopped: " + cause + "." : "The run was stopped: " + causes + ".";
    }

    private static List<CauseOfInterruption> causes(Throwable cause) {
        return cause instanceof FlowInterruptedException interruption ? interruption.getCauses() : List.of();
    }
}
