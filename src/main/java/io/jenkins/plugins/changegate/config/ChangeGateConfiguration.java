package io.jenkins.plugins.changegate.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Job;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Assessor;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.PolicyException;
import io.jenkins.plugins.changegate.engine.policy.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** The organisation's policy, as text. */
@Extension
@Symbol("changeGate")
public class ChangeGateConfiguration extends GlobalConfiguration {

    private static final String SOURCE = "organisation policy";

    private String policy = "";

    private final transient PolicyReader reader = new PolicyReader();

    /** What the text was read as; reading compiles every condition, and this is asked for with every vote. */
    private transient volatile Read read;

    private record Read(String text, Policy policy) {}

    public ChangeGateConfiguration() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    public static ChangeGateConfiguration get() {
        return ExtensionList.lookupSingleton(ChangeGateConfiguration.class);
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateConfiguration_displayName();
    }

    /** Returns the organisation's policy as it was written; empty if there is none. */
    public String getPolicy() {
        return policy == null ? "" : policy;
    }

    /**
     * @param policy the organisation's policy, in YAML
     * @throws IllegalArgumentException if it cannot be used; nothing is changed then
     */
    @DataBoundSetter
    public void setPolicy(String policy) {
        String text = Util.fixNull(policy);
        try {
            reader.read(Layer.ORGANISATION, SOURCE, text);
        } catch (PolicyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        this.policy = text;
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try {
            setPolicy(json.optString("policy"));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "policy");
        }
        return true;
    }

    /**
     * Returns what assesses changes under the policies as they are now. A policy that cannot be read any more does not
     * vanish: it becomes a gap, and nothing passes by itself until it is mended.
     */
    public Assessor assessor() {
        List<Policy> policies = new ArrayList<>(List.of(reader.builtIn()));
        List<Gap> gaps = new ArrayList<>();
        try {
            policies.add(read());
        } catch (PolicyException e) {
            gaps.add(
                    new Gap(Gap.Kind.POLICY_UNREADABLE, "The organisation's policy cannot be read: " + e.brief()));
        }
        return new Assessor(reader, policies, gaps);
    }

    /** Returns what reads policies. */
    public PolicyReader reader() {
        return reader;
    }

    /** Returns the policies above the repository's for a job, as they are now, as far as they can be read. */
    public List<Policy> policies(Job<?, ?> job) {
        return readPolicy().stream().toList();
    }

    /** Returns the organisation's policy as it is now; empty if it cannot be read. */
    public Optional<Policy> readPolicy() {
        try {
            return Optional.of(read());
        } catch (PolicyException e) {
            return Optional.empty();
        }
    }

    private Policy read() throws PolicyException {
        String text = getPolicy();
        Read last = read;
        if (last == null || !last.text.equals(text)) {
            last = new Read(text, reader.read(Layer.ORGANISATION, SOURCE, text));
            read = last;
        }
        return last.policy;
    }

    /** Checks the policy while it is being written. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doCheckPolicy(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        try {
            int rules = reader.read(Layer.ORGANISATION, SOURCE, Util.fixNull(value))
                    .rules()
                    .size();
            return FormValidation.ok(rules == 1 ? "1 rule" : rules + " rules");
        } catch (PolicyException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
