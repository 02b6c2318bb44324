package io.jenkins.plugins.changegate.signal;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Signals that are fetched by HTTP. Who may configure the gate names them; from which hosts anything may be fetched at
 * all, and so whom Jenkins' network and credentials are shown to, only an administrator says.
 */
@Extension
@Symbol("changeGateSignals")
public class ChangeGateSignals extends GlobalConfiguration {

    private List<HttpSignal> http = List.of();
    private String allowedHosts = "";

    public ChangeGateSignals() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateSignals get() {
        return ExtensionList.lookupSingleton(ChangeGateSignals.class);
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateSignals_displayName();
    }

    /** Returns the signals that are fetched by HTTP. */
    public List<HttpSignal> getHttp() {
        return http == null ? List.of() : http;
    }

    /**
     * @throws IllegalArgumentException if two have the same name
     */
    @DataBoundSetter
    public void setHttp(List<HttpSignal> http) {
        List<HttpSignal> given = List.copyOf(http == null ? List.of() : http);
        Set<String> names = new HashSet<>();
        for (HttpSignal signal : given) {
            if (!names.add(signal.getName())) {
                throw new IllegalArgumentException(Messages.ChangeGateSignals_twice(signal.getName()));
            }
        }
        this.http = given;
        save();
    }

    /** Returns the hosts that signals may be fetched from, as they were written; empty for none. */
    public String getAllowedHosts() {
        return Util.fixNull(allowedHosts);
    }

    /**
     * Needs Overall/Administer.
     *
     * @param written hosts, separated by space, line or comma
     * @throws IllegalArgumentException if one of them is none
     */
    @DataBoundSetter
    public void setAllowedHosts(String written) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        AllowedHosts.parse(Util.fixNull(written));
        this.allowedHosts = Util.fixNull(written).trim();
        save();
    }

    AllowedHosts hosts() {
        return AllowedHosts.parse(getAllowedHosts());
    }

    /** Returns the signal of a name; empty if none is fetched. */
    Optional<HttpSignal> named(String name) {
        return getHttp().stream()
                .filter(signal -> signal.getName().equals(name))
                .findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange bulk = new BulkChange(this)) {
            // Read first, so that a mistake in one changes nothing; an empty list is not in the form at all.
            List<HttpSignal> read = request.bindJSONToList(HttpSignal.class, json.opt("http"));
            String hosts = json.optString("allowedHosts");
            AllowedHosts.parse(hosts);
            setHttp(read);
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                setAllowedHosts(hosts);
            }
            bulk.commit();
        } catch (IllegalArgumentException | IOException e) {
            throw new FormException(e.getMessage(), e, "http");
        }
        return true;
    }

    /** Checks the hosts by their looks. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doCheckAllowedHosts(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        try {
            AllowedHosts.parse(Util.fixNull(value));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
