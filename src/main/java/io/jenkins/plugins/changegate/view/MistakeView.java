package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.text.Mistake;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A mistake in a policy, with its place and the line that it is in.
 *
 * @param mistake what is wrong, and where
 * @param text the line; empty if it is not there
 */
@Restricted(NoExternalUse.class)
public record MistakeView(Mistake mistake, String text) {

    /**
     * Returns the mistakes in a policy.
     *
     * @param text from what it was read
     */
    static List<MistakeView> of(PolicyException mistakes, String text) {
        List<String> lines = Visible.text(text);
        return mistakes.mistakes().stream()
                .map(mistake -> new MistakeView(
                        mistake, mistake.line() <= lines.size() ? Visible.cut(lines.get(mistake.line() - 1)) : ""))
                .toList();
    }

    /** Returns the line, from 1. */
    public int getLine() {
        return mistake.line();
    }

    /** Returns the column, from 1. */
    public int getColumn() {
        return mistake.column();
    }

    /** Returns what is wrong and how to mend it. */
    public String getMessage() {
        return Visible.of(mistake.message());
    }

    public String getText() {
        return text;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", getLine());
        json.put("column", getColumn());
        json.put("message", getMessage());
        json.put("text", getText());
        return json;
    }
}
