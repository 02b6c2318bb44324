package io.jenkins.plugins.changegate.http;

import hudson.BulkChange;
import hudson.Util;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.io.IOException;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * A part of Jenkins' configuration that names other systems, and the hosts that may be called. Who may configure the gate
 * names the systems; whom Jenkins' network and credentials are shown to at all, only an administrator says.
 */
public abstract class HostsConfiguration extends GlobalConfiguration {

    private String allowedHosts = "";

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
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

    /** Returns the hosts that may be called. */
    public AllowedHosts hosts() {
        return AllowedHosts.parse(getAllowedHosts());
    }

    /**
     * Reads the systems from a form that was sent, and sets nothing yet.
     *
     * @return what sets them
     * @throws IllegalArgumentException if one of them is none
     */
    protected abstract Runnable read(StaplerRequest2 request, JSONObject json) throws FormException;

    /** Returns the name of the field that the systems are in. */
    protected abstract String field();

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try (BulkChange bulk = new BulkChange(this)) {
            // Read first, so that a mistake in one changes nothing.
            Runnable systems = read(request, json);
            String hosts = json.optString("allowedHosts");
            AllowedHosts.parse(hosts);
            systems.run();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                setAllowedHosts(hosts);
            }
            bulk.commit();
        } catch (IllegalArgumentException | IOException e) {
            throw new FormException(e.getMessage(), e, field());
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
