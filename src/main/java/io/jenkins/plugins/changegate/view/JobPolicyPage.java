package io.jenkins.plugins.changegate.view;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Failure;
import hudson.model.Job;
import io.jenkins.plugins.changegate.authorise.Promotions;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.core.Authentication;

/** The policies that a job's changes are judged by: {@code job/NAME/change-policy/}, linked from its changes. */
@Restricted(NoExternalUse.class)
public final class JobPolicyPage implements Action, StaplerProxy {

    private static final Logger LOGGER = Logger.getLogger(JobPolicyPage.class.getName());

    private final Job<?, ?> job;

    JobPolicyPage(Job<?, ?> job) {
        this.job = job;
    }

    /** Returns nothing, so that jobs without a gate have no link to it. */
    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PolicyPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "change-policy";
    }

    /** Called by Stapler: for whoever may not see changes there is nothing here. */
    @Override
    public Object getTarget() {
        return job.hasPermission(ChangePermissions.VIEW) ? this : null;
    }

    /** Returns the job's name for people. */
    public String getJob() {
        return Visible.of(job.getFullDisplayName());
    }

    /** Returns which policies apply, but cannot be read. */
    public List<String> getProblems() {
        return PoliciesNow.of(job).gaps();
    }

    /** Returns the policies, the highest layer first. */
    public List<PolicyView> getPolicies() {
        return PoliciesNow.of(job).all().stream().map(PolicyView::new).toList();
    }

    /**
     * Returns what can be promoted on the routes on which this job deploys; empty if the store cannot be read, which must
     * not hide the policies.
     */
    public Optional<List<PromotionView>> getPromotions() {
        try {
            return Optional.of(promotable());
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> "The promotions of " + job.getFullName() + " cannot be read");
            return Optional.empty();
        }
    }

    List<PromotionView> promotable() throws StoreException {
        List<Policy> policies = PoliciesNow.of(job).all().stream()
                .flatMap(text -> text.policy().stream())
                .toList();
        Promotions promotions = promotions();
        return promotions.candidates(policies).stream()
                .map(candidate -> new PromotionView(promotions, candidate))
                .toList();
    }

    private Promotions promotions() throws StoreException {
        return new Promotions(ChangeRecords.get().store(), job);
    }

    /** Whether the user who looks may decide on them. */
    public boolean isDeciding() throws StoreException {
        return promotions().mayDecide(Jenkins.getAuthentication2());
    }

    /** Returns what serves {@code …/api/json}. */
    public PromotionsJson getApi() {
        return new PromotionsJson(this);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doPromote(
            @QueryParameter String service,
            @QueryParameter String environment,
            @QueryParameter String version,
            @QueryParameter String comment)
            throws StoreException {
        return answer(service, environment, version, Promotions::promote, comment);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doWithdraw(
            @QueryParameter String service,
            @QueryParameter String environment,
            @QueryParameter String version,
            @QueryParameter String comment)
            throws StoreException {
        return answer(service, environment, version, Promotions::withdraw, comment);
    }

    /** What somebody does to the standing of something; gives why it has no effect, if so. */
    private interface Deed {
        Optional<String> on(Promotions promotions, Promotions.Candidate candidate, Authentication user, String comment)
                throws StoreException;
    }

    private HttpResponse answer(String service, String environment, String version, Deed deed, String comment)
            throws StoreException {
        job.checkPermission(ChangePermissions.CONFIGURE);
        Promotions.Candidate candidate = promotable().stream()
                .map(PromotionView::candidate)
                .filter(known -> known.route().service().equals(service)
                        && known.route().environment().equals(environment)
                        && known.version().version().equals(version))
                .findFirst()
                .orElseThrow(() -> new Failure(Messages.JobPolicyPage_unknownModel()));
        // Browsers send line ends as two characters, but count one when they keep to a limit.
        String said = comment == null ? "" : comment.replace("\r\n", "\n");
        deed.on(promotions(), candidate, Jenkins.getAuthentication2(), said).ifPresent(denied -> {
            throw new Failure(denied);
        });
        return HttpResponses.redirectTo(HttpServletResponse.SC_SEE_OTHER, ".");
    }

    /** Puts the page on every job. */
    @Extension
    @Restricted(NoExternalUse.class)
    public static class Factory extends TransientActionFactory<Job<?, ?>> {

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Job<?, ?>> type() {
            return (Class) Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobPolicyPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job<?, ?> job) {
            return List.of(new JobPolicyPage(job));
        }
    }
}
