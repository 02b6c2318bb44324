package io.jenkins.plugins.changegate.engine.judge;

import io.jenkins.plugins.changegate.engine.policy.Delegation;
import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The policies of one layer that apply to a change. What the plugin and the organisation say is one: neither has to be
 * delegated to.
 *
 * @param layer whose; the organisation's for the highest
 * @param policies at least one, sorted
 */
record Stratum(Layer layer, List<Policy> policies) {

    /** A fixed order, so that the order in which policies were given has no effect. */
    static final Comparator<Policy> POLICIES = Comparator.comparing(Policy::layer)
            .thenComparing(Policy::file)
            .thenComparing(Policy::source)
            .thenComparing(Policy::version);

    Stratum {
        policies = List.copyOf(policies);
    }

    /** Returns policies by layer, the highest first; there is always a highest. */
    static List<Stratum> of(List<Policy> policies) {
        SortedMap<Layer, List<Policy>> byLayer = new TreeMap<>();
        byLayer.put(Layer.ORGANISATION, new ArrayList<>());
        policies.stream()
                .sorted(POLICIES)
                .forEach(policy -> byLayer.computeIfAbsent(
                                policy.layer().mayLoosen() ? Layer.ORGANISATION : policy.layer(),
                                layer -> new ArrayList<>())
                        .add(policy));
        return byLayer.entrySet().stream()
                .map(entry -> new Stratum(entry.getKey(), entry.getValue()))
                .toList();
    }

    boolean isTop() {
        return layer.mayLoosen();
    }

    /** Returns what it lets the layers below it do there. */
    Delegation delegated(String job, String environment) {
        return policies.stream()
                .flatMap(policy -> policy.delegations().stream())
                .filter(delegation -> delegation.holds(job, environment))
                .reduce(Delegation.NOTHING, Delegation::or);
    }

    /** Returns the versions of each file. */
    Collection<List<Policy>> files() {
        Map<String, List<Policy>> files = new LinkedHashMap<>();
        policies.forEach(policy ->
                files.computeIfAbsent(policy.file(), file -> new ArrayList<>()).add(policy));
        return files.values();
    }

    /**
     * Returns what all versions of a file say, in each file that says it: nothing that a change only now writes, or
     * takes away, loosens.
     */
    <T> List<List<T>> agreed(Function<Policy, Optional<T>> said) {
        List<List<T>> agreed = new ArrayList<>();
        for (List<Policy> versions : files()) {
            List<T> words =
                    versions.stream().map(said).flatMap(Optional::stream).toList();
            if (words.size() == versions.size()) {
                agreed.add(words);
            }
        }
        return agreed;
    }
}
