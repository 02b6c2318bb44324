package io.jenkins.plugins.changegate.step;

import hudson.Extension;
import java.io.IOException;
import java.io.StringReader;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.ProxyWhitelist;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.StaticWhitelist;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Lets a sandboxed pipeline ask an interruption for its causes, so that it can tell a rejected change from a cancelled
 * one. It only reads: what a cause tells is up to the cause's own class.
 */
@Extension
@Restricted(NoExternalUse.class)
public class CausesWhitelist extends ProxyWhitelist {

    private static final String CAUSES =
            "method org.jenkinsci.plugins.workflow.steps.FlowInterruptedException getCauses\n";

    public CausesWhitelist() throws IOException {
        super(new StaticWhitelist(new StringReader(CAUSES)));
    }
}
