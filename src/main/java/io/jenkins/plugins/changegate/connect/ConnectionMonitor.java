package io.jenkins.plugins.changegate.connect;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import java.time.temporal.ChronoUnit;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Tells whoever may mend it that a system could not be told of changes. It is gone when one could be told again. */
@Extension
public class ConnectionMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.ConnectionMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !Connector.get().problems().isEmpty();
    }

    @Override
    public void checkRequiredPermission() {
        Jenkins.get().checkPermission(ChangePermissions.CONFIGURE);
    }

    @Override
    public boolean hasRequiredPermission() {
        return Jenkins.get().hasPermission(ChangePermissions.CONFIGURE);
    }

    /** Returns what is wrong, a line for each system. */
    @Restricted(NoExternalUse.class)
    public List<String> getProblems() {
        return Connector.get().problems().entrySet().stream()
                .map(problem -> Messages.ConnectionMonitor_problem(
                        problem.getKey(),
                        problem.getValue().since().truncatedTo(ChronoUnit.SECONDS),
                        problem.getValue().message()))
                .toList();
    }

    /** Tries again now, with the latest changes. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public HttpResponse doRetry() {
        checkRequiredPermission();
        Connector.get().again();
        return new HttpRedirect("../..");
    }
}
