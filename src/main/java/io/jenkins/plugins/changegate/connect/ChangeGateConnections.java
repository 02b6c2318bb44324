package io.jenkins.plugins.changegate.connect;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.changegate.http.HostsConfiguration;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Which other systems changes are kept in. Who may configure the gate names them; whom Jenkins' network and credentials
 * are shown to at all, only an administrator says.
 */
@Extension
@Symbol("changeGateConnections")
public class ChangeGateConnections extends HostsConfiguration {

    private List<ChangeSystem> systems = List.of();

    public ChangeGateConnections() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateConnections get() {
        return ExtensionList.lookupSingleton(ChangeGateConnections.class);
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

    @Override
    protected Runnable read(StaplerRequest2 request, JSONObject json) throws FormException {
        // An empty list is not in the form at all.
        List<ChangeSystem> read = json.has(field())
                ? Descriptor.newInstancesFromHeteroList(
                        request, json.get(field()), Jenkins.get().getDescriptorList(ChangeSystem.class))
                : List.of();
        return () -> setSystems(read);
    }

    @Override
    protected String field() {
        return "systems";
    }
}
