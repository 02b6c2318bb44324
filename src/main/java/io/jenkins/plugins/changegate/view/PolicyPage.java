package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;

/** The policies that all jobs have in common: {@code /changes/policy/}. */
@Restricted(NoExternalUse.class)
public final class PolicyPage implements ModelObject, StaplerProxy {

    @Override
    public String getDisplayName() {
        return Messages.PolicyPage_displayName();
    }

    /** Called by Stapler: only for whoever may write the organisation's policy, or see Jenkins' configuration. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkAnyPermission(ChangePermissions.CONFIGURE, Jenkins.SYSTEM_READ);
        return this;
    }

    /** Whether the page may be seen. */
    static boolean isVisible() {
        return Jenkins.get().hasAnyPermission(ChangePermissions.CONFIGURE, Jenkins.SYSTEM_READ);
    }

    /** Whether the user may try drafts. */
    public boolean isTriable() {
        return Jenkins.get().hasPermission(ChangePermissions.CONFIGURE);
    }

    /** Returns which policies apply, but cannot be read. */
    public List<String> getProblems() {
        return PoliciesNow.ofJenkins().gaps();
    }

    /** Returns the policies, the highest layer first. */
    public List<PolicyView> getPolicies() {
        return PoliciesNow.ofJenkins().all().stream().map(PolicyView::new).toList();
    }

    /** Returns the page on which drafts are tried. */
    public TryPage getTry() {
        return new TryPage();
    }
}
