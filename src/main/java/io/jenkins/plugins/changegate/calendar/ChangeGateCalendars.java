package io.jenkins.plugins.changegate.calendar;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.Permission;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * From which hosts calendars may be read. Policies name the addresses, also those of repositories; whom Jenkins' network
 * and credentials are shown to, only an administrator says.
 */
@Extension
@Symbol("changeGateCalendars")
public class ChangeGateCalendars extends GlobalConfiguration {

    private List<CalendarHost> hosts = List.of();

    public ChangeGateCalendars() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateCalendars get() {
        return ExtensionList.lookupSingleton(ChangeGateCalendars.class);
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateCalendars_displayName();
    }

    /** Returns the hosts that calendars may be read from. */
    public List<CalendarHost> getHosts() {
        return hosts == null ? List.of() : hosts;
    }

    /** Needs Overall/Administer. Whatever could not be read is tried again. */
    @DataBoundSetter
    public void setHosts(List<CalendarHost> hosts) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        this.hosts = List.copyOf(hosts == null ? List.of() : hosts);
        save();
        ExtensionList.lookup(CalendarFeeds.class).forEach(CalendarFeeds::tryAgain);
    }

    /** Returns the host of an address, if it may be called. */
    Optional<CalendarHost> of(URI address) {
        return getHosts().stream()
                .filter(host -> host.allowed().permit(address))
                .findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return true;
        }
        try {
            // An empty list is not in the form at all.
            setHosts(request.bindJSONToList(CalendarHost.class, json.opt("hosts")));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "hosts");
        }
    }
}
