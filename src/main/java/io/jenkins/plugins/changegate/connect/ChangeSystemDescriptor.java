package io.jenkins.plugins.changegate.connect;

import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.config.ConfigurationForms;
import java.net.URI;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The form of a system. Checks by looks only; nothing is called. */
public abstract class ChangeSystemDescriptor extends Descriptor<ChangeSystem> {

    /** Checks an address, and whether its host is allowed. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doCheckUrl(@QueryParameter String value) {
        String url = Util.fixNull(value).trim();
        FormValidation looks = ConfigurationForms.check(ChangeSystem.mistake(url));
        boolean known = looks.kind != FormValidation.Kind.OK
                || !Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)
                || ChangeGateConnections.get().hosts().permit(URI.create(url));
        return known ? looks : FormValidation.warning(Messages.ChangeSystem_hostNotAllowed());
    }

    /** Offers Jenkins' user names with passwords and secret texts. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return ConfigurationForms.callCredentials(credentialsId);
    }
}
