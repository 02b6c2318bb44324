package io.jenkins.plugins.changegate.signal;

import hudson.model.Run;
import io.jenkins.plugins.changegate.engine.delta.Commit;
import io.jenkins.plugins.changegate.engine.delta.Delta;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A change as it is told to whoever is asked about it: a JSON object with the one key {@code input}, as the Data API of
 * Open Policy Agent wants it. No people are in it.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/rest-api#get-a-document-with-input">Get a Document (with Input)</a>
 */
final class ChangeInput {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ChangeInput() {}

    /**
     * @throws UnknownSignalException if it is not known what changes
     */
    static String of(SignalSource.Request request) throws UnknownSignalException {
        Delta delta = request.delta();
        if (delta == null) {
            throw new UnknownSignalException("it is asked with the change, and what changes is not known");
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("service", request.service());
        input.put("environment", request.environment());
        Run<?, ?> run = request.run();
        if (run != null) {
            input.put("job", run.getParent().getFullName());
            input.put("build", run.getNumber());
        }
        input.put("base", delta.base());
        input.put("head", delta.head());
        input.put("totals", totals(delta));
        input.put("complete", delta.files().size() == delta.totals().files());
        input.put("files", delta.files().stream().map(ChangeInput::file).toList());
        input.put("commits", delta.commits().stream().map(ChangeInput::commit).toList());
        return MAPPER.writeValueAsString(Map.of("input", input));
    }

    private static Map<String, Object> totals(Delta delta) {
        return Map.of(
                "files", delta.totals().files(),
                "added", delta.totals().added(),
                "deleted", delta.totals().deleted());
    }

    private static Map<String, Object> file(FileChange file) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("path", file.path());
        if (file.oldPath() != null) {
            told.put("oldPath", file.oldPath());
        }
        told.put("status", file.status().name().toLowerCase(Locale.ROOT));
        told.put("added", file.added());
        told.put("deleted", file.deleted());
        told.put("binary", file.binary());
        return told;
    }

    private static Map<String, Object> commit(Commit commit) {
        return Map.of("id", commit.id(), "subject", commit.subject(), "undone", commit.undone());
    }
}
