package io.jenkins.plugins.changegate.connect;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.http.AllowedHosts;
import java.io.IOException;
import java.util.List;
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
 * Which other systems changes are kept in. Who may configure the gate names them; whom Jenkins' network and credentials
 * are shown to at all, only an administrator says.
 */
@Extension
@Symbol("changeGateConnections")
public class ChangeGateConnections extends GlobalConfiguration {

    private List<ChangeSystem> systems = List.of();
    private String allowedHosts = "";

    public ChangeGateConnections() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateConnections get() {
        return ExtensionList.lookupSingleton(ChangeGateConnections.class);
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateConnections_displayName();
    }

    /** Returns the systems that changes are kept in. */
    public List<ChangeSystem> getSystems() {
        return systems == null ? List.of() : systems;
    }

    @DataBoundSetter
    public void setSystems(List<ChangeSystem> systems) {
        this.systems = List.copyOf(systems == null ? List.of() : systems);
        save();
        Connector.get().catchUp();
    }

    /** Returns the hosts that may be called, as they were written; empty for none. */
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

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange bulk = new BulkChange(this)) {
            // Read first, so that a mistake in one changes nothing; an empty list is not in the form at all.
            List<ChangeSystem> read = json.has("systems")
                    ? Descriptor.newInstancesFromHeteroList(
                            request, json.get("systems"), Jenkins.get().getDescriptorList(ChangeSystem.class))
                    : List.of();
            String hosts = json.optString("allowedHosts");
            AllowedHosts.parse(hosts);
            setSystems(read);
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                setAllowedHosts(hosts);
            }
            bulk.commit();
        } catch (IllegalArgumentException | IOException e) {
            throw new FormException(e.getMessage(), e, "systems");
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
