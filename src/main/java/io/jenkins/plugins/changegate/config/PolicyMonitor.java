package io.jenkins.plugins.changegate.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.changegate.config.KeptPolicy.Problem;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Tells whoever may write it that the organisation's policy cannot be read, and what applies meanwhile. Dismissed for
 * one problem, it comes back with the next.
 */
@Extension
public class PolicyMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.PolicyMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return problem().filter(problem -> !problem.dismissed()).isPresent();
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    @Override
    public void checkRequiredPermission() {
        Jenkins.get().checkPermission(ChangePermissions.CONFIGURE);
    }

    @Override
    public boolean hasRequiredPermission() {
        return Jenkins.get().hasPermission(ChangePermissions.CONFIGURE);
    }

    /** Returns what is wrong. */
    @Restricted(NoExternalUse.class)
    public String getMessage() {
        return problem().map(Problem::message).orElse("");
    }

    /** Returns since when, in ISO 8601. */
    @Restricted(NoExternalUse.class)
    public String getSince() {
        return problem()
                .map(problem -> problem.since().truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("");
    }

    /** Returns what applies meanwhile; empty if nothing does, and every change asks. */
    @Restricted(NoExternalUse.class)
    public String getInForce() {
        return ChangeGateConfiguration.get()
                .readPolicy()
                .map(policy -> policy.source())
                .orElse("");
    }

    private static Optional<Problem> problem() {
        return ChangeGateConfiguration.get().problem();
    }

    /** Says no more of this problem. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public HttpResponse doDismiss() {
        checkRequiredPermission();
        ChangeGateConfiguration.get().dismissProblem();
        return new HttpRedirect("../..");
    }
}
