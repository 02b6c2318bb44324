package io.jenkins.plugins.changegate.step;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.policy.Judgement;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.risk.Contribution;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What the gate says to people. */
final class Wording {

    private static final int REASONS = 3;
    private static final int MESSAGE = 500;

    private Wording() {}

    /** Returns what the prompt asks: what, where to, how risky, and the weightiest reasons. */
    static String question(ChangeRecord record) {
        Judgement judgement = record.opened().judgement();
        String weightiest = judgement.assessment().contributions().stream()
                .filter(part -> part.points() > 0)
                .sorted(Comparator.comparingInt(Contribution::points).reversed())
                .limit(REASONS)
                .map(part -> part.because() + " (+" + part.points() + ")")
                .collect(Collectors.joining(" "));
        String text = record.id() + ": deploy " + judgement.target().service() + " to "
                + judgement.target().environment() + "? Risk is "
                + judgement.assessment().level().words() + " (" + judgement.assessment().score() + " of 100). "
                + weightiest + " Needs " + needed(record) + ".";
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MESSAGE ? clean.substring(0, MESSAGE) + "…" : clean;
    }

    /** Returns who is needed still. */
    static String needed(ChangeRecord record) {
        return String.join(" and ", record.ballot().missing());
    }

    /** Returns the address of the change's page; absolute if Jenkins knows its own. */
    static String url(ChangeRecord record, Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "/" : root) + run.getUrl() + "change/" + record.id() + "/";
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
