package io.jenkins.plugins.changegate.engine.policy;

import io.jenkins.plugins.changegate.engine.policy.PolicyFile.RuleEntry;
import io.jenkins.plugins.changegate.engine.risk.RiskLevel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the rules of a policy beyond their shape, and compiles their conditions. */
final class RuleChecker {

    private static final String LABEL = "[\\p{L}\\p{N}_.:/-]{1,50}";

    private final PolicySource source;
    private final ConditionCompiler compiler;
    private final RequirementChecker requirements;
    private final Set<String> models;

    /**
     * @param models the names of the policy's change models
     */
    RuleChecker(PolicySource source, ConditionCompiler compiler, RequirementChecker requirements, Set<String> models) {
        this.source = source;
        this.compiler = compiler;
        this.requirements = requirements;
        this.models = models;
    }

    List<Rule> rules(List<RuleEntry> written) throws PolicyException {
        List<Rule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (RuleEntry entry : written) {
            rules.add(rule(entry, "/rules/" + rules.size()));
            if (!names.add(entry.name().value())) {
                throw source.mistake(
                        entry.name(),
                        "There are two rules named '" + entry.name().value() + "'");
            }
        }
        return rules;
    }

    private Rule rule(RuleEntry entry, String path) throws PolicyException {
        if (source.written(entry, path).name() == null) {
            throw source.mistake(path, "This rule has no name: add 'name: ...'");
        }
        String name = entry.name().value();
        if (entry.when() == null) {
            throw source.mistake(entry.name(), "The rule '" + name + "' has no condition: add 'when: ...'");
        }
        if (entry.because() == null || entry.because().isBlank()) {
            throw source.mistake(
                    entry.name(), "The rule '" + name + "' has no reason: add 'because: ...', people will read it");
        }
        boolean refuse = Boolean.TRUE.equals(entry.refuse());
        boolean safe = Boolean.TRUE.equals(entry.safe());
        boolean effective = entry.require() != null
                || entry.model() != null
                || !entry.label().isEmpty();
        if (entry.risk() == null && entry.level() == null && !refuse && !safe && !effective) {
            throw source.mistake(
                    entry.name(),
                    "The rule '" + name + "' has no effect: add risk, level, safe, require, refuse, model or label");
        }
        int risk = entry.risk() == null ? 0 : entry.risk();
        if (risk < -100 || risk > 100) {
            throw source.mistake(
                    entry.name(), "The rule '" + name + "' adds " + risk + " points; possible: -100 to 100");
        }
        RiskLevel floor = entry.level() == null ? RiskLevel.LOW : entry.level();
        Rule rule = new Rule(
                name,
                condition(entry.when()),
                Optional.ofNullable(entry.mode()),
                risk,
                floor,
                refuse,
                safe,
                entry.require() == null ? List.of() : requirements.requirements(entry.require(), path + "/require"),
                model(entry.model()),
                labels(entry.label(), path + "/label"),
                entry.because().strip());
        if (rule.condition().asksRisk() && rule.weighs()) {
            throw source.mistake(
                    entry.when(),
                    "The rule '" + name + "' asks about the risk and would change it: leave out risk, level and safe");
        }
        return rule;
    }

    private Optional<String> model(Text written) throws PolicyException {
        if (written == null) {
            return Optional.empty();
        }
        if (!models.contains(written.value())) {
            throw source.mistake(
                    written,
                    "There is no model '" + written.value() + "' in this policy; "
                            + Words.nearest(written.value(), models));
        }
        return Optional.of(written.value());
    }

    private Set<String> labels(List<Text> written, String path) throws PolicyException {
        Set<String> labels = new TreeSet<>();
        for (int i = 0; i < written.size(); i++) {
            Text label = source.written(written.get(i), path + "/" + i);
            if (!label.value().matches(LABEL)) {
                throw source.mistake(
                        label,
                        "'" + label.value()
                                + "' is no label; possible: up to 50 letters, digits, '-', '_', '.', ':' and '/'");
            }
            labels.add(label.value());
        }
        return labels;
    }

    private Condition condition(Text when) throws PolicyException {
        try {
            return compiler.compile(when.value());
        } catch (ConditionCompiler.ConditionException e) {
            Text place = when.place(source.text(), e.line(), e.column());
            throw new PolicyException(source.name(), place.line(), place.column(), e.getMessage(), e);
        }
    }
}
