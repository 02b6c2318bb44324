package io.jenkins.plugins.changegate.view;

import hudson.Util;
import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** Every change on record, as far as the user may see them: {@code /changes/records/}, and as files. */
@Restricted(NoExternalUse.class)
public final class RecordsPage implements ModelObject {

    @Override
    public String getDisplayName() {
        return Messages.RecordsPage_displayName();
    }

    /** Returns the address of all changes of a job, below Jenkins' own. */
    static String address(Job<?, ?> job) {
        return "changes/records/?job=" + URLEncoder.encode(job.getFullName(), StandardCharsets.UTF_8);
    }

    /** Returns what the request asks for. */
    public RecordsList getList() {
        return list(Stapler.getCurrentRequest2());
    }

    private static RecordsList list(StaplerRequest2 request) {
        VisibleJobs jobs = new VisibleJobs();
        return new RecordsList(RecordsFilter.of(request, jobs), jobs);
    }

    /** Called by Stapler. */
    @GET
    public HttpResponse doCsv() {
        return new RecordsExport(new RecordsCsv());
    }

    /** Called by Stapler. */
    @GET
    public HttpResponse doJsonl() {
        return new RecordsExport(new RecordsJsonLines());
    }

    /** Returns what serves {@code /changes/records/api/json}. */
    public Api getApi() {
        return new Api();
    }

    /** The list as JSON. */
    @Restricted(NoExternalUse.class)
    public static final class Api {

        /** Called by Stapler. */
        @GET
        public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
            RecordsList list = list(request);
            response.setContentType("application/json;charset=UTF-8");
            if (list.isBroken()) {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                write(response, Map.of("message", Messages.RecordsPage_broken()));
                return;
            }
            if (!list.getFilter().getProblems().isEmpty()) {
                response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
                write(
                        response,
                        Map.of("message", String.join(" ", list.getFilter().getProblems())));
                return;
            }
            String body = new RecordJson().show(list.json());
            String hash = Hashes.sha256(body);
            response.setHeader("ETag", '"' + hash + '"');
            response.setHeader("Cache-Control", "private, no-cache");
            // A list of tags, each as it was sent: what compresses the answer adds to it.
            if (Util.fixNull(request.getHeader("If-None-Match")).contains(hash)) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
            response.getWriter().write(body);
        }

        private static void write(StaplerResponse2 response, Map<String, String> json) throws IOException {
            response.getWriter().write(new RecordJson().show(json));
        }
    }
}
