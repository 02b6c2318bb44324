package io.jenkins.plugins.changegate.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Job;
import hudson.security.Permission;
import hudson.util.FormValidation;
import io.jenkins.plugins.changegate.config.KeptPolicy.Problem;
import io.jenkins.plugins.changegate.config.OrganisationPolicy.Standing;
import io.jenkins.plugins.changegate.engine.assess.Assessor;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicyReader;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/**
 * The organisation's policy: as text, or where in which repository it is. One that cannot be read is not accepted; one
 * that cannot be read any more leaves in force what could last be read.
 */
@Extension
@Symbol("changeGate")
public class ChangeGateConfiguration extends GlobalConfiguration {

    private volatile String policy = "";
    private volatile PolicyRepository policyRepository;

    private final transient PolicyReader reader = new PolicyReader();

    private final transient OrganisationPolicy organisation = new OrganisationPolicy(
            reader, new KeptPolicyFile(Jenkins.get().getRootDir().toPath().resolve("change-gate")));

    /** Held while the repository is read, so that what is read first does not come last. */
    private final transient Object reading = new Object();

    private transient Given given;

    /** What was set in which bundle of settings: of two in one bundle, neither is the newer one. */
    private record Given(BulkChange in, boolean text, String textBefore, PolicyRepository repositoryBefore) {}

    public ChangeGateConfiguration() {
        load();
    }

    /** Returns the configuration of this Jenkins. */
    public static ChangeGateConfiguration get() {
        return ExtensionList.lookupSingleton(ChangeGateConfiguration.class);
    }

    @Override
    public final synchronized void load() {
        super.load();
        organisation.forget();
    }

    @Override
    public Permission getRequiredGlobalConfigPagePermission() {
        return ChangePermissions.CONFIGURE;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangeGateConfiguration_displayName();
    }

    /** Returns the organisation's policy as it was written; empty if there is none, or it is in a repository. */
    public String getPolicy() {
        return Util.fixNull(policy);
    }

    /**
     * Takes the place of a repository, unless it is empty.
     *
     * @param policy the organisation's policy, in YAML
     * @throws IllegalArgumentException if it cannot be used; nothing is changed then
     */
    @DataBoundSetter
    public void setPolicy(String policy) {
        String text = Util.fixNull(policy);
        try {
            reader.readWithoutRepository(Layer.ORGANISATION, OrganisationPolicy.SOURCE, text);
        } catch (PolicyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        put(text);
    }

    private synchronized void put(String text) {
        if (!text.isBlank()) {
            notBoth(true);
            policyRepository = null;
        }
        policy = text;
        standing();
        save();
    }

    /** Returns where the organisation's policy is; {@code null} if it is written as text. */
    public PolicyRepository getPolicyRepository() {
        return policyRepository;
    }

    /**
     * Reads the policy there and takes the place of the text. Where a policy was read before, nothing is read now, so
     * that a repository that cannot be reached does not keep Jenkins from starting.
     *
     * @param where the repository; {@code null} for none
     * @throws IllegalArgumentException if it cannot be read or used; nothing is changed then
     */
    @DataBoundSetter
    public void setPolicyRepository(PolicyRepository where) {
        synchronized (reading) {
            PolicyFetcher.Fetched fetched = null;
            Policy read = null;
            if (where != null && organisation.kept(where).isEmpty()) {
                try {
                    fetched = PolicyFetcher.get().fetch(where, organisation::files);
                    read = organisation.read(where, fetched);
                } catch (IOException | PolicyException e) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalArgumentException(where.words() + " could not be read", e);
                }
            }
            put(where, fetched, read);
        }
    }

    private synchronized void put(PolicyRepository where, PolicyFetcher.Fetched fetched, Policy read) {
        if (where != null) {
            notBoth(false);
            if (read != null) {
                organisation.put(where, fetched, read);
            }
            policyRepository = where;
            policy = "";
        } else {
            policyRepository = null;
        }
        save();
    }

    /** JCasC sets one after the other, in one bundle; so does nobody who means to replace one by the other. */
    private void notBoth(boolean text) {
        BulkChange now = BulkChange.current();
        if (given != null && given.in == now && given.text != text) {
            policy = given.textBefore;
            policyRepository = given.repositoryBefore;
            throw new IllegalArgumentException(Messages.ChangeGateConfiguration_both());
        }
        given = now == null ? null : new Given(now, text, policy, policyRepository);
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        try {
            String text = json.optString("policy");
            PolicyRepository where =
                    json.has("policyRepository") ? bound(json.getJSONObject("policyRepository")) : null;
            if (where != null && !text.isBlank()) {
                throw new IllegalArgumentException(Messages.ChangeGateConfiguration_both());
            }
            if (!Objects.equals(where, policyRepository)) {
                setPolicyRepository(where);
            }
            if (where == null) {
                setPolicy(text);
            }
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "policy");
        }
        return true;
    }

    private static PolicyRepository bound(JSONObject form) {
        return new PolicyRepository(
                form.optString("url"),
                form.optString("revision"),
                form.optString("path"),
                form.optString("credentialsId"));
    }

    /**
     * Returns what assesses a job's changes under the policies as they are now. A policy that cannot be read does not
     * vanish: it becomes a gap, and nothing passes by itself until it is mended. Calendars are read again if it is time
     * for that, and are waited for.
     */
    public Assessor assessor(Job<?, ?> job) {
        Policies above = Policies.above(standing(), job, true);
        List<Policy> policies = new ArrayList<>(List.of(reader.builtIn()));
        policies.addAll(above.policies());
        return new Assessor(reader, policies, above.gaps(), CalendarAddresses.source(true));
    }

    /** Returns what reads policies. */
    public PolicyReader reader() {
        return reader;
    }

    /** Returns the policies above the repository's for a job, as they are now, and what of them cannot be read. */
    public Policies policies(Job<?, ?> job) {
        return Policies.above(standing(), job, false);
    }

    /** Returns the organisation's policy and those of the layers below it that the user may see. Waits for nothing. */
    public List<Policy> visiblePolicies() {
        List<Policy> policies = new ArrayList<>(readPolicy().stream().toList());
        for (PolicyLayer layer : ExtensionList.lookup(PolicyLayer.class)) {
            layer.visible().forEach(policy -> policies.add(CalendarAddresses.now(policy, false)));
        }
        return policies;
    }

    /** Returns the organisation's policy in force; empty if it could never be read. Waits for nothing. */
    public Optional<Policy> readPolicy() {
        return standing().policy().map(policy -> CalendarAddresses.now(policy, false));
    }

    /** Returns why what is in force is not what is written; empty if it is. */
    Optional<Problem> problem() {
        return standing().problem();
    }

    void dismissProblem() {
        standing();
        organisation.dismiss();
    }

    private Standing standing() {
        PolicyRepository where = policyRepository;
        return where == null ? organisation.ofText(getPolicy()) : organisation.of(where);
    }

    /**
     * Reads the policy again, if it is in a repository. What cannot be read leaves in force what is.
     *
     * @return what applies from now on; empty if there is no repository
     */
    Optional<Standing> refresh() throws InterruptedException {
        synchronized (reading) {
            PolicyRepository where = policyRepository;
            if (where == null) {
                return Optional.empty();
            }
            try {
                PolicyFetcher.Fetched fetched = PolicyFetcher.get().fetch(where, organisation::files);
                organisation.put(where, fetched, organisation.read(where, fetched));
            } catch (PolicyException e) {
                organisation.problem(where, e.brief());
            } catch (IOException | RuntimeException e) {
                organisation.problem(where, Objects.toString(e.getMessage(), e.toString()));
            }
            return Optional.of(standing());
        }
    }

    /** Reads the policy from its repository now. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doReadNow() throws InterruptedException {
        Jenkins.get().checkPermission(ChangePermissions.CONFIGURE);
        return refresh()
                .map(now -> now.problem()
                        .map(problem -> FormValidation.error(problem.message()))
                        .orElseGet(() ->
                                FormValidation.ok(now.policy().orElseThrow().source())))
                .orElseGet(() -> FormValidation.warning(Messages.ChangeGateConfiguration_noRepository()));
    }

    /** Checks the policy while it is being written. */
    @RequirePOST
    @Restricted(NoExternalUse.class)
    public FormValidation doCheckPolicy(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(ChangePermissions.CONFIGURE)) {
            return FormValidation.ok();
        }
        return PolicyCheck.of(reader, Layer.ORGANISATION, OrganisationPolicy.SOURCE, value);
    }
}
