package io.jenkins.plugins.changegate.signal;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.changegate.http.HostsConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Signals that are fetched by HTTP. Who may configure the gate names them; from which hosts anything may be fetched at
 * all, and so whom Jenkins' network and credentials are shown to, only an administrator says.
 */
@Extension
@Symbol("changeGateSignals")
public class ChangeGateSignals extends HostsConfiguration {

    private List<HttpSignal> http = List.of();

    public ChangeGateSignals() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    static ChangeGateSignals get() {
        return ExtensionList.lookupSingleton(ChangeGateSignals.class);
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

    /** Returns the signal of a name; empty if none is fetched. */
    Optional<HttpSignal> named(String name) {
        return getHttp().stream()
                .filter(signal -> signal.getName().equals(name))
                .findFirst();
    }

    @Override
    protected Runnable read(StaplerRequest2 request, JSONObject json) {
        List<HttpSignal> read = request.bindJSONToList(HttpSignal.class, json.opt(field()));
        return () -> setHttp(read);
    }

    @Override
    protected String field() {
        return "http";
    }
}
