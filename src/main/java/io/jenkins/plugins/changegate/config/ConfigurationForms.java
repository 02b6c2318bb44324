package io.jenkins.plugins.changegate.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** What the forms of the configuration answer while they are filled in: nothing to whoever may not configure. */
public final class ConfigurationForms {

    private ConfigurationForms() {}

    /** Returns what is wrong with what was written, to whoever may configure. */
    public static FormValidation check(Optional<String> mistake) {
        return Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)
                ? mistake.map(FormValidation::error).orElseGet(FormValidation::ok)
                : FormValidation.ok();
    }

    /**
     * Returns which of Jenkins' own credentials can be chosen; to whoever may not configure, only what is chosen.
     *
     * @param chosen the id that is chosen now; may be {@code null}
     * @param type of which type they are
     * @param matcher which of these
     */
    public static ListBoxModel credentials(
            String chosen, Class<? extends StandardCredentials> type, CredentialsMatcher matcher) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)) {
            return items.includeCurrentValue(Util.fixNull(chosen));
        }
        return items.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, List.of(), matcher)
                .includeCurrentValue(Util.fixNull(chosen));
    }

    /**
     * Returns which of Jenkins' own credentials for calls can be chosen: secret texts, and user names with passwords.
     *
     * @param chosen the id that is chosen now; may be {@code null}
     */
    public static ListBoxModel callCredentials(String chosen) {
        return credentials(
                chosen,
                StandardCredentials.class,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class)));
    }
}
