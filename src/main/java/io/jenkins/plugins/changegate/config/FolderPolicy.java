package io.jenkins.plugins.changegate.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.Util;
import hudson.model.Items;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The policy of a folder, as text, for every job below it. Only who holds {@link ChangePermissions#CONFIGURE} on the
 * folder sets it; for others the old one stays. What applies is what {@link FolderPolicies} has accepted.
 */
public class FolderPolicy extends AbstractFolderProperty<AbstractFolder<?>> {

    private String policy;

    /** Whether what stands in the file is not what was accepted. */
    private transient volatile boolean stale;

    /**
     * @param policy in YAML; one that cannot be used is kept, and asks for every change of a job below
     */
    @DataBoundConstructor
    public FolderPolicy(String policy) {
        this.policy = Util.fixNull(policy);
    }

    /** Returns the policy as it was written; empty if there is none. */
    public String getPolicy() {
        return Util.fixNull(policy);
    }

    /** Whether the folder has to be saved, because somebody posted another policy who may not. */
    boolean isStale() {
        return stale;
    }

    @Override
    protected void setOwner(AbstractFolder<?> folder) {
        super.setOwner(folder);
        FolderPolicies policies = FolderPolicies.get();
        // What a user posts as XML is looked at; what Jenkins loads, or code sets, is trusted like the rest of it.
        if (!Items.currentlyUpdatingByXml() || folder.hasPermission(ChangePermissions.CONFIGURE)) {
            policies.accept(folder, getPolicy());
        } else if (!policies.accepted(folder).equals(getPolicy())) {
            policy = policies.accepted(folder);
            stale = true;
        }
    }

    @Override
    public AbstractFolderProperty<?> reconfigure(StaplerRequest2 request, JSONObject form)
            throws DescriptorImpl.FormException {
        if (!owner.hasPermission(ChangePermissions.CONFIGURE)) {
            return this;
        }
        return form == null ? null : getDescriptor().newInstance(request, form);
    }

    /** The form of a folder's policy. */
    @Extension(optional = true)
    @Symbol("changeGatePolicy")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        private final transient PolicyReader reader = new PolicyReader();

        @Override
        public String getDisplayName() {
            return Messages.FolderPolicy_displayName();
        }

        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            AbstractFolder<?> folder = request == null ? null : request.findAncestorObject(AbstractFolder.class);
            String text = form.optString("policy");
            if (text.isBlank() || folder != null && !folder.hasPermission(ChangePermissions.CONFIGURE)) {
                return null;
            }
            try {
                reader.readWithoutRepository(FolderPolicies.layer(folder), FolderPolicies.source(folder), text);
            } catch (PolicyException e) {
                throw new FormException(e.getMessage(), e, "policy");
            }
            return new FolderPolicy(text);
        }

        /** Whether whoever asks may set a folder's policy; for the form. */
        @Restricted(NoExternalUse.class)
        public boolean mayConfigure(Object folder) {
            return folder instanceof AbstractFolder<?> known && known.hasPermission(ChangePermissions.CONFIGURE);
        }

        /** Checks the policy while it is being written. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckPolicy(@AncestorInPath AbstractFolder<?> folder, @QueryParameter String value) {
            if (folder == null || !folder.hasPermission(ChangePermissions.CONFIGURE)) {
                return FormValidation.ok();
            }
            return PolicyCheck.of(reader, FolderPolicies.layer(folder), FolderPolicies.source(folder), value);
        }
    }
}
