package io.jenkins.plugins.changegate.view;

import hudson.model.Job;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.changegate.authorise.PendingGates;
import io.jenkins.plugins.changegate.config.ChangePermissions;
import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import io.jenkins.plugins.changegate.engine.record.ChangeStore;
import io.jenkins.plugins.changegate.engine.record.RecordJson;
import io.jenkins.plugins.changegate.engine.record.StoreException;
import io.jenkins.plugins.changegate.ledger.ChangeRecords;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Does something to several changes, each on its own, and answers what came of each. */
final class BulkResponse implements HttpResponse {

    /** Changes in one request at most. */
    static final int LIMIT = 200;

    private static final Logger LOGGER = Logger.getLogger(BulkResponse.class.getName());

    private final int status;
    private final BulkResults results;

    private BulkResponse(int status, BulkResults results) {
        this.status = status;
        this.results = results;
    }

    /**
     * @param ids the changes; {@code null} for none
     * @param comment what the user says of all of them; {@code null} for nothing
     */
    static BulkResponse to(Act act, String[] ids, String comment) {
        List<String> wanted = Stream.of(ids == null ? new String[0] : ids)
                .map(String::trim)
                .distinct()
                .toList();
        if (wanted.isEmpty() || wanted.size() > LIMIT) {
            String problem = wanted.isEmpty() ? Messages.BulkResponse_nothing() : Messages.BulkResponse_tooMany(LIMIT);
            return new BulkResponse(HttpServletResponse.SC_BAD_REQUEST, new BulkResults(problem, List.of()));
        }
        List<Result> results =
                wanted.stream().map(id -> result(act, id, comment)).toList();
        return new BulkResponse(HttpServletResponse.SC_OK, new BulkResults("", results));
    }

    private static Result result(Act act, String id, String comment) {
        try {
            return ChangeRecord.number(id)
                    .flatMap(number -> job(number).map(job -> act.on(number, job, comment)))
                    .orElseGet(() -> Result.unknown(id));
        } catch (RuntimeException e) {
            // The others are not to suffer for it, and what was done to those before has to be told.
            LOGGER.log(Level.WARNING, e, () -> "What was done to a change could not be finished");
            return Result.failed(id);
        }
    }

    /** Returns the job of a change that the user may see; also of one that waits no longer, to say what became of it. */
    private static Optional<Job<?, ?>> job(long number) {
        return PendingGates.get()
                .find(number)
                .<Job<?, ?>>map(pending -> pending.run().getParent())
                .or(() -> formerJob(number))
                .filter(job -> job.hasPermission(ChangePermissions.VIEW));
    }

    private static Optional<Job<?, ?>> formerJob(long number) {
        try {
            ChangeStore store = ChangeRecords.get().store();
            // A job of the same name in another Jenkins that shares the ledger is another job.
            boolean own = store.events(number).stream()
                    .allMatch(event ->
                            event.controller().equals(ChangeRecords.get().controller()));
            if (!own) {
                return Optional.empty();
            }
            return store.find(number)
                    .map(record -> Jenkins.get()
                            .getItemByFullName(record.opened().origin().job(), Job.class));
        } catch (StoreException e) {
            LOGGER.log(Level.WARNING, e, () -> ChangeRecord.id(number) + " cannot be read");
            return Optional.empty();
        } catch (AccessDeniedException3 e) {
            return Optional.empty();
        }
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        response.setStatus(status);
        if (Result.wantsJson(request)) {
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter().write(new RecordJson().show(json()));
        } else {
            request.getView(results, "index.jelly").forward(request, response);
        }
    }

    private Object json() {
        return results.getProblem().isEmpty()
                ? results.getResults().stream().map(BulkResponse::json).toList()
                : Map.of("message", results.getProblem());
    }

    private static Map<String, Object> json(Result result) {
        Map<String, Object> json = new LinkedHashMap<>(result.json());
        json.put("status", result.status());
        return json;
    }
}
