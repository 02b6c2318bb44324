package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.judge.Verdict;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who would have been asked about a change that passed by itself, for a page.
 *
 * @param beyond what would have been asked for
 */
@Restricted(NoExternalUse.class)
public record BeyondView(Verdict.Beyond beyond) {

    /** Returns the lowest level that does not pass by itself, in words. */
    public String getFrom() {
        return beyond.from().words();
    }

    /** Returns the requirements in words, each {@code 2 of change-managers}. */
    public List<String> getRequirements() {
        return beyond.requirements().stream()
                .map(requirement -> Visible.of(requirement.words()))
                .toList();
    }
}
