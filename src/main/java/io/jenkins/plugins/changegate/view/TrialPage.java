package io.jenkins.plugins.changegate.view;

import hudson.model.ModelObject;
import hudson.util.HttpResponses;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** What came of one trial, or how far it is. Reached only by the user who wanted it, while that user may try drafts. */
@Restricted(NoExternalUse.class)
public final class TrialPage implements ModelObject {

    private final Trial trial;
    private final Trial.State state;

    TrialPage(Trial trial) {
        this.trial = trial;
        this.state = trial.state();
    }

    @Override
    public String getDisplayName() {
        return Messages.TrialPage_displayName();
    }

    public String getDraft() {
        return trial.draft().text();
    }

    public TrialQuery getQuery() {
        return trial.query();
    }

    /** Returns what of the draft is void, or has no effect. */
    public List<PolicyView.Note> getWarnings() {
        return PolicyView.Note.of(trial.draft().warnings());
    }

    public boolean isOver() {
        return state.isOver();
    }

    public boolean isFailed() {
        return state == Trial.State.FAILED;
    }

    /** Returns how many changes were looked at. */
    public int getDone() {
        return trial.done();
    }

    /** Returns how many changes there are. */
    public int getFound() {
        return trial.found();
    }

    /** Returns how many of them it looks at if nothing stops it. */
    public int getWanted() {
        return Math.min(Trial.CHANGES, trial.found());
    }

    public Date getSince() {
        return Date.from(trial.since());
    }

    /** Returns why not all changes were looked at; empty if they were. */
    public String getCut() {
        return switch (state) {
            case STOPPED -> Messages.TrialPage_stopped();
            case LATE -> Messages.TrialPage_late();
            default -> getDone() < getFound() ? Messages.TrialPage_limit(Trial.CHANGES) : "";
        };
    }

    /** Returns the result; {@code null} if there is none. */
    public TrialView getResult() {
        return trial.report() == null ? null : new TrialView(trial.report());
    }

    /** Called by Stapler. */
    @RequirePOST
    public HttpResponse doStop() {
        trial.stop();
        return HttpResponses.redirectTo(HttpServletResponse.SC_SEE_OTHER, "./");
    }

    /** Called by Stapler: 202 as long as it is not over. */
    @GET
    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.setStatus(isOver() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_ACCEPTED);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write(new RecordJson().show(json()));
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", Jenkins.get().getRootUrl() + "changes/policy/try/" + trial.id() + "/");
        json.put("state", state.name().toLowerCase(Locale.ROOT));
        json.put("since", trial.since().toString());
        json.put("service", trial.query().service());
        json.put("environment", trial.query().environment());
        json.put("found", getFound());
        json.put("done", getDone());
        json.put(
                "warnings",
                getWarnings().stream()
                        .map(note -> Map.of("line", note.line(), "message", note.message()))
                        .toList());
        if (trial.report() != null) {
            json.putAll(new TrialView(trial.report()).json());
        }
        return json;
    }
}
