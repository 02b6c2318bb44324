package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import io.jenkins.plugins.changegate.authorise.Authorisation;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** What whoever looks at a waiting change may do to it, for a page. */
@Restricted(NoExternalUse.class)
public final class YoursView {

    private final ChangeRecord record;
    private final Authorisation authorisation;
    private final Authentication user = Jenkins.getAuthentication2();
    private final String denied;

    YoursView(ChangeStore store, ChangeRecord record, Job<?, ?> job) {
        this.record = record;
        this.authorisation = new Authorisation(store, record.number(), job);
        String because = authorisation.denies(record, user).orElse("");
        // The page has the id above it.
        String id = record.id() + ": ";
        this.denied = because.startsWith(id) ? because.substring(id.length()) : because;
    }

    /** Returns why the user may not approve; empty if the user may. */
    public String getDenied() {
        return Visible.of(denied);
    }

    public boolean isApprovable() {
        return denied.isEmpty();
    }

    public boolean isRejectable() {
        return authorisation.mayReject(record, user);
    }

    public boolean isWithdrawable() {
        return authorisation.mayWithdraw(record, user);
    }

    public boolean isOverridable() {
        return authorisation.mayOverride(record, user);
    }

    public int getLimit() {
        return Authorisation.COMMENT_LIMIT;
    }
}
