package io.jenkins.plugins.changegate.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Where in which git repository the organisation's policy is. Immutable. */
public final class PolicyRepository implements Describable<PolicyRepository> {

    private final String url;
    private final String revision;
    private final String path;
    private final String credentialsId;

    /**
     * @param url of the repository: https, http, ssh, git or {@code user@host:path}; without a password
     * @param revision a branch, a tag or a commit's full name; empty for what the repository's HEAD is
     * @param path of the policy from the repository's top
     * @param credentialsId the id of a user name with password or key, of Jenkins as a whole; empty for none
     * @throws IllegalArgumentException if one of them is none
     */
    @DataBoundConstructor
    public PolicyRepository(String url, String revision, String path, String credentialsId) {
        this.url = Util.fixNull(url).trim();
        this.revision = Util.fixEmptyAndTrim(revision);
        this.path = Util.fixNull(path).trim();
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        Mistakes.refuse(List.of(
                PolicyAddress.mistakeInUrl(this.url),
                PolicyAddress.mistakeInRevision(Util.fixNull(this.revision)),
                PolicyAddress.mistakeInPath(this.path)));
    }

    public String getUrl() {
        return url;
    }

    /** Returns the branch, tag or commit; {@code null} for what the repository's HEAD is. */
    public String getRevision() {
        return revision;
    }

    public String getPath() {
        return path;
    }

    /** Returns the id of the credentials; {@code null} if none are needed. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Returns how it is called in messages: the last part of the address, and the path. */
    String words() {
        return PolicyAddress.lastPart(url) + " " + path;
    }

    /** Returns what is read: the same for two only if they lead to the same text. */
    String origin() {
        return String.join("\n", url, Util.fixNull(revision), path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyRepository that
                && origin().equals(that.origin())
                && Objects.equals(credentialsId, that.credentialsId);
    }

    @Override
    public int hashCode() {
        return origin().hashCode();
    }

    /** The form of where the policy is. */
    @Extension
    @Symbol("changeGatePolicyRepository")
    public static class DescriptorImpl extends Descriptor<PolicyRepository> {

        @Override
        public String getDisplayName() {
            return Messages.PolicyRepository_displayName();
        }

        /** Checks an address by its looks; nothing is called. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return ConfigurationForms.check(
                    PolicyAddress.mistakeInUrl(Util.fixNull(value).trim()));
        }

        /** Checks a revision by its looks; nothing is called. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckRevision(@QueryParameter String value) {
            return ConfigurationForms.check(
                    PolicyAddress.mistakeInRevision(Util.fixNull(value).trim()));
        }

        /** Checks a path by its looks; nothing is called. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckPath(@QueryParameter String value) {
            return ConfigurationForms.check(
                    PolicyAddress.mistakeInPath(Util.fixNull(value).trim()));
        }

        /** Offers Jenkins' user names with a password or a key. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return ConfigurationForms.credentials(
                    credentialsId, StandardUsernameCredentials.class, CredentialsMatchers.always());
        }
    }
}
