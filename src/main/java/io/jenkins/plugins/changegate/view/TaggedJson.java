package io.jenkins.plugins.changegate.view;

import hudson.Util;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * JSON for programs that ask again and again: its {@code ETag} is a hash over all of it, so whoever has it already is told
 * no more than that. What the user may not see must be left out, or refused, before.
 */
final class TaggedJson {

    private TaggedJson() {}

    /** Answers with it, or with 304 if the request names its tag. */
    static void answer(StaplerRequest2 request, StaplerResponse2 response, String body) throws IOException {
        String hash = Hashes.sha256(body);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("ETag", '"' + hash + '"');
        response.setHeader("Cache-Control", "private, no-cache");
        // A list of tags, each as it was sent: what compresses the answer adds to it.
        if (Util.fixNull(request.getHeader("If-None-Match")).contains(hash)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.getWriter().write(body);
    }
}
