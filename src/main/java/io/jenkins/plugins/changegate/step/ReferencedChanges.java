package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.changegate.ledger.MentionedChanges;
import java.util.List;

/** The numbers of the changes that a build's gates opened. */
@Extension
public class ReferencedChanges implements MentionedChanges {

    @Override
    public List<Long> of(Run<?, ?> run) {
        return ChangesAction.of(run).stream()
                .map(ChangesAction.Reference::number)
                .toList();
    }
}
