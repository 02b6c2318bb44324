package io.jenkins.plugins.changegate.engine.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a policy's text, and checks all of it: what is loaded can be judged by. Thread-safe.
 */
public final class PolicyReader {

    /** Longest policy accepted, in characters. */
    private static final int SIZE_LIMIT = 512 * 1024;

    private final YAMLMapper mapper = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();
    private final ConditionCompiler compiler = new ConditionCompiler();

    /** Returns the policy that works without any configuration. */
    public Policy builtIn() {
        try (var in = PolicyReader.class.getResourceAsStream("built-in-policy.yml")) {
            return read(Layer.BUILT_IN, "built-in policy", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | PolicyException e) {
            throw new IllegalStateException("The built-in policy is broken", e);
        }
    }

    /**
     * @param layer whose policy it is
     * @param source what it was read from, for messages
     * @param text the YAML; empty text is a policy that says nothing
     * @throws PolicyException if anything in it is wrong; names the place and the cure
     */
    public Policy read(Layer layer, String source, String text) throws PolicyException {
        return read(layer, source, source, text);
    }

    /**
     * @param layer whose policy it is
     * @param file of which file it is one version
     * @param source what it was read from, for messages
     * @param text the YAML; empty text is a policy that says nothing
     * @throws PolicyException if anything in it is wrong; names the place and the cure
     */
    public Policy read(Layer layer, String file, String source, String text) throws PolicyException {
        if (text.length() > SIZE_LIMIT) {
            throw new PolicyException(source, 1, 1, "A policy may have at most " + SIZE_LIMIT + " characters", null);
        }
        Places places = Places.of(mapper, text);
        PolicySource written = new PolicySource(source, text, places);
        PolicyFile read = parse(written);
        if (places.alias() != null) {
            throw written.mistake(places.alias(), "An alias cannot be used here: write out what it stands for");
        }
        PeopleChecker people = new PeopleChecker(written, layer, read.groups());
        RequirementChecker requirements = new RequirementChecker(written, people);
        Map<String, ChangeModel> models = new ModelChecker(written, requirements).models(read.models());
        return new Policy(
                layer,
                file,
                source,
                text,
                Hashes.sha256(text),
                read.mode() == null ? Mode.ENFORCE : read.mode(),
                Optional.ofNullable(read.service()).map(String::trim).filter(s -> !s.isEmpty()),
                people.groups(),
                people.identities(read.identities()),
                models,
                new RuleChecker(written, compiler, requirements, models.keySet()).rules(read.rules()),
                new EnvironmentChecker(written, people, requirements).environments(read.environments()),
                new DelegationChecker(written).delegations(layer, read.delegates()));
    }

    private PolicyFile parse(PolicySource source) throws PolicyException {
        Places places = source.places();
        try {
            PolicyFile file = places.areNone() ? null : mapper.readValue(source.text(), PolicyFile.class);
            return file == null ? PolicyFile.EMPTY : file;
        } catch (JacksonException e) {
            TokenStreamLocation at = places.find(e);
            int line = at == null ? 1 : Math.max(1, at.getLineNr());
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw new PolicyException(source.name(), line, column, ShapeMistake.explain(e), e);
        }
    }
}
