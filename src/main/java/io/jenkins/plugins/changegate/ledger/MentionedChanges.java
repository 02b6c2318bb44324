package io.jenkins.plugins.changegate.ledger;

import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.List;

/** Tells which numbers of changes builds mention, so that a rebuilt store gives none of them again. */
public interface MentionedChanges extends ExtensionPoint {

    /** Returns the numbers that a build mentions, of the ledger in use. */
    List<Long> of(Run<?, ?> run);
}
