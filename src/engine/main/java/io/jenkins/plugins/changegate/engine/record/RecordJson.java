package io.jenkins.plugins.changegate.engine.record;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.jenkins.plugins.changegate.engine.delta.FileChange;
import io.jenkins.plugins.changegate.engine.delta.Gap;
import io.jenkins.plugins.changegate.engine.policy.Principal;
import io.jenkins.plugins.changegate.engine.risk.Features;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.EnumNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON form of records: what is stored, and what the REST API shows. Unknown keys are passed over when read, so
 * that an older version can read what a newer one wrote. Thread-safe.
 */
public final class RecordJson {

    /** Enum constants are written like everything else: in lower case, with hyphens. */
    @EnumNaming(EnumNamingStrategies.KebabCaseStrategy.class)
    private interface Kebab {}

    private final JsonMapper mapper = JsonMapper.builder()
            .changeDefaultVisibility(visibility -> visibility
                    .withFieldVisibility(JsonAutoDetect.Visibility.ANY)
                    .withGetterVisibility(JsonAutoDetect.Visibility.NONE)
                    .withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What an older version did not write yet is absent, and the values say what that means.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(FileChange.Status.class, Kebab.class)
            .addMixIn(Gap.Kind.class, Kebab.class)
            .addMixIn(Principal.Kind.class, Kebab.class)
            .addMixIn(Decision.class, Kebab.class)
            .addMixIn(Outcome.class, Kebab.class)
            .addMixIn(Link.Kind.class, Kebab.class)
            .build();

    /** Returns an event as JSON, on one line. */
    String write(ChangeEvent event) {
        return mapper.writeValueAsString(event);
    }

    /**
     * @throws StoreException if it is no event
     */
    ChangeEvent read(String json) throws StoreException {
        try {
            ChangeEvent event = mapper.readValue(json, ChangeEvent.class);
            if (event == null) {
                throw new StoreException("A stored event cannot be read: there is none", null);
            }
            return event;
        } catch (JacksonException e) {
            throw new StoreException("A stored event cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @throws StoreException if it is something else
     */
    <T> T read(String text, Class<T> type) throws StoreException {
        try {
            return mapper.readValue(text, type);
        } catch (JacksonException e) {
            throw new StoreException("It is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Returns features as JSON, on one line. */
    String write(Features features) {
        return mapper.writeValueAsString(features);
    }

    /** Returns features from their JSON; none if it is none, as what is not known is missing. */
    Features readFeatures(String text) {
        try {
            return Objects.requireNonNullElse(mapper.readValue(text, Features.class), Features.NONE);
        } catch (JacksonException e) {
            return Features.NONE;
        }
    }

    /** Returns a value of the engine as JSON, indented for people. */
    public String show(Object value) {
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** Returns a value as JSON, on one line. */
    public String line(Object value) {
        return mapper.writeValueAsString(value);
    }

    /** Returns a record as the REST API shows it: the state first, then the whole history. */
    public String show(ChangeRecord record) {
        return show(record, Map.of());
    }

    /**
     * Returns a record as the REST API shows it, with more of its state.
     *
     * @param further what else is known of it, by key; values may be {@code null}
     */
    public String show(ChangeRecord record, Map<String, ?> further) {
        Map<String, Object> shown = new LinkedHashMap<>();
        ChangeEvent.Opened opened = record.opened();
        shown.put("id", record.id());
        shown.put("service", opened.judgement().target().service());
        shown.put("environment", opened.judgement().target().environment());
        shown.put("tier", opened.judgement().target().tier());
        shown.put("level", opened.judgement().assessment().level());
        shown.put("score", opened.judgement().assessment().score());
        shown.put("type", opened.judgement().type());
        shown.put("model", opened.judgement().model());
        shown.put("labels", opened.judgement().labels());
        shown.put("withheld", opened.judgement().withheld().orElse(null));
        shown.put("verdict", opened.judgement().verdict().kind());
        shown.put(
                "decision", record.decided().map(ChangeEvent.Decided::decision).orElse(null));
        shown.put("outcome", record.outcome().orElse(null));
        shown.put(
                "missing", record.decided().isPresent() ? null : record.ballot().missing());
        shown.putAll(further);
        // As trees, because within a map Jackson does not see that these are events, and would leave out which.
        List<JsonNode> history = new ArrayList<>();
        record.history().forEach(event -> history.add(mapper.valueToTree(event)));
        shown.put("history", history);
        return show(shown);
    }
}
