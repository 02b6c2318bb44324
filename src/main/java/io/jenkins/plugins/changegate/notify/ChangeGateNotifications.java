package io.jenkins.plugins.changegate.notify;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.config.ConfigurationForms;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Who is told of changes, besides those who are needed. */
@Extension
@Symbol("changeGateNotifications")
public class ChangeGateNotifications extends GlobalConfiguration {

    /** Longest mail address, in characters, as SMTP has it. */
    private static final int ADDRESS = 254;

    private List<Webhook> webhooks = List.of();
    private String overrideAddresses = "";

    public ChangeGateNotifications() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateNotifications get() {
        return ExtensionList.lookupSingleton(ChangeGateNotifications.class);
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateNotifications_displayName();
    }

    /** Returns who is told of every change. */
    public List<Webhook> getWebhooks() {
        return webhooks == null ? List.of() : webhooks;
    }

    @DataBoundSetter
    public void setWebhooks(List<Webhook> webhooks) {
        this.webhooks = List.copyOf(webhooks == null ? List.of() : webhooks);
        save();
    }

    /** Returns the mail addresses that are told of every override, as they were written; empty for none. */
    public String getOverrideAddresses() {
        return Util.fixNull(overrideAddresses);
    }

    /**
     * @param addresses mail addresses, separated by space or comma
     * @throws IllegalArgumentException if one of them is none
     */
    @DataBoundSetter
    public void setOverrideAddresses(String addresses) {
        mistake(Util.fixNull(addresses)).ifPresent(mistake -> {
            throw new IllegalArgumentException(mistake);
        });
        this.overrideAddresses = Util.fixNull(addresses).trim();
        save();
    }

    /** Returns the mail addresses that are told of every override. */
    List<String> overrideAddressList() {
        return split(getOverrideAddresses());
    }

    private static List<String> split(String addresses) {
        return Stream.of(addresses.split("[\\s,]+"))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static Optional<String> mistake(String addresses) {
        return split(addresses).stream()
                .filter(address -> !isAddress(address))
                .findFirst()
                .map(Messages::ChangeGateNotifications_noAddress);
    }

    private static boolean isAddress(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            address.validate();
            return text.contains("@") && text.equals(address.getAddress()) && text.equals(Plain.line(text, ADDRESS));
        } catch (AddressException e) {
            return false;
        }
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange bulk = new BulkChange(this)) {
            // Read first, so that a mistake in one changes nothing; an empty list is not in the form at all.
            List<Webhook> read = request.bindJSONToList(Webhook.class, json.opt("webhooks"));
            setOverrideAddresses(json.optString("overrideAddresses"));
            setWebhooks(read);
            bulk.commit();
        } catch (IllegalArgumentException | IOException e) {
            throw new FormException(e.getMessage(), e, "webhooks");
        }
        return true;
    }

    /** Checks the addresses by their looks. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doCheckOverrideAddresses(@QueryParameter String value) {
        return ConfigurationForms.check(mistake(Util.fixNull(value)));
    }
}
