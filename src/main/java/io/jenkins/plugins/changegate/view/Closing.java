package io.jenkins.plugins.changegate.view;

import hudson.Util;
import hudson.model.Job;
import io.jenkins.plugins.changegate.authorise.Closure;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.Link;
import io.jenkins.plugins.changegate.engine.record.Outcome;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * What the user of this request says of one change after its deployment, on its page or by REST. Whoever may not see the
 * change must not come here.
 */
final class Closing {

    private static final Logger LOGGER = Logger.getLogger(Closing.class.getName());

    private final ChangePage page;
    private final ChangeStore store;
    private final long number;
    private final Job<?, ?> job;

    Closing(ChangePage page, ChangeStore store, long number, Job<?, ?> job) {
        this.page = page;
        this.store = store;
        this.number = number;
        this.job = job;
    }

    /** Says something by somebody. */
    @FunctionalInterface
    private interface Words {
        Closure.Answer say(Closure closure) throws StoreException;
    }

    /** How the deployment really ended, an incident that it caused, or both. */
    HttpResponse outcome(String outcome, String because, String incident, String incidentUrl) {
        Map<String, String> written = written("outcome", outcome, "because", because);
        written.putAll(written("incident", incident, "incidentUrl", incidentUrl));
        Link link = new Link(
                Link.Kind.INCIDENT,
                written.get("incident").strip(),
                written.get("incidentUrl").strip());
        boolean linked = !link.key().isEmpty() || !link.url().isEmpty();
        if (!linked && written.get("outcome").isEmpty()) {
            return refused(written, Messages.Closing_nothing());
        }
        if (written.get("outcome").isEmpty()) {
            return said(written, closure -> closure.link(link));
        }
        Optional<Outcome> known = one(Outcome.values(), Outcome::key, written.get("outcome"));
        if (known.isEmpty()) {
            return refused(written, unknown("outcome", Outcome.values(), Outcome::key, written.get("outcome")));
        }
        // Nothing is recorded of half of what somebody says.
        Optional<String> wrong = linked ? Closure.wrong(link) : Optional.empty();
        if (wrong.isPresent()) {
            return refused(written, wrong.get());
        }
        return said(written, closure -> {
            Closure.Answer corrected = closure.correct(known.get(), written.get("because"));
            return linked && corrected.refused().isEmpty() ? closure.link(link) : corrected;
        });
    }

    /** What outside belongs to it. */
    HttpResponse link(String kind, String key, String url) {
        Map<String, String> written = written("kind", kind, "key", key);
        written.putAll(written("url", url, "link", "yes"));
        return said(
                written,
                written.get("kind"),
                known -> closure -> closure.link(new Link(
                        known, written.get("key").strip(), written.get("url").strip())));
    }

    /** What outside does not belong to it after all. */
    HttpResponse unlink(String kind, String key, String comment) {
        Map<String, String> written = written("unlinkKind", kind, "unlinkKey", key);
        written.putAll(written("unlinkComment", comment, "unlink", "yes"));
        return said(
                written,
                written.get("unlinkKind"),
                known -> closure ->
                        closure.unlink(known, written.get("unlinkKey").strip(), written.get("unlinkComment")));
    }

    /** That its review was held. */
    HttpResponse review(String comment) {
        Map<String, String> written = written("comment", comment, "review", "yes");
        return said(written, closure -> closure.review(written.get("comment")));
    }

    private static Map<String, String> written(String one, String first, String other, String second) {
        Map<String, String> written = new LinkedHashMap<>();
        // Browsers send line ends as two characters, but count one when they keep to a limit.
        written.put(one, Util.fixNull(first).replace("\r\n", "\n"));
        written.put(other, Util.fixNull(second).replace("\r\n", "\n"));
        return written;
    }

    private static <T> Optional<T> one(T[] all, Function<T, String> name, String written) {
        return Arrays.stream(all)
                .filter(each -> name.apply(each).equals(written))
                .findFirst();
    }

    private static <T> String unknown(String what, T[] all, Function<T, String> name, String written) {
        String words = Arrays.stream(all).map(name).collect(Collectors.joining(", "));
        return Messages.Closing_unknown(what, words, "'" + written + "'");
    }

    /** Whoever may say nothing at all is told that, and not what is wrong with it. */
    private HttpResponse refused(Map<String, String> written, String because) {
        return Closure.mayClose(Jenkins.getAuthentication2(), job)
                ? answer(written, Result.of(number, HttpServletResponse.SC_BAD_REQUEST, because))
                : said(written, closure -> closure.review(""));
    }

    /** Says something of a link of a kind, if there is such a kind. */
    private HttpResponse said(Map<String, String> written, String kind, Function<Link.Kind, Words> words) {
        Optional<Link.Kind> known = one(Link.Kind.values(), Link.Kind::key, kind);
        return known.isEmpty()
                ? refused(written, unknown("kind", Link.Kind.values(), Link.Kind::key, kind))
                : said(written, words.apply(known.get()));
    }

    private HttpResponse said(Map<String, String> written, Words words) {
        try {
            Closure.Answer answer = words.say(Closure.by(Jenkins.getAuthentication2(), store, number, job));
            return answer(
                    written,
                    answer.refused()
                            .map(refused -> Result.of(answer.record(), status(refused.reason()), refused.because()))
                            .orElseGet(() ->
                                    Result.of(answer.record(), HttpServletResponse.SC_OK, Messages.Closing_done())));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> ChangeRecord.id(number) + " could not be recorded");
            return answer(
                    written,
                    Result.of(number, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.Act_unrecorded()));
        }
    }

    private static int status(Closure.Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
            case CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case INCOMPLETE -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }

    /** Browsers are led back to the page, or get one that says why nothing was recorded; programs get JSON. */
    private HttpResponse answer(Map<String, String> written, Result result) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException, ServletException {
                if (Result.wantsJson(request)) {
                    response.setStatus(result.status());
                    response.setContentType("application/json;charset=UTF-8");
                    response.getWriter().write(new RecordJson().show(json(result)));
                } else if (result.isDone()) {
                    response.sendRedirect(HttpServletResponse.SC_SEE_OTHER, ".");
                } else {
                    response.setStatus(result.status());
                    ClosingView again = page.getClosing().with(written);
                    request.getView(new Refusal(page, result, again), "index.jelly")
                            .forward(request, response);
                }
            }
        };
    }

    private static Map<String, Object> json(Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", result.id());
        json.put(
                "outcome",
                result.record().flatMap(ChangeRecord::outcome).map(Outcome::key).orElse(null));
        json.put("failed", result.record().map(ChangeRecord::isFailed).orElse(null));
        json.put("review", result.record().flatMap(ChangeRecord::review).orElse(null));
        json.put(
                "links",
                result.record()
                        .map(record ->
                                record.links().stream().map(ChangeJson::link).toList())
                        .orElse(null));
        json.put("message", result.message());
        return json;
    }
}
