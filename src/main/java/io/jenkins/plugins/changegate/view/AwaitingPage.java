package io.jenkins.plugins.changegate.view;

import hudson.Extension;
import hudson.model.RootAction;
import hudson.security.ACL;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The changes that wait, of all jobs: {@code /changes/}, with the number of those that await the user in the header. */
@Extension
@Restricted(NoExternalUse.class)
public class AwaitingPage implements RootAction {

    private static final Logger LOGGER = Logger.getLogger(AwaitingPage.class.getName());

    /** Changes in one answer at most. */
    private static final int ROWS = 1000;

    private final AwaitingCount count = new AwaitingCount();

    @Override
    public String getIconFileName() {
        return isForUser() ? "symbol-shield-checkmark-outline plugin-ionicons-api" : null;
    }

    private static boolean isForUser() {
        return !ACL.isAnonymous2(Jenkins.getAuthentication2()) && Jenkins.get().hasPermission(Jenkins.READ);
    }

    @Override
    public String getDisplayName() {
        return Messages.AwaitingPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "changes";
    }

    @Override
    public boolean isPrimaryAction() {
        return true;
    }

    /** Shown on every page of Jenkins, so it must be quick, and nothing may fail for it. */
    @Override
    public Badge getBadge() {
        if (!isForUser() || PendingGates.get().all().isEmpty()) {
            return null;
        }
        try {
            int awaiting = count.of(
                    Jenkins.getAuthentication2().getName(), () -> new AwaitingList(AwaitingFilter.MINE).getAwaiting());
            return awaiting == 0
                    ? null
                    : new Badge(
                            Integer.toString(awaiting), Messages.AwaitingPage_badge(awaiting), Badge.Severity.WARNING);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "The changes that await a user could not be counted", e);
            return null;
        }
    }

    /** Returns what the request asks for. */
    public AwaitingList getList() {
        return new AwaitingList(AwaitingFilter.of(Stapler.getCurrentRequest2()));
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doApprove(StaplerRequest2 request, @QueryParameter String comment) {
        return BulkResponse.to(Act.APPROVE, request.getParameterValues("id"), comment);
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doReject(StaplerRequest2 request, @QueryParameter String comment) {
        return BulkResponse.to(Act.REJECT, request.getParameterValues("id"), comment);
    }

    /** Returns the policies that Jenkins has now: {@code /changes/policy/}. */
    public PolicyPage getPolicy() {
        return new PolicyPage();
    }

    /** Whether the user may see the policies that Jenkins has now. */
    public boolean isPolicyVisible() {
        return PolicyPage.isVisible();
    }

    /** Returns all changes on record: {@code /changes/records/}. */
    public RecordsPage getRecords() {
        return new RecordsPage();
    }

    /** Returns what goes through the gate, how well, and what it is good for: {@code /changes/measures/}. */
    public MeasuresPage getMeasures() {
        return new MeasuresPage();
    }

    /** Returns when changes may be deployed: {@code /changes/schedule/}. */
    public SchedulePage getSchedule() {
        return new SchedulePage();
    }

    /** Returns what serves {@code /changes/api/json}. */
    public Api getApi() {
        return new Api();
    }

    /** The list as JSON. */
    @Restricted(NoExternalUse.class)
    public static final class Api {

        /** Called by Stapler. */
        @GET
        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            AwaitingFilter filter = AwaitingFilter.of(request);
            if (!filter.problems().isEmpty()) {
                ProblemJson.misunderstood(response, filter.getProblems());
                return;
            }
            AwaitingList list = new AwaitingList(filter);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("awaiting", list.getAwaiting());
            json.put("total", list.getTotal());
            json.put("found", list.getFound());
            json.put(
                    "changes",
                    list.rows().stream().limit(ROWS).map(AwaitingRow::json).toList());
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(new RecordJson().show(json));
        }
    }
}
