package io.jenkins.plugins.changegate.notify;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.changegate.config.ConfigurationForms;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A system that is told of every change, by a POST of JSON. Immutable. */
public final class Webhook implements Describable<Webhook> {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final String url;
    private final String credentialsId;
    private final String format;

    /**
     * @param url where to; http or https
     * @param credentialsId the id of the secret text that deliveries are signed with; empty to sign nothing
     * @param format in which form it is told, {@code change-gate} or {@code cdevents}; {@code null} for the former
     * @throws IllegalArgumentException if nothing can be sent to that address, or in that form
     */
    @DataBoundConstructor
    public Webhook(String url, String credentialsId, String format) {
        String trimmed = Util.fixNull(url).trim();
        this.format = Objects.requireNonNullElse(Util.fixEmptyAndTrim(format), WebhookFormat.CHANGE_GATE.key());
        mistake(trimmed).or(() -> formatMistake(this.format)).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        this.url = trimmed;
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getUrl() {
        return url;
    }

    /** Returns the id of the secret; {@code null} if nothing is signed. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Returns in which form it is told. */
    public String getFormat() {
        return format().key();
    }

    WebhookFormat format() {
        // Those that were saved before there were two have none.
        return WebhookFormat.of(format).orElse(WebhookFormat.CHANGE_GATE);
    }

    /** Returns what tells it from others, of 16 digits, and tells nobody its address. */
    String key() {
        return Hashes.sha256(List.of(url, getFormat())).substring(0, 16);
    }

    /** Returns the part of the address that may be logged: such addresses often have a secret in their path. */
    String host() {
        return URI.create(url).getAuthority();
    }

    private static Optional<String> formatMistake(String format) {
        return WebhookFormat.of(format).isPresent() ? Optional.empty() : Optional.of(Messages.Webhook_noFormat());
    }

    private static Optional<String> mistake(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of(Messages.Webhook_noAddress());
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            return Optional.of(Messages.Webhook_wrongScheme());
        }
        if (uri.getRawUserInfo() != null) {
            return Optional.of(Messages.Webhook_password());
        }
        return uri.getHost() == null ? Optional.of(Messages.Webhook_noAddress()) : Optional.empty();
    }

    /** The form of a webhook. */
    @Extension
    @Symbol("changeGateWebhook")
    public static class DescriptorImpl extends Descriptor<Webhook> {

        @Override
        public String getDisplayName() {
            return Messages.Webhook_displayName();
        }

        /** Checks an address by its looks; nothing is called. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return ConfigurationForms.check(mistake(Util.fixNull(value).trim()));
        }

        /** Offers the forms. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillFormatItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.Webhook_changeGate(), WebhookFormat.CHANGE_GATE.key()),
                    new ListBoxModel.Option(Messages.Webhook_cdEvents(), WebhookFormat.CDEVENTS.key()));
        }

        /** Offers Jenkins' secret texts. */
        @RequirePOST
        @Restricted(NoExternalUse.class)
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return ConfigurationForms.credentials(credentialsId, StringCredentials.class, CredentialsMatchers.always());
        }
    }
}
