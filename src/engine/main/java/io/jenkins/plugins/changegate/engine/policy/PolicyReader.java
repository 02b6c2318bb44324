package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.EnvironmentEntry;
import io.jenkins.plugins.changegate.engine.policy.PolicyFile.RequirementEntry;
import io.jenkins.plugins.changegate.engine.policy.PolicyFile.RuleEntry;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
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
        if (text.length() > SIZE_LIMIT) {
            throw new PolicyException(source, 1, 1, "A policy may have at most " + SIZE_LIMIT + " characters", null);
        }
        Places places = Places.of(mapper, text);
        Checker checker = new Checker(source, text, places);
        PolicyFile file = parse(source, text, places);
        if (places.alias() != null) {
            throw checker.at(places.alias(), "An alias cannot be used here: write out what it stands for");
        }
        Map<String, Set<Principal>> groups = checker.groups(file.groups());
        List<Rule> rules = checker.rules(file.rules());
        Map<String, EnvironmentPolicy> environments = new HashMap<>();
        for (Map.Entry<String, EnvironmentEntry> entry : file.environments().entrySet()) {
            environments.put(entry.getKey(), checker.environment(entry.getKey(), entry.getValue(), groups));
        }
        Optional<String> service =
                Optional.ofNullable(file.service()).map(String::trim).filter(s -> !s.isEmpty());
        return new Policy(layer, source, Hashes.sha256(text), service, groups, Map.of(), rules, environments);
    }

    private PolicyFile parse(String source, String text, Places places) throws PolicyException {
        try {
            PolicyFile file = places.areNone() ? null : mapper.readValue(text, PolicyFile.class);
            return file == null ? new PolicyFile(null, null, null, null, null) : file;
        } catch (JacksonException e) {
            TokenStreamLocation at = places.find(e);
            int line = at == null ? 1 : Math.max(1, at.getLineNr());
            int column = at == null ? 1 : Math.max(1, at.getColumnNr());
            throw new PolicyException(source, line, column, explain(e), e);
        }
    }

    private static String explain(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "There is no key '" + unknown.getPropertyName() + "' here; "
                    + nearest(unknown.getPropertyName(), unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidFormatException invalid
                && invalid.getTargetType().isEnum()) {
            List<Object> words = new ArrayList<>();
            for (Object constant : invalid.getTargetType().getEnumConstants()) {
                words.add(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            return "'" + invalid.getValue() + "' is not possible here; "
                    + nearest(String.valueOf(invalid.getValue()), words);
        }
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "A policy is one document, and there is another one after it";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "Expected here: " + kind(mismatch.getTargetType());
        }
        // The lines that are indented show the text again.
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(": "));
    }

    /** Returns what a person calls a value of this type. */
    private static String kind(Class<?> type) {
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class) {
            return "a whole number";
        }
        if (type == Text.class || type == String.class) {
            return "text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "keys with values";
    }

    /** Names the word that was probably meant, and all that are possible. */
    private static String nearest(String wrong, Collection<Object> known) {
        TreeMap<Integer, String> byDistance = new TreeMap<>();
        known.forEach(word -> byDistance.putIfAbsent(distance(wrong, word.toString()), word.toString()));
        String all =
                String.join(", ", known.stream().map(Object::toString).sorted().toList());
        Map.Entry<Integer, String> best = byDistance.firstEntry();
        return best != null && best.getKey() <= 3
                ? "did you mean '" + best.getValue() + "'? Possible: " + all
                : "possible: " + all;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitute, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /** The checks that need more than the shape. */
    private final class Checker {
        private final String source;
        private final String text;
        private final Places places;

        Checker(String source, String text, Places places) {
            this.source = source;
            this.text = text;
            this.places = places;
        }

        Map<String, Set<Principal>> groups(Map<String, List<Text>> written) throws PolicyException {
            Map<String, Set<Principal>> groups = new HashMap<>();
            for (Map.Entry<String, List<Text>> entry : written.entrySet()) {
                Set<Principal> members = new LinkedHashSet<>();
                String path = "/groups/" + entry.getKey();
                for (Text member : entry.getValue() == null ? List.<Text>of() : entry.getValue()) {
                    members.add(principal(written(member, path + "/" + members.size())));
                }
                if (members.isEmpty()) {
                    throw at(path, "The group '" + entry.getKey() + "' has no members");
                }
                groups.put(entry.getKey(), members);
            }
            return groups;
        }

        List<Rule> rules(List<RuleEntry> written) throws PolicyException {
            List<Rule> rules = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (RuleEntry entry : written) {
                rules.add(rule(entry, "/rules/" + rules.size()));
                if (!names.add(entry.name().value())) {
                    throw at(
                            entry.name(),
                            "There are two rules named '" + entry.name().value() + "'");
                }
            }
            return rules;
        }

        private Rule rule(RuleEntry entry, String path) throws PolicyException {
            if (written(entry, path).name() == null) {
                throw at(path, "This rule has no name: add 'name: ...'");
            }
            String name = entry.name().value();
            if (entry.when() == null) {
                throw at(entry.name(), "The rule '" + name + "' has no condition: add 'when: ...'");
            }
            if (entry.because() == null || entry.because().isBlank()) {
                throw at(
                        entry.name(), "The rule '" + name + "' has no reason: add 'because: ...', people will read it");
            }
            boolean refuse = Boolean.TRUE.equals(entry.refuse());
            boolean safe = Boolean.TRUE.equals(entry.safe());
            if (entry.risk() == null && entry.level() == null && !refuse && !safe) {
                throw at(entry.name(), "The rule '" + name + "' has no effect: add risk, level, refuse or safe");
            }
            int risk = entry.risk() == null ? 0 : entry.risk();
            if (risk < -100 || risk > 100) {
                throw at(entry.name(), "The rule '" + name + "' adds " + risk + " points; possible: -100 to 100");
            }
            RiskLevel floor = entry.level() == null ? RiskLevel.LOW : entry.level();
            return new Rule(
                    name,
                    condition(entry.when()),
                    risk,
                    floor,
                    refuse,
                    safe,
                    entry.because().strip());
        }

        private Condition condition(Text when) throws PolicyException {
            try {
                return compiler.compile(when.value());
            } catch (ConditionCompiler.ConditionException e) {
                Text place = when.place(text, e.line(), e.column());
                throw new PolicyException(source, place.line(), place.column(), e.getMessage(), e);
            }
        }

        EnvironmentPolicy environment(String name, EnvironmentEntry entry, Map<String, Set<Principal>> groups)
                throws PolicyException {
            if (entry == null) {
                return EnvironmentPolicy.NONE;
            }
            Map<RiskLevel, List<Requirement>> approvals = new EnumMap<>(RiskLevel.class);
            for (Map.Entry<RiskLevel, List<RequirementEntry>> written :
                    entry.approvals().entrySet()) {
                List<Requirement> requirements = new ArrayList<>();
                String path = "/environments/" + name + "/approvals/"
                        + written.getKey().key();
                for (RequirementEntry requirement : written(written.getValue(), path)) {
                    requirements.add(requirement(requirement, groups, path + "/" + requirements.size()));
                }
                approvals.put(written.getKey(), List.copyOf(requirements));
            }
            return new EnvironmentPolicy(
                    Optional.ofNullable(entry.tier()), Optional.ofNullable(entry.passUpTo()), approvals, Terms.NONE);
        }

        private Requirement requirement(RequirementEntry entry, Map<String, Set<Principal>> groups, String path)
                throws PolicyException {
            int atLeast = written(entry, path).atLeast();
            if (atLeast < 1) {
                throw at(path + "/at-least", "At least " + atLeast + " cannot be asked for; possible: 1 and more");
            }
            if (entry.from().isEmpty()) {
                return new Requirement(atLeast, Requirement.ONE_APPROVER.who(), Requirement.ONE_APPROVER.from());
            }
            Set<Principal> from = new LinkedHashSet<>();
            List<String> names = new ArrayList<>();
            for (Text text : entry.from()) {
                written(text, path + "/from/" + names.size());
                from.addAll(groups.containsKey(text.value()) ? groups.get(text.value()) : Set.of(principal(text)));
                names.add(text.value().replaceFirst("^(user|group):", ""));
            }
            return new Requirement(atLeast, String.join(", ", names), from);
        }

        private <T> T written(T value, String path) throws PolicyException {
            if (value == null) {
                throw at(path, "Nothing is written here");
            }
            return value;
        }

        private Principal principal(Text text) throws PolicyException {
            Principal principal = Principal.parse(text.value());
            if (principal.name().isEmpty()) {
                throw at(text, "A name is missing: write 'user:id' or the name of a group");
            }
            return principal;
        }

        private PolicyException at(Text place, String message) {
            return new PolicyException(source, place.line(), place.column(), message, null);
        }

        private PolicyException at(String path, String message) {
            return at(places.find(path), message);
        }

        PolicyException at(TokenStreamLocation place, String message) {
            return new PolicyException(source, place.getLineNr(), place.getColumnNr(), message, null);
        }
    }
}
