package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.policy.Hashes;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Mode;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.syntax.PolicySchema.Objection;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.Place;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a policy's text, and checks all of it: what is loaded can be judged by. Thread-safe.
 */
public final class PolicyReader {

    /** Longest policy accepted, in characters. */
    private static final int SIZE_LIMIT = 512 * 1024;

    private final YAMLMapper mapper = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();
    private final PolicySchema schema = new PolicySchema(mapper);
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
     * @throws PolicyException if anything in it is wrong; names every mistake with its place and its cure
     */
    public Policy read(Layer layer, String source, String text) throws PolicyException {
        return read(layer, source, source, text);
    }

    /**
     * Reads a policy that is written in Jenkins itself, and so has no file beside it.
     *
     * @param layer whose policy it is
     * @param source what it was read from, for messages
     * @param text the YAML; empty text is a policy that says nothing
     * @throws PolicyException if anything in it is wrong, or it takes times from a file
     */
    public Policy readWithoutRepository(Layer layer, String source, String text) throws PolicyException {
        Policy policy = read(layer, source, text);
        CalendarCheck.requireNoFiles(policy);
        return policy;
    }

    /**
     * Reads a policy in steps: the YAML with all places in it; what the schema has against its shape, which is left out
     * from then on; Jackson's binding of the rest; and what only code can say of it, by the checkers. What is left out
     * is not said a second time to be missing.
     *
     * @param layer whose policy it is
     * @param file of which file it is one version
     * @param source what it was read from, for messages
     * @param text the YAML; empty text is a policy that says nothing
     * @throws PolicyException if anything in it is wrong; names every mistake with its place and its cure
     */
    public Policy read(Layer layer, String file, String source, String text) throws PolicyException {
        Mistakes mistakes = new Mistakes(source);
        if (text.length() > SIZE_LIMIT) {
            mistakes.add(Place.FIRST, "A policy may have at most " + SIZE_LIMIT + " characters");
            mistakes.throwIfAny();
        }
        Lines lines = Lines.of(text);
        PolicySource written = new PolicySource(lines, YamlReader.read(mapper, source, lines, mistakes), mistakes);
        List<Objection> objections = schema.objections(written.whole());
        objections.stream().filter(Objection::isAboutShape).forEach(written::leaveOut);
        Policy policy = check(layer, file, source, text, written, bind(written));
        if (mistakes.isEmpty()) {
            // The checkers say these better, but what the schema does not allow is never read.
            objections.forEach(written::leaveOut);
        }
        mistakes.throwIfAny();
        return policy;
    }

    /** Returns how long a policy has the contents of change records kept; empty if for ever. */
    public Optional<Duration> retention(Policy policy) {
        try {
            Lines lines = Lines.of(policy.text());
            Mistakes mistakes = new Mistakes(policy.source());
            PolicySource written =
                    new PolicySource(lines, YamlReader.read(mapper, policy.source(), lines, mistakes), mistakes);
            return Optional.ofNullable(bind(written).retention()).flatMap(time -> Durations.parse(time.value()));
        } catch (PolicyException e) {
            // It was read before, so this does not happen; and if it did, nothing is removed.
            return Optional.empty();
        }
    }

    private PolicyFile bind(PolicySource written) {
        try {
            PolicyFile file = mapper.readerFor(PolicyFile.class)
                    .withAttribute(PolicySource.class, written)
                    .readValue(written.withoutMistakes());
            return file == null ? PolicyFile.EMPTY : file;
        } catch (JacksonException e) {
            written.mistake(Place.FIRST, e.getOriginalMessage());
            return PolicyFile.EMPTY;
        }
    }

    /** Returns the policy without what is wrong in it: only if there is no mistake is it all of the policy. */
    private Policy check(Layer layer, String file, String source, String text, PolicySource written, PolicyFile read) {
        RetentionChecker.check(written, layer, read.retention());
        PeopleChecker people = new PeopleChecker(written, layer, read.groups());
        RequirementChecker requirements = new RequirementChecker(written, people);
        return new Policy(
                layer,
                file,
                source,
                text,
                Hashes.sha256(text),
                read.mode() == null ? Mode.ENFORCE : read.mode(),
                Optional.ofNullable(read.service())
                        .map(name -> name.value().strip())
                        .filter(name -> !name.isEmpty()),
                people.groups(),
                people.identities(read.identities()),
                new ModelChecker(written, requirements).models(read.models()),
                new RuleChecker(written, compiler, requirements).rules(read.rules()),
                new EnvironmentChecker(written, people, requirements).environments(read.environments()),
                new DelegationChecker(written).delegations(layer, read.delegates()),
                new ParticularsChecker(written).particulars(read.product(), read.plans(), read.workItems()));
    }
}
