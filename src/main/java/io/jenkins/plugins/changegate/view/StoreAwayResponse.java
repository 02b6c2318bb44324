package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.RecordJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Answers a request for a change that cannot be read now: nothing was done, and it can be tried again. */
final class StoreAwayResponse extends HttpResponses.HttpResponseException {

    private static final long serialVersionUID = 1L;

    /** In seconds. */
    private static final String LATER = "10";

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", LATER);
        String message = Messages.Act_unrecorded();
        if (Result.wantsJson(request)) {
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(new RecordJson().show(Map.of("message", message)));
        } else {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write(message + "\n");
        }
    }
}
