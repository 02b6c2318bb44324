package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.RecordJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Answers an act on one change: browsers are led back to the change's page, which shows what came of it, or get a page
 * that says why nothing did; programs get JSON.
 */
final class ActResponse implements HttpResponse {

    private final ChangePage page;
    private final Act act;
    private final String comment;
    private final Result result;

    ActResponse(ChangePage page, Act act, String comment, Result result) {
        this.page = page;
        this.act = act;
        this.comment = comment == null ? "" : comment;
        this.result = result;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        if (Result.wantsJson(request)) {
            response.setStatus(result.status());
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(new RecordJson().show(result.json()));
        } else if (result.isDone()) {
            response.sendRedirect(HttpServletResponse.SC_SEE_OTHER, ".");
        } else {
            response.setStatus(result.status());
            Refusal refusal = new Refusal(page, act, comment, result);
            request.getView(refusal, "index.jelly").forward(request, response);
        }
    }
}
