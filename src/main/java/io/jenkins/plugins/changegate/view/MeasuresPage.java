package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** What goes through the gate, how well, and what the gate is good for: {@code /changes/measures/}, and as files. */
@Restricted(NoExternalUse.class)
public final class MeasuresPage implements ModelObject {

    @Override
    public String getDisplayName() {
        return Messages.MeasuresPage_displayName();
    }

    /** Returns the address of the measures of a job, below Jenkins' own. */
    static String address(Job<?, ?> job) {
        return "changes/measures/?job=" + URLEncoder.encode(job.getFullName(), StandardCharsets.UTF_8);
    }

    /** Returns what the request asks for. */
    public MeasuresView getView() {
        return view(Stapler.getCurrentRequest2());
    }

    private static MeasuresView view(StaplerRequest2 request) {
        return new MeasuresView(MeasuresFilter.of(request), new VisibleJobs());
    }

    /** Called by Stapler. */
    @GET
    public void doCsv(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Optional<Map<String, Object>> json = json(request, response);
        if (json.isPresent()) {
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Content-Disposition", "attachment; filename=\"measures.csv\"");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getWriter().write(MeasuresCsv.of(json.get()));
        }
    }

    /** Returns the measures; empty if there are none, and then that is answered. */
    private static Optional<Map<String, Object>> json(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        MeasuresView view = view(request);
        if (view.measures() != null) {
            return Optional.of(new MeasuresJson(view.getFilter(), view.measures()).json());
        }
        if (view.isBroken()) {
            ProblemJson.broken(response);
        } else {
            ProblemJson.misunderstood(response, view.getFilter().getProblems());
        }
        return Optional.empty();
    }

    /** Returns what serves {@code /changes/measures/api/json}. */
    public Api getApi() {
        return new Api();
    }

    /** The measures as JSON. */
    @Restricted(NoExternalUse.class)
    public static final class Api {

        /** Called by Stapler. */
        @GET
        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            Optional<Map<String, Object>> json = json(request, response);
            if (json.isEmpty()) {
                return;
            }
            TaggedJson.answer(request, response, new RecordJson().show(json.get()));
        }
    }
}
