package io.jenkins.plugins.changegate.view;

import hudson.Util;
import hudson.model.ModelObject;
import io.jenkins.plugins.changegate.config.ChangeGateConfiguration;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * Where drafts of the organisation's policy are tried on recorded changes: {@code /changes/policy/try/}. Only for
 * whoever may write that policy; nothing here changes it.
 */
@Restricted(NoExternalUse.class)
public final class TryPage implements ModelObject, StaplerProxy {

    /** So long a request waits for the result; whoever wants it has to come back otherwise. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    /** Characters read at most; a policy may have fewer. */
    private static final int LONGEST = 1024 * 1024;

    private static final int BUFFER = 8192;

    private final String draft;
    private final TrialQuery query;
    private final List<MistakeView> mistakes;

    TryPage() {
        this(
                ChangeGateConfiguration.get().readPolicy().isPresent()
                        ? ChangeGateConfiguration.get().readPolicy().get().text()
                        : ChangeGateConfiguration.get().getPolicy(),
                TrialQuery.USUAL,
                List.of());
    }

    private TryPage(String draft, TrialQuery query, List<MistakeView> mistakes) {
        this.draft = draft;
        this.query = query;
        this.mistakes = mistakes;
    }

    @Override
    public String getDisplayName() {
        return Messages.TryPage_displayName();
    }

    /** Called by Stapler. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(ChangePermissions.CONFIGURE);
        return this;
    }

    public String getDraft() {
        return draft;
    }

    public TrialQuery getQuery() {
        return query;
    }

    /** Returns what is wrong with the draft that was to be tried. */
    public List<MistakeView> getMistakes() {
        return mistakes;
    }

    /** Called by Stapler: starts a trial and leads to its page, or shows the mistake. */
    @RequirePOST
    public void doRun(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, InterruptedException {
        String text = lines(Util.fixNull(request.getParameter("policy")));
        TrialQuery wanted = TrialQuery.of(request);
        try {
            Trial trial = Trials.get().start(Draft.read(text), wanted);
            trial.await(MOMENT);
            response.sendRedirect(
                    HttpServletResponse.SC_SEE_OTHER,
                    request.getContextPath() + "/changes/policy/try/" + trial.id() + "/");
        } catch (PolicyException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            TryPage again = new TryPage(text, wanted, MistakeView.of(e, text));
            request.getView(again, "index.jelly").forward(request, response);
        }
    }

    /** Called by Stapler: the same for programs; the draft is the parameter {@code policy}, or else the body. */
    @RequirePOST
    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException, InterruptedException {
        String parameter = request.getParameter("policy");
        String text = lines(parameter == null ? body(request) : parameter);
        try {
            Trial trial = Trials.get().start(Draft.read(text), TrialQuery.of(request));
            trial.await(MOMENT);
            new TrialPage(trial).doJson(request, response);
        } catch (PolicyException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setContentType("application/json;charset=UTF-8");
            List<Map<String, Object>> mistakes =
                    MistakeView.of(e, text).stream().map(MistakeView::json).toList();
            response.getWriter().write(new RecordJson().show(Map.of("mistakes", mistakes)));
        }
    }

    /** Forms send other ends of lines than files have. */
    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }

    private static String body(StaplerRequest2 request) throws IOException {
        if (request.getCharacterEncoding() == null) {
            request.setCharacterEncoding("UTF-8");
        }
        StringBuilder body = new StringBuilder();
        char[] buffer = new char[BUFFER];
        try (Reader reader = request.getReader()) {
            for (int n = reader.read(buffer); n >= 0 && body.length() < LONGEST; n = reader.read(buffer)) {
                body.append(buffer, 0, n);
            }
        }
        return body.toString();
    }

    /** Called by Stapler for {@code …/try/ID/}; only the own trials are there. */
    public TrialPage getDynamic(String id) {
        return Trials.get().find(id).map(TrialPage::new).orElse(null);
    }
}
