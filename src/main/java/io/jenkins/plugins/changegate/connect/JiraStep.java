package io.jenkins.plugins.changegate.connect;

import io.jenkins.plugins.changegate.engine.record.ChangeEvent;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of a change that a Jira request takes as well.
 *
 * @param name which event of the record it is, such as {@code CHG-000042/2}
 * @param transition the transition of the workflow; empty for none
 * @param text what is said
 */
record JiraStep(String name, String transition, String text) {

    /** Returns the steps of a change so far. */
    static List<JiraStep> of(ChangeRecord record, JiraServiceManagement jira) {
        List<JiraStep> steps = new ArrayList<>();
        for (int i = 0; i < record.version(); i++) {
            String name = record.id() + "/" + (i + 1);
            ChangeEvent event = record.history().get(i);
            if (event instanceof ChangeEvent.Decided decided) {
                String transition = decided.decision().lets() ? jira.getAllowTransition() : jira.getDeclineTransition();
                steps.add(new JiraStep(name, transition, ChangeText.decided(decided)));
            } else if (event instanceof ChangeEvent.Ended ended) {
                steps.add(ended(name, ended.outcome(), ended.because(), jira));
            } else if (event instanceof ChangeEvent.Corrected corrected) {
                steps.add(ended(name, corrected.outcome(), corrected.because(), jira));
            } else if (event instanceof ChangeEvent.Held held) {
                steps.add(new JiraStep(name, "", ChangeText.line(held.hold().because(), 500)));
            } else if (event instanceof ChangeEvent.Reviewed reviewed) {
                steps.add(new JiraStep(
                        name, "", ChangeText.line("Reviewed by " + reviewed.by() + ". " + reviewed.comment(), 500)));
            }
        }
        return steps;
    }

    private static JiraStep ended(String name, Outcome outcome, String because, JiraServiceManagement jira) {
        return new JiraStep(
                name,
                outcome.isDeployed() ? jira.getCompleteTransition() : jira.getFailTransition(),
                ChangeText.line("Deployment " + outcome.words() + ". " + because, 500));
    }

    /** Returns the comment that says it. */
    String comment() {
        return name + " " + plain(text);
    }

    /** Whether a comment says it. */
    boolean isSaidBy(String comment) {
        return comment.startsWith(name + " ");
    }

    /** Returns the summary of a request, by which it is found again. */
    static String summary(KeptChange change) {
        return change.record().id() + " [" + change.origin() + "] "
                + ChangeText.title(change.record())
                        .replace(" (" + change.record().id() + ")", "");
    }

    /** Returns the description of a request. */
    static String description(KeptChange change) {
        return plain(ChangeText.description(change));
    }

    /** Jira would take much of what others wrote for markup: mentions, images, macros. */
    private static String plain(String text) {
        return "{noformat}" + text.replace("{", "(").replace("}", ")") + "{noformat}";
    }
}
