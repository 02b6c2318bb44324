package io.jenkins.plugins.changegate.calendar;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.changegate.config.ConfigurationForms;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A host that calendars may be read from. Immutable. */
public final class CalendarHost implements Describable<CalendarHost> {

    private final String host;
    private final String credentialsId;

    /**
     * @param host as {@code calendar.example.org}, with the port if it is not the usual one
     * @param credentialsId the id of a secret text, sent as a bearer token, or of a user name with password; empty for
     *     none. Whoever writes a policy can have any address of the host read with it
     * @throws IllegalArgumentException if it is no host
     */
    @DataBoundConstructor
    public CalendarHost(String host, String credentialsId) {
        this.host = Util.fixNull(host).trim();
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        mistake(this.host).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
    }

    public String getHost() {
        return host;
    }

    /** Returns the id of the credential; {@code null} if none is sent. */
    public String getCredentialsId() {
        return credentialsId;
    }

    AllowedHosts allowed() {
        return AllowedHosts.parse(host);
    }

    private static Optional<String> mistake(String host) {
        try {
            AllowedHosts.parse(host);
            return host.isEmpty() || host.matches(".*[\\s,].*")
                    ? Optional.of(Messages.CalendarHost_one())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The form of a host. Checks by looks only; nothing is called. */
    @Extension
    @Symbol("changeGateCalendarHost")
    public static class DescriptorImpl extends Descriptor<CalendarHost> {

        @Override
        public String getDisplayName() {
            return Messages.CalendarHost_displayName();
        }

        /** Checks a host. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckHost(@QueryParameter String value) {
            return ConfigurationForms.check(mistake(Util.fixNull(value).trim()));
        }

        /** Offers Jenkins' secret texts and user names with passwords. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return ConfigurationForms.callCredentials(credentialsId);
        }
    }
}
