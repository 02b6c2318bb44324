package io.jenkins.plugins.changegate.view;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;

/** The policies that a job's changes are judged by: {@code job/NAME/change-policy/}, linked from its changes. */
@Restricted(NoExternalUse.class)
public final class JobPolicyPage implements Action, StaplerProxy {

    private final Job<?, ?> job;

    JobPolicyPage(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns nothing, so that jobs without a gate have no link to it. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PolicyPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "change-policy";
    }

    /** Called by Stapler: for whoever may not see changes there is nothing here. */
    @Override
    public Object getTarget() {
        return job.hasPermission(ChangePermissions.VIEW) ? this : null;
    }

    /** Returns the job's name for people. */
    public String getJob() {
        return Visible.of(job.getFullDisplayName());
    }

    /** Returns which policies apply, but cannot be read. */
    public List<String> getProblems() {
        return PoliciesNow.of(job).gaps();
    }

    /** Returns the policies, the highest layer first. */
    public List<PolicyView> getPolicies() {
        return PoliciesNow.of(job).all().stream().map(PolicyView::new).toList();
    }

    /** Puts the page on every job. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static class Factory extends TransientActionFactory<Job<?, ?>> {

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Job<?, ?>> type() {
            return (Class) Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobPolicyPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job<?, ?> job) {
            return List.of(new JobPolicyPage(job));
        }
    }
}
