package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.judge.Judgement;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A policy by which a change was judged, for a page.
 *
 * @param applied which
 */
@Restricted(NoExternalUse.class)
public record AppliedPolicy(Judgement.Applied applied) {

    /** Returns whose it is. */
    public String getLayer() {
        return Visible.of(applied.layer().words());
    }

    public String getSource() {
        return Visible.of(applied.source());
    }

    /** Whether what it was read from tells more than whose it is. */
    public boolean isNamed() {
        return !applied.layer().mayLoosen();
    }

    /** Returns SHA-256 of its text; in an address it names it. */
    public String getVersion() {
        return applied.version();
    }

    /** Returns the beginning of the hash. */
    public String getHash() {
        return Visible.abbreviated(applied.version());
    }
}
