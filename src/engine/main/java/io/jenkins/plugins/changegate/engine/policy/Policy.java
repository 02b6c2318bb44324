package io.jenkins.plugins.changegate.engine.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rules, environments and approvals of one layer, checked and ready to be judged by. Immutable; may be used from
 * several threads.
 *
 * @param layer whose it is
 * @param source what it was read from, for people
 * @param version SHA-256 of its text, in hexadecimal
 * @param service the service that it names, if it names one
 * @param groups its groups, by name
 * @param identities by user id: the mail addresses and names by which the user writes commits
 * @param rules in the order written, which has no effect
 * @param environments by name
 */
public record Policy(
        Layer layer,
        String source,
        String version,
        Optional<String> service,
        Map<String, Set<Principal>> groups,
        Map<String, Set<String>> identities,
        List<Rule> rules,
        Map<String, EnvironmentPolicy> environments) {

    public Policy {
        Objects.requireNonNull(layer, "layer");
        groups = Map.copyOf(groups);
        identities = Map.copyOf(identities);
        rules = List.copyOf(rules);
        environments = Map.copyOf(environments);
    }

    /** Returns what it says of an environment; nothing if it doesn't name it. */
    public EnvironmentPolicy environment(String name) {
        return environments.getOrDefault(name, EnvironmentPolicy.NONE);
    }

    /** Returns what its conditions need to know of the change's text. */
    public ContentQuestions questions() {
        return rules.stream()
                .map(rule -> rule.condition().questions())
                .reduce(ContentQuestions.NONE, ContentQuestions::and);
    }
}
