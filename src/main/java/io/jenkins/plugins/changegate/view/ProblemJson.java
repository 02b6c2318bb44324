package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.RecordJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;

/** JSON for programs that get nothing else: why they don't, for people. */
final class ProblemJson {

    private ProblemJson() {}

    /** Answers that what the request asks for cannot be understood. */
    static void misunderstood(StaplerResponse2 response, List<String> problems) throws IOException {
        answer(response, HttpServletResponse.SC_BAD_REQUEST, String.join(" ", problems));
    }

    /** Answers that the changes on record cannot be read. */
    static void broken(StaplerResponse2 response) throws IOException {
        answer(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.RecordsPage_broken());
    }

    private static void answer(StaplerResponse2 response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().write(new RecordJson().show(Map.of("message", message)));
    }
}
