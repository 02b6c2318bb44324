package io.jenkins.plugins.changegate.engine.syntax;

import io.jenkins.plugins.changegate.engine.condition.Condition;
import io.jenkins.plugins.changegate.engine.condition.ConditionCompiler;
import io.jenkins.plugins.changegate.engine.policy.Requirement;
import io.jenkins.plugins.changegate.engine.policy.Rule;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import io.jenkins.plugins.changegate.engine.syntax.PolicyFile.RuleEntry;
import io.jenkins.plugins.changegate.engine.text.Place;
import io.jenkins.plugins.changegate.engine.text.Pointer;
import io.jenkins.plugins.changegate.engine.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the rules of a policy beyond their shape, and compiles their conditions. */
final class RuleChecker {

    /** Most points that a rule adds or takes away. */
    static final int MOST_POINTS = 100;

    /** Longest label, in characters. */
    static final int LONGEST_LABEL = 50;

    private static final String LABEL = "[\\p{L}\\p{N}_.:/-]{1," + LONGEST_LABEL + "}";

    private final PolicySource source;
    private final ConditionCompiler compiler;
    private final RequirementChecker requirements;

    RuleChecker(PolicySource source, ConditionCompiler compiler, RequirementChecker requirements) {
        this.source = source;
        this.compiler = compiler;
        this.requirements = requirements;
    }

    /** Returns the rules that have no mistake. */
    List<Rule> rules(List<RuleEntry> written) {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            String path = Pointer.to("/rules", i);
            RuleEntry entry = written.get(i);
            if (entry == null || source.enoughBefore(path)) {
                continue;
            }
            rule(entry, path).ifPresent(rules::add);
            if (entry.name() != null && !names.add(entry.name().value())) {
                source.mistake(
                        entry.name(),
                        "There are two rules named '" + entry.name().value() + "'");
            }
        }
        return rules;
    }

    private Optional<Rule> rule(RuleEntry entry, String path) {
        checkParts(entry, path);
        int risk = entry.risk() == null ? 0 : entry.risk();
        if (risk < -MOST_POINTS || risk > MOST_POINTS) {
            source.mistake(
                    place(entry, path),
                    called(entry) + " adds " + risk + " points; possible: -" + MOST_POINTS + " to " + MOST_POINTS);
        }
        List<Requirement> required = requirements.requirements(entry.require(), path + "/require");
        if (entry.require() != null && entry.require().isEmpty()) {
            source.mistake(path + "/require", "Nothing is required here: write a requirement, or leave this out");
        }
        Optional<String> model = model(entry.model());
        Set<String> labels = labels(entry.label(), path + "/label");
        Optional<Condition> condition = condition(entry.when());
        if (entry.name() == null || entry.because() == null || condition.isEmpty()) {
            return Optional.empty();
        }
        Rule rule = new Rule(
                entry.name().value(),
                condition.get(),
                Optional.ofNullable(entry.mode()),
                risk,
                entry.level() == null ? RiskLevel.LOW : entry.level(),
                Boolean.TRUE.equals(entry.refuse()),
                Boolean.TRUE.equals(entry.safe()),
                required,
                model,
                labels,
                entry.because().value().strip());
        if (rule.condition().asksRisk() && rule.weighs()) {
            source.mistake(
                    entry.when(),
                    called(entry) + " asks about the risk and would change it: leave out risk, level and safe");
        }
        return Optional.of(rule);
    }

    /** Checks that a rule has all parts that it needs; what is there but has a mistake of its own is not missing. */
    private void checkParts(RuleEntry entry, String path) {
        Place place = place(entry, path);
        if (entry.name() == null && !source.holds(path + "/name")) {
            source.mistake(path, "This rule has no name: add 'name: ...'");
        }
        if (entry.when() == null && !source.holds(path + "/when")) {
            source.mistake(place, called(entry) + " has no condition: add 'when: ...'");
        }
        if (entry.because() == null ? !source.holds(path + "/because") : Text.isBlank(entry.because())) {
            source.mistake(place, called(entry) + " has no reason: add 'because: ...', people will read it");
        }
        boolean effective = entry.risk() != null
                || entry.level() != null
                || Boolean.TRUE.equals(entry.refuse())
                || Boolean.TRUE.equals(entry.safe())
                || entry.require() != null
                || entry.model() != null
                || entry.label() != null;
        if (!effective && source.isWhole(path)) {
            source.mistake(
                    place, called(entry) + " has no effect: add risk, level, safe, require, refuse, model or label");
        }
    }

    private Place place(RuleEntry entry, String path) {
        return entry.name() == null ? source.place(path) : entry.name().place();
    }

    private static String called(RuleEntry entry) {
        return entry.name() == null ? "This rule" : "The rule '" + entry.name().value() + "'";
    }

    private Optional<String> model(Text written) {
        Optional<Set<String>> models = source.keys("/models");
        if (written != null && models.isPresent() && !models.get().contains(written.value())) {
            source.mistake(
                    written,
                    "There is no model '" + written.value() + "' in this policy; "
                            + (models.get().isEmpty()
                                    ? "it has no models"
                                    : Words.nearest(written.value(), models.get())));
        }
        return Optional.ofNullable(written).map(Text::value);
    }

    private Set<String> labels(List<Text> written, String path) {
        if (written == null) {
            return Set.of();
        }
        if (written.isEmpty()) {
            source.mistake(path, "No label is written here: write one, or leave this out");
        }
        Set<String> labels = new TreeSet<>();
        for (Text label : written) {
            if (label != null && !label.value().matches(LABEL)) {
                source.mistake(
                        label,
                        "'" + label.value() + "' is no label; possible: up to " + LONGEST_LABEL
                                + " letters, digits, '-', '_', '.', ':' and '/'");
            } else if (label != null) {
                labels.add(label.value());
            }
        }
        return labels;
    }

    private Optional<Condition> condition(Text when) {
        if (when == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(compiler.compile(when.value()));
        } catch (ConditionCompiler.ConditionException e) {
            e.issues()
                    .forEach(issue -> source.mistake(
                            ScalarPlaces.within(source.lines(), when, issue.line(), issue.column()), issue.message()));
            return Optional.empty();
        }
    }
}
