package io.jenkins.plugins.changegate.engine.syntax;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The JSON Schema of policies: which keys there are, and of which shape their values are. It is published for editors,
 * and everything that is read is validated by it. Thread-safe.
 */
public final class PolicySchema {

    private static final String RESOURCE = "policy.schema.json";
    private static final URI ID = URI.create("urn:policy");

    /** In place of a keyword: there is no such key. */
    static final String NO_KEY = "";

    private static final Set<String> SHAPE = Set.of("type", "enum", NO_KEY);

    private final YamlNode schema;
    private final Validator validator;

    PolicySchema(YAMLMapper mapper) {
        Mistakes mistakes = new Mistakes(RESOURCE);
        try {
            // JSON is YAML, and so the schema needs no reader of its own.
            schema = YamlReader.read(mapper, RESOURCE, new Lines(text()), mistakes);
            mistakes.throwIfAny();
        } catch (PolicyException e) {
            throw new IllegalStateException("The schema is broken", e);
        }
        validator = new ValidatorFactory()
                .withDialect(new Dialects.Draft2020Dialect())
                .withJsonNodeFactory(new SchemaNode.Factory())
                .withDisabledSchemaValidation(true)
                .createValidator();
        validator.registerSchema(ID, SchemaNode.schema(schema));
    }

    /** Returns the schema as it is published: JSON, draft 2020-12. */
    public static String text() {
        try (var in = PolicySchema.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Something in a policy that the schema does not allow.
     *
     * @param node what is not allowed
     * @param around what that stands directly in; {@code null} if it is the whole policy
     * @param key of what is not allowed, if it is a key that there is not; else empty
     * @param keyword of JSON Schema that does not allow it, or {@link #NO_KEY}
     * @param schema the part of the schema in which the keyword stands
     * @param message the validator's own words
     */
    record Objection(YamlNode node, YamlNode around, String key, String keyword, YamlNode schema, String message) {

        /** Whether it is about the shape; nothing else can be said of what has a wrong one. */
        boolean isAboutShape() {
            return SHAPE.contains(keyword);
        }
    }

    /**
     * Returns what the schema does not allow in a policy, in no particular order.
     *
     * @param policy YAML; what is an alias in it is not looked at
     */
    List<Objection> objections(YamlNode policy) {
        List<SchemaNode> seen = new ArrayList<>();
        List<Objection> objections = new ArrayList<>();
        Map<String, YamlNode> parts = new HashMap<>();
        for (Error error :
                validator.validate(ID, SchemaNode.instance(policy, seen)).getErrors()) {
            SchemaNode found = seen.get(Integer.parseInt(error.getInstanceLocation()));
            // The schema "false" has no keyword: it stands where keys that are not listed would have a schema.
            boolean noKey = error.getKeyword() == null;
            objections.add(new Objection(
                    found.node(),
                    found.around(),
                    noKey ? found.step() : "",
                    noKey ? NO_KEY : error.getKeyword(),
                    parts.computeIfAbsent(error.getSchemaLocation(), location -> part(location, noKey)),
                    error.getError()));
        }
        return objections;
    }

    private YamlNode part(String location, boolean noKey) {
        String pointer = location.substring(location.indexOf('#') + 1);
        return Pointer.find(schema, noKey ? Pointer.around(pointer) : pointer);
    }
}
