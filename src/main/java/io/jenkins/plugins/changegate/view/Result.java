package io.jenkins.plugins.changegate.view;

import io.jenkins.plugins.changegate.engine.record.ChangeRecord;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What came of an act.
 *
 * @param id the change's, or what was given for one
 * @param status as HTTP says it
 * @param record the change afterwards; empty if it is not known, or must not be
 * @param message what happened, for people
 */
@Restricted(NoExternalUse.class)
public record Result(String id, int status, Optional<ChangeRecord> record, String message) {

    static Result of(ChangeRecord record, int status, String message) {
        return new Result(record.id(), status, Optional.of(record), message);
    }

    static Result of(long number, int status, String message) {
        return new Result(ChangeRecord.id(number), status, Optional.empty(), message);
    }

    /** Whoever may not see a change is told the same as of one that there is not. */
    static Result unknown(String id) {
        return new Result(id, HttpServletResponse.SC_NOT_FOUND, Optional.empty(), Messages.Result_unknown());
    }

    static Result failed(String id) {
        return new Result(id, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Optional.empty(), Messages.Result_failed());
    }

    public String getId() {
        return Visible.of(id);
    }

    public String getMessage() {
        return Visible.of(message);
    }

    public boolean isDone() {
        return status == HttpServletResponse.SC_OK;
    }

    /** Returns it as the REST API says it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put(
                "decision",
                record.flatMap(ChangeRecord::decided)
                        .map(decided -> decided.decision().key())
                        .orElse(null));
        json.put(
                "missing",
                record.filter(known -> known.decided().isEmpty())
                        .map(known -> known.ballot().missing())
                        .orElse(List.of()));
        json.put("message", message);
        return json;
    }

    /** Whether whoever asks is a program that wants JSON. */
    static boolean wantsJson(StaplerRequest2 request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("application/json");
    }
}
