package io.jenkins.plugins.changegate.view;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A policy's text for a page, line by line. */
@Restricted(NoExternalUse.class)
public final class SourceView {

    /** Lines shown at most; a policy has room for many more empty ones. */
    private static final int LINES = 5000;

    private final List<String> lines;

    SourceView(String text) {
        lines = Visible.text(text);
    }

    public List<String> getLines() {
        return lines.size() <= LINES ? lines : lines.subList(0, LINES);
    }

    /** Returns how many lines are not shown. */
    public int getLeftOut() {
        return Math.max(0, lines.size() - LINES);
    }
}
