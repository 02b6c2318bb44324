package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.policy.Layer;
import io.jenkins.plugins.changegate.engine.policy.Policy;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.policy.Terms;
import io.jenkins.plugins.changegate.engine.text.Lines;
import io.jenkins.plugins.changegate.engine.text.Mistakes;
import io.jenkins.plugins.changegate.engine.text.Place;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.PolicyException;
import io.jenkins.plugins.changegate.engine.text.YamlNode;
import io.jenkins.plugins.changegate.engine.text.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Says what of a policy has no effect, though it is no mistake: what its layer may not say, and what nobody asks for.
 * Only what is certain, whatever the other layers say. Thread-safe.
 */
public final class PolicyLint {

    private final YAMLMapper mapper = YAMLMapper.builder().build();

    /**
     * Something without effect.
     *
     * @param line from 1
     * @param column from 1
     * @param message what has no effect, and why
     */
    public record Warning(int line, int column, String message) {}

    /**
     * @param policy what was read
     * @param text from what it was read
     * @return in the order of their places
     */
    public List<Warning> warnings(Policy policy, String text) {
        YamlNode places = read(text);
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < policy.rules().size(); i++) {
            rule(policy.rules().get(i), policy.layer(), places, "/rules/" + i, warnings);
        }
        policy.environments()
                .forEach((name, environment) -> environment(
                        name,
                        environment.terms(),
                        policy.layer(),
                        places,
                        Pointer.to("/environments", name),
                        warnings));
        Set<String> asked = new HashSet<>();
        Stream.of("environments", "rules", "models").forEach(key -> asked(places.child(key), asked));
        policy.groups().keySet().stream()
                .filter(group -> !asked.contains(group))
                .forEach(group -> add(
                        warnings,
                        places,
                        Pointer.to("/groups", group),
                        "The group '" + group + "' is never used: nobody asks it."));
        if (policy.layer().mayLoosen() && policy.service().isPresent()) {
            add(warnings, places, "/service", "'service' has no effect here: it is read from the repository's policy.");
        }
        warnings.sort(Comparator.comparingInt(Warning::line).thenComparingInt(Warning::column));
        return List.copyOf(warnings);
    }

    private static void rule(Rule rule, Layer layer, YamlNode places, String path, List<Warning> warnings) {
        String name = "The rule '" + rule.name() + "' ";
        String only = " has no effect in " + layer.words() + " unless a higher layer delegates it.";
        if (rule.risk() < 0 && !layer.mayLoosen()) {
            add(warnings, places, path + "/risk", name + "takes points away, which" + only);
        }
        if (rule.safe() && !layer.mayLoosen()) {
            add(warnings, places, path + "/safe", name + "says that a change is safe, which" + only);
        }
        boolean demands = rule.weighs() || rule.refuse() || !rule.requirements().isEmpty();
        if (!demands && rule.model().isEmpty() && rule.labels().isEmpty()) {
            add(warnings, places, path, name + "has no effect: it adds no points, and every change is at least low.");
        }
    }

    private static void environment(
            String name, Terms terms, Layer layer, YamlNode places, String path, List<Warning> warnings) {
        if (terms.escalation().isPresent() && !layer.mayLoosen()) {
            add(
                    warnings,
                    places,
                    path + "/escalate",
                    "The escalation for " + name + " has no effect in " + layer.words()
                            + " unless a higher layer delegates it.");
        } else if (later(terms.escalation().map(Terms.Escalation::after), terms.expiry())) {
            add(
                    warnings,
                    places,
                    path + "/escalate",
                    "The escalation for " + name + " is never used: the change expires before.");
        }
        if (later(terms.reminder(), terms.expiry())) {
            add(
                    warnings,
                    places,
                    path + "/remind-after",
                    "Nobody is ever reminded for " + name + ": the change expires before.");
        }
    }

    private static boolean later(Optional<Duration> time, Optional<Duration> expiry) {
        return time.isPresent() && expiry.isPresent() && time.get().compareTo(expiry.get()) >= 0;
    }

    /** Collects every name that is asked, or may vote as well, anywhere below. */
    private static void asked(YamlNode node, Set<String> names) {
        if (node == null) {
            return;
        }
        Stream.of("from", "including", "to").forEach(key -> names(node.child(key), names));
        node.entries().values().forEach(child -> asked(child, names));
        node.items().forEach(child -> asked(child, names));
    }

    /** A single name may stand without its list. */
    private static void names(YamlNode written, Set<String> names) {
        if (written != null) {
            names.add(written.text());
            written.items().forEach(name -> names.add(name.text()));
        }
    }

    private static void add(List<Warning> warnings, YamlNode places, String path, String message) {
        Place place = Pointer.nearest(places, path).named();
        warnings.add(new Warning(place.line(), place.column(), message));
    }

    private YamlNode read(String text) {
        try {
            return YamlReader.read(mapper, "", Lines.of(text), new Mistakes(""));
        } catch (PolicyException e) {
            throw new IllegalArgumentException("No policy can have been read from this", e);
        }
    }
}
