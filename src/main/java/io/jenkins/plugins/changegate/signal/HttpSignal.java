package io.jenkins.plugins.changegate.signal;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.config.ConfigurationForms;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import tools.jackson.core.JsonPointer;

/** A signal that is fetched by HTTP: by a GET, or by a POST of the change. Not changed once it is configured. */
public final class HttpSignal implements Describable<HttpSignal> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final int USUAL = 5;
    private static final int LONGEST = 30;

    private final String name;
    private final String url;
    private final String credentialsId;
    private final String pointer;
    private final int timeout;
    private final boolean sendChange;
    private boolean evidence;

    /**
     * @param name by which rules ask for it
     * @param url where it is, with places for what is deployed: see {@link AddressTemplate}
     * @param credentialsId the id of a secret text, sent as a bearer token, or of a user name with password; empty for
     *     none
     * @param pointer where it is in the answer, as RFC 6901 has it; empty for the whole answer as text
     * @param timeout how long the answer may take, 1 to 30 seconds; {@code null} for 5
     * @param sendChange whether the change is sent, as {@link ChangeInput} has it, by a POST; else it is asked by a GET
     * @throws IllegalArgumentException if one of them is not possible
     */
    @DataBoundConstructor
    public HttpSignal(
            String name, String url, String credentialsId, String pointer, Integer timeout, boolean sendChange) {
        this.name = Util.fixNull(name).trim();
        this.url = Util.fixNull(url).trim();
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        this.pointer = Util.fixNull(pointer).trim();
        this.timeout = timeout == null ? USUAL : timeout;
        this.sendChange = sendChange;
        nameMistake(this.name)
                .or(() -> AddressTemplate.mistake(this.url))
                .or(() -> pointerMistake(this.pointer))
                .or(() -> timeoutMistake(this.timeout))
                .ifPresent(mistake -> {
                    throw new IllegalArgumentException(mistake);
                });
    }

    public String getName() {
        return name;
    }

    public String getUrl() {
        return url;
    }

    /** Returns the id of the credential; {@code null} if none is sent. */
    public String getCredentialsId() {
        return credentialsId;
    }

    public String getPointer() {
        return pointer;
    }

    /** Returns how long the answer may take, in seconds. */
    public int getTimeout() {
        return timeout;
    }

    /** Whether the change is sent. */
    public boolean isSendChange() {
        return sendChange;
    }

    /** Whether it is fetched for every change and recorded with it, although no rule asks about it. */
    public boolean isEvidence() {
        return evidence;
    }

    @DataBoundSetter
    public void setEvidence(boolean evidence) {
        this.evidence = evidence;
    }

    AddressTemplate template() {
        return new AddressTemplate(url);
    }

    private static Optional<String> nameMistake(String name) {
        if (ClaimedSignals.isClaimed(name)) {
            return Optional.of(Messages.HttpSignal_claimed());
        }
        return NAME.matcher(name).matches() ? Optional.empty() : Optional.of(Messages.HttpSignal_noName());
    }

    private static Optional<String> pointerMistake(String pointer) {
        try {
            JsonPointer.compile(pointer);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Messages.HttpSignal_noPointer());
        }
    }

    private static Optional<String> timeoutMistake(int timeout) {
        return timeout >= 1 && timeout <= LONGEST ? Optional.empty() : Optional.of(Messages.HttpSignal_noTimeout());
    }

    /** The form of a signal. Checks by looks only; nothing is called. */
    @Extension
    @Symbol("changeGateHttpSignal")
    public static class DescriptorImpl extends Descriptor<HttpSignal> {

        @Override
        public String getDisplayName() {
            return Messages.HttpSignal_displayName();
        }

        /** Checks a name. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckName(@QueryParameter String value) {
            return ConfigurationForms.check(nameMistake(Util.fixNull(value).trim()));
        }

        /** Checks an address, and whether its host is allowed. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckUrl(@QueryParameter String value) {
            String written = Util.fixNull(value).trim();
            FormValidation looks = ConfigurationForms.check(AddressTemplate.mistake(written));
            boolean known = looks.kind != FormValidation.Kind.OK
                    || !Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)
                    || ChangeGateSignals.get().hosts().permit(new AddressTemplate(written).any());
            return known ? looks : FormValidation.warning(Messages.HttpSignal_hostNotAllowed());
        }

        /** Checks a JSON pointer. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckPointer(@QueryParameter String value) {
            return ConfigurationForms.check(pointerMistake(Util.fixNull(value).trim()));
        }

        /** Offers Jenkins' secret texts and user names with passwords. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return ConfigurationForms.callCredentials(credentialsId);
        }
    }
}
