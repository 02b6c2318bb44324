package io.jenkins.plugins.changegate.view;

import hudson.model.Run;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.judge.PromotableModel;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Route;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * One change: its page, its JSON, and what can be done to it. Reached only through {@link ChangesPage}, which lets only
 * those through who may see it.
 */
@Restricted(NoExternalUse.class)
public class ChangePage extends ChangeView {

    private final Run<?, ?> run;

    ChangePage(Run<?, ?> run, ChangeStore store, ChangeRecord record) {
        super(store, record);
        this.run = run;
    }

    /** Returns the build; the name is what the layout of a build's pages asks for. */
    public Run<?, ?> getObject() {
        return run;
    }

    /** Returns the address of all changes of this job, below Jenkins' own. */
    public String getRecordsUrl() {
        return RecordsPage.address(run.getParent());
    }

    /** Returns what the job is called now, and the build's number. */
    @Override
    public String getBuild() {
        return Visible.of(run.getParent().getFullName() + " #" + run.getNumber());
    }

    /** Returns what it is of and somebody could promote now, each one sentence. */
    @Override
    public List<String> getProposed() throws StoreException {
        Set<String> versions =
                judgement().promotable().stream().map(PromotableModel::version).collect(Collectors.toSet());
        // Most changes may not be promoted, and their pages need not read the policies.
        return versions.isEmpty() || record().ended().isEmpty()
                ? List.of()
                : new JobPolicyPage(run.getParent())
                        .promotable().stream()
                                .filter(PromotionView::isProposed)
                                .filter(promotion ->
                                        versions.contains(promotion.getVersion()) && promotion.isOn(Route.of(record())))
                                .map(PromotionView::proposal)
                                .toList();
    }

    /** Returns what serves {@code …/policy/HASH/}. */
    public AppliedPolicies getPolicy() {
        return new AppliedPolicies(this, store(), judgement().policies());
    }

    /** Returns what the user who looks may do to it. */
    public YoursView getYours() {
        return new YoursView(store(), record(), run.getParent());
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doApprove(@QueryParameter String comment) {
        return answer(Act.APPROVE, comment);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doReject(@QueryParameter String comment) {
        return answer(Act.REJECT, comment);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doWithdraw() {
        return answer(Act.WITHDRAW, "");
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doOverride(@QueryParameter String comment) {
        return answer(Act.OVERRIDE, comment);
    }

    private HttpResponse answer(Act act, String comment) {
        run.checkPermission(ChangePermissions.VIEW);
        return new ActResponse(this, act, comment, act.on(record().number(), run.getParent(), comment));
    }

    /** Returns what was said of it after its deployment, and what the user who looks may say. */
    @Override
    public ClosingView getClosing() {
        return new ClosingView(store(), record(), run.getParent());
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doOutcome(
            @QueryParameter String outcome,
            @QueryParameter String because,
            @QueryParameter String incident,
            @QueryParameter String incidentUrl) {
        run.checkPermission(ChangePermissions.VIEW);
        return closing().outcome(outcome, because, incident, incidentUrl);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doLink(@QueryParameter String kind, @QueryParameter String key, @QueryParameter String url) {
        run.checkPermission(ChangePermissions.VIEW);
        return closing().link(kind, key, url);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doUnlink(
            @QueryParameter String kind, @QueryParameter String key, @QueryParameter String comment) {
        run.checkPermission(ChangePermissions.VIEW);
        return closing().unlink(kind, key, comment);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doReview(@QueryParameter String comment) {
        run.checkPermission(ChangePermissions.VIEW);
        return closing().review(comment);
    }

    private Closing closing() {
        return new Closing(this, store(), record().number(), run.getParent());
    }

    /** Returns what serves {@code …/api/json}. */
    public ChangeJson getApi() {
        return new ChangeJson(() -> run.checkPermission(ChangePermissions.VIEW), store(), record());
    }
}
